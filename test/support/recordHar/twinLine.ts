/**
 * The twin of a recorded HAR file: the same traffic as the browser's debugging protocol tells it, one timed message
 * a line. It is written and read without a decoder of ours, so that it can judge one.
 */
export type Json = Readonly<Record<string, unknown>>;

interface Told {
  /** Milliseconds since the first line, by the browser's clock. */
  readonly t: number;
  readonly dir: 'send' | 'recv';
  /** Number of the HTTP exchange or of the WebSocket, counted as they begin. */
  readonly x: number;
  readonly url: string;
}

export type TwinLine = Told &
  (
    | {
        readonly type: 'request';
        readonly method: string;
        /** Parsed where it is JSON, else the text. */
        readonly body?: unknown;
      }
    | {
        readonly type: 'response';
        readonly status: number;
        readonly location?: string;
        readonly body?: unknown;
      }
    /** A Bayeux message, or a message of Platform SDK in its JSON form. */
    | {
        readonly type: 'message';
        readonly via: 'long-polling' | 'websocket';
        readonly message: Json;
        /** Its place in its batch, from 1, and how many that has. */
        readonly batch: readonly [place: number, size: number];
      }
    /** A WebSocket is asked for. */
    | { readonly type: 'open' }
    /** A request without a response, or a WebSocket that was refused: why. */
    | { readonly type: 'error'; readonly error: string }
    | { readonly type: 'close' }
  );
