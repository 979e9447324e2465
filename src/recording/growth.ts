/** Notices that a file may have been written to. */
import { watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { DisposableStore, toDisposable, type Disposable } from '../core/base/disposable';

/** Network folders tell of no change, so the size is looked at as well. */
const POLL_MS = 500;

/** Calls `onChange` when the file at `path` may have changed, until disposed. Keeps no process alive. */
export function watchFile(path: string, onChange: () => void): Disposable {
  const store = new DisposableStore();
  try {
    const watcher = watch(path, { persistent: false }, onChange);
    // Watching is a help, not a need: the size is polled below.
    watcher.on('error', () => watcher.close());
    store.add(toDisposable(() => watcher.close()));
  } catch {
    // The system has no watch to give (or no such file): polling is all there is.
  }

  let known: number | undefined;
  const poll = async (): Promise<void> => {
    // A file that is gone has no size; reading it tells so.
    const size = await stat(path).then(
      (state) => state.size,
      () => -1,
    );
    const changed = known !== undefined && known !== size;
    known = size;
    if (changed) {
      onChange();
    }
  };
  const timer = setInterval(() => void poll(), POLL_MS);
  timer.unref();
  void poll();
  store.add(toDisposable(() => clearInterval(timer)));
  return store;
}
