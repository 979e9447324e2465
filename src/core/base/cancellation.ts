/**
 * A request to stop, as pure code sees it. `AbortSignal` does not exist in a pure ES library;
 * Node's and the browser's satisfy this shape, so outer layers pass theirs.
 */
export interface CancellationSignal {
  readonly aborted: boolean;
  throwIfAborted(): void;
  /** Where the signal can tell by itself. */
  addEventListener?(type: 'abort', listener: () => void): void;
  removeEventListener?(type: 'abort', listener: () => void): void;
}

/** The signal of work that nobody can stop. */
export const NEVER_CANCELLED: CancellationSignal = {
  aborted: false,
  throwIfAborted: () => undefined,
};
