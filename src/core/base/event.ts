import { toDisposable, type Disposable } from './disposable';

/** Registers a listener; the returned disposable removes it. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** The private end of an {@link Event}. A listener that throws does not keep the others from hearing. */
export class Emitter<T> implements Disposable {
  /** Another list with every change, so that one that is being called stays as it is. */
  private listeners: readonly ((value: T) => void)[] = [];

  readonly event: Event<T> = (listener) => {
    const own = (value: T): void => listener(value);
    this.listeners = [...this.listeners, own];
    return toDisposable(() => {
      this.listeners = this.listeners.filter((each) => each !== own);
    });
  };

  /** Calls every listener; the first error is thrown again after all have been called. */
  fire(value: T): void {
    // Some are fired for every message: nothing is made unless something fails.
    let failure: { readonly error: unknown } | undefined;
    for (const listener of this.listeners) {
      try {
        listener(value);
      } catch (error) {
        failure ??= { error };
      }
    }
    if (failure !== undefined) {
      throw failure.error;
    }
  }

  dispose(): void {
    this.listeners = [];
  }
}
