import * as vscode from 'vscode';
import type { LongWork } from '../session/platform';
import { hostTimer } from './coalescer';
import { withProgress } from './tell';

/** What is done sooner needs no progress. */
const SHOW_AFTER_MS = 500;

/** Does work that may take long: then its progress is shown, and it can be cancelled; it rejects with `cancelled`. */
export async function longWork<T>(
  title: string,
  cancelled: Error,
  run: (work: LongWork) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let done = 0;
  let told = 0;
  let tell: (() => void) | undefined;
  const running = run({
    signal: abort.signal,
    progress: (fraction) => {
      done = Math.floor(fraction * 100);
      tell?.();
    },
  });
  const show = hostTimer(SHOW_AFTER_MS, () => {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title,
      cancellable: true,
    } as const;
    void withProgress(options, async (report, token) => {
      token.onCancellationRequested(() => abort.abort(cancelled));
      tell = () => {
        if (done > told) {
          report({ increment: done - told });
          told = done;
        }
      };
      tell();
      await Promise.allSettled([running]);
    });
  });
  try {
    return await running;
  } finally {
    show.dispose();
  }
}
