import type { JsonObject } from './json';

/**
 * One Interaction Management message, decoded from a frame.
 *
 * `attributes` is the message as the wire had it, by attribute name in camelCase as the Platform SDK JSON
 * form writes it, without `messageName`: unknown members, enum form (name or number) and the form of
 * key-value lists are kept. Read it through the accessors beside this file, never by hand.
 */
export interface Message {
  /** Genesys' exact message name, such as `RequestGetWorkbinContent`; any text when the name is unknown. */
  readonly name: string;
  readonly attributes: JsonObject;
}

/** A request or event reference: a number in Platform SDK, a string (`operationId`) in Workspace API v3. */
export type Reference = number | string;

/**
 * What every view needs of a message, small enough to stand at the head of its recorded line.
 * Written in a recording under the short keys `n r p w i e`.
 */
export interface MessageHint {
  readonly name: string;
  readonly reference?: Reference;
  readonly proxyClientId?: number;
  /** `type@owner` */
  readonly workbin?: string;
  readonly interactionId?: string;
  /** `EventError.ErrorCode`, or the HTTP status of a failed operation. */
  readonly errorCode?: number;
}

/** Something in a frame that is not as it should be; the frame is kept all the same. */
export interface DecodeProblem {
  /** Stable id, such as `not-json` or `wrong-type`. */
  readonly code: string;
  /** Where: a JSON path such as `$.workbin.workbinTypeId`, or `$` for the whole frame. */
  readonly path: string;
  /** What was expected and what was found, in one sentence. */
  readonly text: string;
}

/** The messages of one frame, and what was wrong with it. */
export interface Decoded {
  readonly messages: readonly Message[];
  readonly hints: readonly MessageHint[];
  readonly problems: readonly DecodeProblem[];
}
