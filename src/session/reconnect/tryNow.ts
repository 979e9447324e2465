import type { CancellationSignal } from '../../core/base/cancellation';
import type { ClientState, WorkbinClient } from '../workbinClient';

/**
 * Ends the pause of a client that recovers, and resolves with what the try came to: it is in, out, or waits for the
 * next try. Without a `recovery` there is no pause to be ended. `signal` gives the recovery up.
 */
export async function tryNow(
  client: WorkbinClient,
  recovery: { tryNow(): void } | undefined,
  signal: CancellationSignal,
): Promise<ClientState> {
  const giveUp = (): void => void client.disconnect();
  signal.addEventListener?.('abort', giveUp);
  try {
    recovery?.tryNow();
    return await new Promise((resolve) => {
      const look = (state: ClientState): boolean => {
        const isUnderway =
          state.kind === 'connecting' ||
          (state.kind === 'recovering' && state.nextAt === undefined);
        if (!isUnderway) {
          resolve(state);
        }
        return !isUnderway;
      };
      const listener = client.onDidChangeState((state) => {
        if (look(state)) {
          listener.dispose();
        }
      });
    });
  } finally {
    signal.removeEventListener?.('abort', giveUp);
  }
}
