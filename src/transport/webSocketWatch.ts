import type WebSocket from 'ws';
import { toDisposable, type Disposable } from '../core/base/disposable';
import type { Clock } from '../session/ports';

const PING_EVERY_MS = 20_000;
/** Pings in a row after which nothing at all came back. */
const MAX_UNANSWERED = 2;

/**
 * Finds out that the other side is gone although nothing says so (a cable pulled, a machine asleep): pings it, and
 * calls `onSilence` once when neither an answer nor anything else comes. A server that never answers pings and yet
 * goes on sending is let be. Dispose when the socket has closed.
 */
export function keepWatch(
  socket: WebSocket,
  clock: Clock,
  onSilence: (silence: Error) => void,
): Disposable {
  let unanswered = 0;
  let heard = false;
  let answersPings = false;
  const hear = (): void => {
    heard = true;
  };
  socket.on('message', hear);
  socket.on('ping', hear);
  socket.on('pong', () => {
    answersPings = true;
    heard = true;
  });

  const look = (): void => {
    if (heard && unanswered > 0 && !answersPings) {
      return; // It lives and knows no pings, so that its silence means nothing.
    }
    unanswered = heard ? 0 : unanswered;
    if (unanswered === MAX_UNANSWERED) {
      const seconds = (MAX_UNANSWERED * PING_EVERY_MS) / 1000;
      onSilence(new Error(`nothing came for ${seconds} s, not even an answer to a ping`));
      return;
    }
    heard = false;
    unanswered++;
    // A failed write ends the connection, and that is told.
    socket.ping(undefined, undefined, () => undefined);
    next = clock.after(PING_EVERY_MS, look);
  };
  let next = clock.after(PING_EVERY_MS, look);
  return toDisposable(() => next.dispose());
}
