/** Tells the WebSockets of a recording apart: one connection may open several, one after the other. */
import type { HttpRequestFrame, HttpResponseFrame } from '../../core/protocol/frame';
import type { TraceRecord } from '../../core/trace/records';

export interface Upgrade {
  readonly request: HttpRequestFrame;
  readonly response: HttpResponseFrame;
}

export interface Socket {
  readonly connection: number;
  readonly upgrade: Upgrade | undefined;
  /** Milliseconds of the recording. */
  readonly start: number;
  end: number;
  /** Characters of its messages, about. */
  length: number;
}

/** Runs over the records of a recording; every run numbers the WebSockets alike, from 0. */
export class SocketTracker {
  readonly sockets: Socket[] = [];
  /** Index of the WebSocket to which the messages of a connection belong now. */
  private readonly current = new Map<number, number>();
  private readonly upgrading = new Map<
    string,
    { readonly frame: HttpRequestFrame; readonly at: number }
  >();

  /** Takes the next record; returns the WebSocket to which it belongs, if it is one's message or its opening. */
  take(record: TraceRecord): number | undefined {
    if (record.kind === 'close') {
      this.end(record.connection, record.time);
    }
    if (record.kind !== 'frame') {
      return undefined;
    }
    const { frame, connection, time } = record;
    switch (frame.kind) {
      case 'websocket': {
        const index = this.current.get(connection) ?? this.begin(connection, time, undefined);
        const socket = this.sockets[index];
        if (socket !== undefined) {
          socket.end = Math.max(socket.end, time);
          socket.length += lengthOf(record);
        }
        return index;
      }
      case 'http-request':
        if (isUpgrade(frame)) {
          this.upgrading.set(`${connection} ${frame.exchange}`, { frame, at: time });
        }
        return undefined;
      case 'http-response': {
        const key = `${connection} ${frame.exchange}`;
        const request = this.upgrading.get(key);
        this.upgrading.delete(key);
        return frame.status === 101 && request !== undefined
          ? this.begin(connection, request.at, { request: request.frame, response: frame })
          : undefined;
      }
    }
  }

  private begin(connection: number, start: number, upgrade: Upgrade | undefined): number {
    const index = this.sockets.length;
    this.sockets.push({ connection, upgrade, start, end: start, length: 0 });
    this.current.set(connection, index);
    return index;
  }

  private end(connection: number, time: number): void {
    const socket = this.sockets[this.current.get(connection) ?? -1];
    if (socket !== undefined) {
      socket.end = Math.max(socket.end, time);
      this.current.delete(connection);
    }
  }
}

/** A request that may open a WebSocket (RFC 6455 §4.1); a HAR file shows it by the scheme of the address too. */
function isUpgrade({ url, headers }: HttpRequestFrame): boolean {
  return (
    /^wss?:/i.test(url) ||
    headers.some(([name, value]) => name.toLowerCase() === 'upgrade' && /websocket/i.test(value))
  );
}

function lengthOf({ frame }: Extract<TraceRecord, { readonly kind: 'frame' }>): number {
  const { body } = frame;
  return body.kind === 'text'
    ? body.text.length
    : body.kind === 'bytes'
      ? body.bytes.length * 2
      : 0;
}
