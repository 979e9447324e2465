/** The two ends of the line of the request form; what crosses it is checked here and nowhere else. */
import type { Disposable } from '../core/base/disposable';
import { messageByName } from '../core/protocol/catalogue';
import { readRequestInput } from '../core/protocol/requestForm/requestInput';
import {
  answerCalls,
  makeCalls,
  type AnsweringEnd,
  type LineAnswer,
  type ReadLineCall,
} from './callLine';
import { isCount, isRecord } from './rpcArguments';
import type { Channel, Timer } from './rpcChannel';
import type { RequestFormMethod, RequestFormMethods, RequestFormNotification } from './requestForm';

/** An answer may wait for a person, and then for a server: ten minutes, in milliseconds. */
const TIME_LIMIT_MS = 600_000;
const CLOSED = 'The form was closed.';

type Call = {
  [K in RequestFormMethod]: {
    readonly id: number;
    readonly method: K;
    readonly args: Parameters<RequestFormMethods[K]>;
  };
}[RequestFormMethod];

export interface FormHostOptions {
  readonly channel: Channel;
  readonly timer: Timer;
  readonly methods: RequestFormMethods;
  /** For the log. */
  readonly onProblem: (text: string) => void;
}

/** The extension host's end. */
export interface FormHostPeer extends Disposable {
  notify(notification: RequestFormNotification): void;
}

export function createFormHostPeer({ methods, ...options }: FormHostOptions): FormHostPeer {
  const line: AnsweringEnd = answerCalls<Call>({
    ...options,
    read: readCall,
    invoke: (call) => invoke(methods, call),
    timeLimitMs: TIME_LIMIT_MS,
    maxPending: 16,
    closed: CLOSED,
  });
  return {
    notify: ({ notify, value }) => line.notify(notify, value),
    dispose: () => line.dispose(),
  };
}

export interface FormViewOptions {
  readonly channel: Channel;
  readonly timer: Timer;
  readonly onNotification: (notification: RequestFormNotification) => void;
}

/** The form's end. */
export interface FormViewPeer extends Disposable {
  readonly methods: RequestFormMethods;
}

export function createFormViewPeer(options: FormViewOptions): FormViewPeer {
  const line = makeCalls<RequestFormNotification>({
    ...options,
    read: readEnvelope,
    timeLimitMs: TIME_LIMIT_MS + 5000,
    closed: CLOSED,
  });
  // The reply type follows from the method: the one place where the host's word is taken for it.
  const typed = <K extends RequestFormMethod>(
    method: K,
    ...args: readonly unknown[]
  ): ReturnType<RequestFormMethods[K]> =>
    line.call(method, args) as ReturnType<RequestFormMethods[K]>;
  return {
    methods: {
      open: () => typed('open'),
      kept: (request) => typed('kept', request),
      forget: (request) => typed('forget', request),
      send: (request, input) => typed('send', request, input),
      hold: (request, input) => typed('hold', request, input),
      copyJson: (request, input) => typed('copyJson', request, input),
      editJson: (request, input) => typed('editJson', request, input),
      showInTrace: (sent) => typed('showInTrace', sent),
      connect: () => typed('connect'),
    },
    dispose: () => line.dispose(),
  };
}

/** Checks an envelope from the form. Never throws. */
function readCall(envelope: unknown): ReadLineCall<Call> {
  if (!isRecord(envelope) || !isCount(envelope['id'])) {
    return { ok: false, message: 'A message from the form is not a call.' };
  }
  const { id, method, args } = envelope as { id: number; method?: unknown; args?: unknown };
  const call =
    typeof method === 'string' && Array.isArray(args) ? checkCall(id, method, args) : undefined;
  return call === undefined
    ? { ok: false, id, message: 'The form cannot call this, or not with these arguments.' }
    : { ok: true, call };
}

function checkCall(id: number, method: string, args: readonly unknown[]): Call | undefined {
  const [first, second] = args;
  switch (method) {
    case 'open':
    case 'connect':
      return { id, method, args: [] };
    case 'kept':
    case 'forget':
      return isRequest(first) ? { id, method, args: [first] } : undefined;
    case 'send':
    case 'hold':
    case 'copyJson':
    case 'editJson': {
      const input = readRequestInput(second);
      return isRequest(first) && input !== undefined
        ? { id, method, args: [first, input] }
        : undefined;
    }
    case 'showInTrace':
      return isCount(first) ? { id, method, args: [first] } : undefined;
    default:
      return undefined;
  }
}

/** A request of the catalogue: the form has no others. */
function isRequest(value: unknown): value is string {
  return typeof value === 'string' && messageByName(value)?.kind === 'request';
}

async function invoke(methods: RequestFormMethods, call: Call): Promise<unknown> {
  switch (call.method) {
    case 'open':
      return methods.open();
    case 'kept':
      return methods.kept(...call.args);
    case 'forget':
      return methods.forget(...call.args);
    case 'send':
      return methods.send(...call.args);
    case 'hold':
      return methods.hold(...call.args);
    case 'copyJson':
      return methods.copyJson(...call.args);
    case 'editJson':
      return methods.editJson(...call.args);
    case 'showInTrace':
      return methods.showInTrace(...call.args);
    case 'connect':
      return methods.connect();
  }
}

function readEnvelope(envelope: unknown): LineAnswer | RequestFormNotification | undefined {
  if (!isRecord(envelope)) {
    return undefined;
  }
  const { id, ok, notify, value, message } = envelope;
  if (isCount(id) && ok === true) {
    return { id, ok, value };
  }
  if (isCount(id) && ok === false && typeof message === 'string') {
    return { id, ok, message };
  }
  // The checked boundary: name and shape of the envelope fit, and the host typed the value.
  return (notify === 'changed' || notify === 'choose') && isRecord(value)
    ? (envelope as unknown as RequestFormNotification)
    : undefined;
}
