/** Something with an end of life. Whoever creates one disposes it. */
export interface Disposable {
  dispose(): void;
}

/** Makes a disposable that runs `onDispose` once, however often it is disposed. */
export function toDisposable(onDispose: () => void): Disposable {
  let disposed = false;
  return {
    dispose() {
      if (!disposed) {
        disposed = true;
        onDispose();
      }
    },
  };
}

/** Owns disposables and ends them together, last added first. What is added after the end ends at once. */
export class DisposableStore implements Disposable {
  private readonly items: Disposable[] = [];
  private ended = false;

  /** Takes ownership of `item` and returns it. */
  add<T extends Disposable>(item: T): T {
    if (this.ended) {
      item.dispose();
    } else {
      this.items.push(item);
    }
    return item;
  }

  dispose(): void {
    this.ended = true;
    for (let item = this.items.pop(); item !== undefined; item = this.items.pop()) {
      item.dispose();
    }
  }
}
