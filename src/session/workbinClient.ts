import type { CancellationSignal } from '../core/base/cancellation';
import type { Disposable } from '../core/base/disposable';
import type { Event } from '../core/base/event';
import { failed, ok, type Failure, type Result } from '../core/base/result';
import type { Message, Reference } from '../core/protocol/message';
import type { OwnerKind, Workbin } from '../core/protocol/workbin';

/** Where a client stands. `text` names the step, for the status bar. */
export type ClientState =
  | { readonly kind: 'disconnected'; readonly reason?: string }
  | { readonly kind: 'connecting'; readonly text: string }
  | { readonly kind: 'connected'; readonly agent: string; readonly server: string }
  /** The connection was lost, and is begun again and again by itself until it is back or somebody disconnects. */
  | {
      readonly kind: 'recovering';
      readonly text: string;
      /** Number of the try, from 1. */
      readonly attempt: number;
      /** Why it was lost, or why the try before came to nothing. */
      readonly reason: string;
      /** Milliseconds since 1970 at which the try begins; absent: it runs. */
      readonly nextAt?: number;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** A workbin type that the server knows, and whether it may be used. */
export interface WorkbinType {
  readonly type: string;
  readonly title: string;
  readonly ownerKind: OwnerKind;
  readonly active: boolean;
}

/** A request that was sent as somebody wrote it, and what came of it. */
export interface SentRequest {
  /** Under which request and answer stand in the trace. */
  readonly reference: Reference;
  /** Whatever the server answered, also an `EventError`. A failure: there was no answer, or none that is a message. */
  readonly answer: Result<Message>;
  /** Milliseconds from sending to that. */
  readonly tookMs: number;
}

/** What else to be told of a workbin than what comes and goes. */
export interface NotificationOptions {
  /**
   * Changed properties of the interactions that lie there: `NotifyPropertyChanges` 1 (source: Platform SDK for .NET
   * 8.1.4; that the server then tells by `PropertiesChanged` is our reading).
   */
  readonly propertyChanges?: boolean;
}

/**
 * A client of a server that has workbins, whatever it speaks. Its methods resolve with the server's own
 * answer; what the tree shows comes from the traced messages, not from these results.
 */
export interface WorkbinClient extends Disposable {
  readonly state: ClientState;
  readonly onDidChangeState: Event<ClientState>;
  /**
   * Connects, registers, logs in. Resolves when connected or failed; never rejects. While it recovers it is tried at
   * once instead, and this resolves when that try has ended: still `recovering` when it failed.
   */
  connect(signal: CancellationSignal): Promise<ClientState>;
  /** Logs out and closes in order, gives up what connects or recovers; resolves when closed. */
  disconnect(): Promise<void>;
  /** Workbins that the agent may look at: own ones, and those of the agent's groups and place. */
  workbins(): Promise<Result<readonly Workbin[]>>;
  getContent(workbin: Workbin): Promise<Result<void>>;
  /** Fails with `not-offered` where the server's interface cannot do what `options` ask for. */
  requestNotifications(workbin: Workbin, options?: NotificationOptions): Promise<Result<void>>;
  cancelNotifications(workbin: Workbin): Promise<Result<void>>;
  placeInWorkbin(interactionId: string, workbin: Workbin): Promise<Result<void>>;
  /**
   * Takes an interaction out of its workbin; the agent holds it then. Fails, naming what came, where the server gave
   * another one.
   */
  pull(interactionId: string, workbin: Workbin): Promise<Result<void>>;
  /**
   * Sends a request as it is, with a reference of the client's own where it has none. Fails when it was not sent: not
   * connected, a reference that is in use, or a request that the server's dialect cannot carry.
   */
  send(request: Message): Promise<Result<SentRequest>>;
}

/** How a pull went, by the ids of what came. */
export function pulled(asked: string, came: readonly string[]): Result<void> {
  const others = came.filter((id) => id !== asked);
  if (came.length === 0) {
    return failed('nothing-pulled', `The server gave nothing where ${asked} was asked for.`);
  }
  return others.length === 0
    ? ok(undefined)
    : failed(
        'other-pulled',
        `${asked} was asked for and the server gave ${came.join(', ')}: you hold that now.`,
      );
}
