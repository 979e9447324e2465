import type { CancellationSignal } from '../../core/base/cancellation';
import { ExpectedError } from '../../core/base/result';

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
