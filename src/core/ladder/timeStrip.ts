/** The whole session on one line: what happened how densely, in equal parts of its time. Plain data. */

export interface TimeStrip {
  /** Milliseconds since the recording started, from the first to the last record. */
  readonly from: number;
  readonly to: number;
  /** For each part: messages in the view's filter, and all messages. */
  readonly matching: readonly number[];
  readonly messages: readonly number[];
  /** For each part: phases that began, and among them those that failed, were unanswered or interrupted. */
  readonly phases: readonly number[];
  readonly failures: readonly number[];
  /** Marks: gaps of the recording, and connections that ended. */
  /** Times (ms) of bookmarked messages, ascending; absent where there are none. */
  readonly bookmarks?: readonly number[];
  readonly marks: readonly { readonly time: number; readonly kind: 'gap' | 'open' | 'close' }[];
}
