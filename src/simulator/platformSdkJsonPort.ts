import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { ExpectedError, messageOf } from '../core/base/result';
import { foreignHeader } from './loopbackGuard';
import { PlatformSdkJsonConnection, type ConnectionContext } from './platformSdkJsonConnection';

/** A frame that is larger ends its connection with close code 1009. */
const MAX_FRAME_BYTES = 1024 * 1024;

/** How long a connection may take to answer the closing handshake when the port stops. */
const CLOSING_MS = 300;

/**
 * Listens on loopback for WebSocket connections that speak Platform SDK's messages in their JSON form.
 * Whoever opens it closes it.
 */
export class PlatformSdkJsonPort {
  private readonly http: Server;
  private readonly webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  private readonly connections = new Set<PlatformSdkJsonConnection>();

  private constructor(private readonly context: ConnectionContext) {
    this.http = createServer((request, response) => {
      const foreign = foreignHeader(request);
      response.writeHead(foreign === undefined ? 426 : 403, {
        'content-type': 'text/plain; charset=utf-8',
        ...(foreign === undefined ? { upgrade: 'websocket' } : {}),
      });
      response.end(foreign ?? 'This is a WebSocket server.');
    });
    this.http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  /** Resolves when listening; `port` 0 takes a free one. Rejects with an `ExpectedError` when it cannot. */
  static async open(context: ConnectionContext, port: number): Promise<PlatformSdkJsonPort> {
    const opened = new PlatformSdkJsonPort(context);
    await new Promise<void>((resolve, reject) => {
      opened.http.once('error', (error) =>
        reject(
          new ExpectedError(
            'cannot-listen',
            `The embedded server cannot listen on port ${port}: ${messageOf(error)}. Choose another port.`,
            { cause: error },
          ),
        ),
      );
      opened.http.listen(port, '127.0.0.1', resolve);
    });
    opened.http.on('error', (error) => context.logger.error(messageOf(error)));
    return opened;
  }

  /** The address that clients connect to. */
  get address(): string {
    const address = this.http.address();
    return typeof address === 'object' && address !== null
      ? `ws://127.0.0.1:${address.port}/`
      : 'ws://127.0.0.1/';
  }

  /** Breaks every connection off in the middle of a frame. */
  drop(): void {
    for (const connection of this.connections) {
      connection.drop();
    }
  }

  /** Resolves when no client has more than that waiting for it. */
  async drained(bytes: number): Promise<void> {
    do {
      await new Promise((resolve) => setImmediate(resolve));
    } while ([...this.connections].some(({ waitingBytes }) => waitingBytes > bytes));
  }

  /** Ends every connection in order and stops listening. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.http.close(() => resolve()));
    const endings = [...this.webSockets.clients].map(
      (client) =>
        new Promise<void>((resolve) => {
          const timer = setTimeout(() => client.terminate(), CLOSING_MS);
          client.once('close', () => {
            clearTimeout(timer);
            resolve();
          });
          // 1001: going away.
          client.close(1001, 'the server stops');
        }),
    );
    await Promise.all(endings);
    this.http.closeAllConnections();
    await closed;
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', (error) => this.context.logger.warn(`Socket failed: ${error.message}`));
    const foreign = foreignHeader(request);
    if (foreign !== undefined) {
      this.context.logger.warn(`Connection refused: ${foreign}`);
      socket.end(
        `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: ${foreign.length}\r\nConnection: close\r\n\r\n${foreign}`,
        () => socket.destroy(),
      );
      return;
    }
    this.webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new PlatformSdkJsonConnection(this.context, webSocket, socket);
      this.connections.add(connection);
      webSocket.on('close', () => this.connections.delete(connection));
    });
  }
}
