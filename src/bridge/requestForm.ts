/** The contract between the request form and the extension host. */
import type { Dialect } from '../core/protocol/decoder';
import type { KnownThing } from '../core/protocol/requestForm/formFields';
import type { FormProblem } from '../core/protocol/requestForm/readForm';
import type { RequestInput } from '../core/protocol/requestForm/requestInput';
import type { Workbin } from '../core/protocol/workbin';

/** Where a request would go. */
export interface FormConnection {
  readonly server: string;
  readonly agent: string;
  readonly dialect: Dialect;
  /** The server is the one that this extension runs. */
  readonly isEmbedded: boolean;
}

/** What the form shows around its fields. */
export interface FormState {
  /** Absent while nothing is connected: nothing can be sent then. */
  readonly connection?: FormConnection;
  /** What the session knows by name, the likeliest first; short enough to hand over. */
  readonly known: { readonly [Thing in KnownThing]: readonly string[] };
  readonly workbins: readonly Workbin[];
  readonly tenant?: number;
}

/** A request that was sent, and what became of it. */
export interface SentView {
  /** Counted from 0 while the form lives: {@link RequestFormMethods.showInTrace} takes it. */
  readonly number: number;
  readonly request: string;
  readonly outcome: 'answered' | 'failed' | 'unanswered';
  /** Name of the answer, or why there is none; of an error its name and the server's words. */
  readonly answer: string;
  /** Milliseconds. */
  readonly tookMs: number;
  readonly reference: string;
}

export type SendResult =
  | { readonly kind: 'sent'; readonly sent: SentView }
  /** Something in the form is wrong; `path` of the whole request is `$`. */
  | { readonly kind: 'problems'; readonly problems: readonly FormProblem[] }
  /** The person thought better of it. */
  | { readonly kind: 'cancelled' };

/** What a page of the form begins with. */
export interface FormOpening {
  readonly state: FormState;
  /** The request to begin with, where one was asked for. */
  readonly chosen?: ChosenRequest;
  /** What an earlier page of this window held, secrets included. */
  readonly draft?: FilledRequest;
  /** What was sent from this form before, the latest last: pages come and go, what was sent stays. */
  readonly sent: readonly SentView[];
}

/** What the form may ask of the host. Every method rejects with words for a person. */
export interface RequestFormMethods {
  open(): Promise<FormOpening>;
  /** What was last sent by this form for a request; undefined: nothing is kept. */
  kept(request: string): Promise<RequestInput | undefined>;
  /** Forgets what is kept for a request. */
  forget(request: string): Promise<void>;
  /** Checks, asks the person where that is due, sends, and waits for the answer. */
  send(request: string, input: RequestInput): Promise<SendResult>;
  /** Holds what is filled in, as long as the form is open: no disk sees it. */
  hold(request: string, input: RequestInput): Promise<void>;
  copyJson(request: string, input: RequestInput): Promise<void>;
  editJson(request: string, input: RequestInput): Promise<void>;
  showInTrace(sent: number): Promise<void>;
  /** Begins the dialogue for connecting. */
  connect(): Promise<void>;
}

export type RequestFormMethod = keyof RequestFormMethods;

/** What the host tells the form. */
export interface RequestFormNotifications {
  readonly changed: FormState;
  /** Another request is to be filled in. */
  readonly choose: ChosenRequest;
}

export type RequestFormNotification = {
  [K in keyof RequestFormNotifications]: {
    readonly notify: K;
    readonly value: RequestFormNotifications[K];
  };
}[keyof RequestFormNotifications];

/** A request of the catalogue with what stands in its fields. It outlives the page of the form. */
export interface FilledRequest {
  readonly request: string;
  readonly input: RequestInput;
}

/** A request that was asked for; without an input it begins with what was last sent for it. */
export interface ChosenRequest {
  readonly request: string;
  readonly input?: RequestInput;
}
