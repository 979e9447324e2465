import { ExpectedError } from './result';

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

/** The giving end of a {@link CancellationSignal}. */
export class Cancellation implements CancellationSignal {
  private readonly listeners = new Set<() => void>();
  private given = false;

  get aborted(): boolean {
    return this.given;
  }

  throwIfAborted(): void {
    if (this.given) {
      throw new ExpectedError('cancelled', 'This was given up.');
    }
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.delete(listener);
  }

  abort(): void {
    if (!this.given) {
      this.given = true;
      this.listeners.forEach((listener) => listener());
      this.listeners.clear();
    }
  }
}
