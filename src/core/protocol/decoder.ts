import type { BodyJson } from './bodyJson';
import type { Frame } from './frame';
import type { Decoded, MessageHint } from './message';

/** How a connection speaks; stands on the `open` record. */
export type Dialect = 'platform-sdk-json' | 'workspace-v3';

/**
 * Turns the frames of one connection into messages, in the order in which they passed. A decoder may
 * remember (a response is read by its request), so there is one per connection. It never throws.
 */
export interface FrameDecoder {
  decode(frame: Frame): Decoded;
  /**
   * The hints of {@link decode} alone, where they can be had much cheaper: a recorder needs no more, and
   * must keep up with the wire. A frame goes to one of the two, not to both. `json` is of the frame's body,
   * where others need it as well.
   */
  hints?(frame: Frame, json?: BodyJson): readonly MessageHint[];
}

/**
 * Version of all decoders together. It stands in the header of a recording beside the hints that they made;
 * raise it when a decoder would give other hints for the same frame.
 */
export const DECODER_VERSION = 1;
