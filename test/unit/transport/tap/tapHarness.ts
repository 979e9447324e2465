/** Real sockets around a tap, and a sink in memory. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import {
  connect,
  createServer,
  type AddressInfo,
  type Server as NetServer,
  type Socket,
} from 'node:net';
import type { Frame } from '../../../../src/core/protocol/frame';
import type { OpenedConnection, TrafficSink } from '../../../../src/session/ports';
import { systemClock } from '../../../../src/transport/systemClock';
import { startTap, type Tap, type TapOptions } from '../../../../src/transport/tap/tap';

export type Told =
  | { readonly kind: 'open'; readonly connection: number; readonly opened: OpenedConnection }
  | { readonly kind: 'frame'; readonly connection: number; readonly frame: Frame }
  | {
      readonly kind: 'close';
      readonly connection: number;
      readonly by: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'gap';
      readonly connection: number | undefined;
      readonly reason: string;
      readonly missed: number | undefined;
    };

/** Keeps what it is told. */
export class MemorySink implements TrafficSink {
  readonly told: Told[] = [];
  readonly times: number[] = [];
  private connections = 0;

  open(at: number, opened: OpenedConnection): number {
    const connection = ++this.connections;
    this.add(at, { kind: 'open', connection, opened });
    return connection;
  }

  frame(at: number, connection: number, frame: Frame): void {
    this.add(at, { kind: 'frame', connection, frame });
  }

  close(at: number, connection: number, by: string, reason: string): void {
    this.add(at, { kind: 'close', connection, by, reason });
  }

  gap(at: number, gap: Parameters<TrafficSink['gap']>[1]): void {
    const { connection, reason, missed } = gap;
    this.add(at, { kind: 'gap', connection, reason, missed });
  }

  of<K extends Told['kind']>(kind: K): readonly Extract<Told, { readonly kind: K }>[] {
    return this.told.filter((one): one is Extract<Told, { readonly kind: K }> => one.kind === kind);
  }

  get frames(): readonly Frame[] {
    return this.of('frame').map(({ frame }) => frame);
  }

  private add(at: number, told: Told): void {
    this.times.push(at);
    this.told.push(told);
  }
}

export const quietLogger = { trace: ignore, info: ignore, warn: ignore, error: ignore };

/** Closes what a test opened, last first. */
export class CleanUp {
  private readonly tasks: (() => unknown)[] = [];

  add(task: () => unknown): void {
    this.tasks.push(task);
  }

  async run(): Promise<void> {
    for (const task of this.tasks.splice(0).reverse()) {
      await task();
    }
  }

  async tap(port: number, sink: TrafficSink, options: Partial<TapOptions> = {}): Promise<Tap> {
    const tap = await startTap({
      target: `http://127.0.0.1:${port}`,
      sink,
      clock: systemClock,
      logger: quietLogger,
      ...options,
    });
    this.add(() => tap.stop());
    return tap;
  }

  /** An HTTP server; returns its port. */
  async http(listener: RequestListener, server: Server = createHttpServer()): Promise<number> {
    server.on('request', listener);
    return this.listening(server, () => server.closeAllConnections());
  }

  /** A server that gets raw sockets; returns its port. */
  async raw(onSocket: (socket: Socket) => void): Promise<number> {
    const sockets = new Set<Socket>();
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      sockets.add(socket);
      socket.on('error', ignore);
      onSocket(socket);
    });
    return this.listening(server, () => sockets.forEach((socket) => socket.destroy()));
  }

  async listening(server: NetServer, beforeClose: () => void): Promise<number> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.add(async () => {
      const closed = once(server, 'close');
      server.close();
      beforeClose();
      await closed;
    });
    return (server.address() as AddressInfo).port;
  }

  /** A raw socket to a port of this machine. */
  async socket(port: number): Promise<Socket> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    socket.on('error', ignore);
    this.add(() => socket.destroy());
    await once(socket, 'connect');
    return socket;
  }
}

/** Resolves when `condition` holds; fails with `what` after five seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const end = performance.now() + 5_000;
  while (!condition()) {
    assert.ok(performance.now() < end, `waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** All that a socket gets, as it grows. */
export function collected(socket: Socket): { bytes: Buffer; ended: boolean; error: string } {
  const got = { bytes: Buffer.alloc(0), ended: false, error: '' };
  socket.on('data', (bytes: Buffer) => (got.bytes = Buffer.concat([got.bytes, bytes])));
  socket.on('end', () => (got.ended = true));
  socket.on('error', (error: NodeJS.ErrnoException) => (got.error = error.code ?? error.message));
  return got;
}

export function requestText(path: string, fields: readonly string[] = [], method = 'GET'): string {
  return [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...fields, '', ''].join('\r\n');
}

export function bodyText(frame: Frame | undefined): string | undefined {
  return frame?.body.kind === 'text' ? frame.body.text : undefined;
}

function ignore(): void {
  // Tests look at what they care about themselves.
}
