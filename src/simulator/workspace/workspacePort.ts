import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ExpectedError, messageOf } from '../../core/base/result';
import { foreignHeader } from '../loopbackGuard';
import { failure, plainText, readBody, readRequest, writeReply } from './httpExchange';
import { WorkspaceWeb, type WorkspaceContext } from './workspaceWeb';

/** How long answers on their way may take when the port closes. */
const CLOSING_MS = 300;

/** Long enough that a client's idle connection does not end just when it is used again. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Listens on loopback for applications that speak Workspace API v3: HTTP operations, and events by CometD.
 * Whoever opens it closes it.
 */
export class WorkspacePort {
  private readonly http: Server;
  private readonly web: WorkspaceWeb;
  private readonly open = new Set<ServerResponse>();

  private constructor(private readonly context: WorkspaceContext) {
    this.web = new WorkspaceWeb(context, () => this.drop());
    this.http = createServer((request, response) => {
      this.open.add(response);
      response.on('close', () => this.open.delete(response));
      this.take(request, response).catch((error: unknown) => {
        context.logger.warn(`A request to Workspace API v3 failed: ${messageOf(error)}`);
        response.destroy();
      });
    });
    this.http.keepAliveTimeout = KEEP_ALIVE_MS;
  }

  /** Resolves when listening; `port` 0 takes a free one. Rejects with an `ExpectedError` when it cannot. */
  static async open(context: WorkspaceContext, port: number): Promise<WorkspacePort> {
    const opened = new WorkspacePort(context);
    try {
      await new Promise<void>((resolve, reject) => {
        opened.http.once('error', reject);
        opened.http.listen(port, '127.0.0.1', resolve);
      });
    } catch (error) {
      opened.web.dispose();
      throw new ExpectedError(
        'cannot-listen',
        `The embedded server cannot listen on port ${port}: ${messageOf(error)}. Choose another port.`,
        { cause: error },
      );
    }
    opened.http.on('error', (error) => context.logger.error(messageOf(error)));
    return opened;
  }

  /** The base address of applications, `http://127.0.0.1:<port>`. */
  get address(): string {
    const address = this.http.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return `http://127.0.0.1:${port}`;
  }

  /** Ends every session: operations get 403, polls `402::session_unknown`. Access tokens stay good. */
  expireSessions(): void {
    this.web.expireSessions();
  }

  /** What a restart of the web tier does to its clients: connections break, sessions and tokens are gone. */
  restart(): void {
    this.http.closeAllConnections();
    this.web.forgetEverything();
  }

  /** Breaks every connection off, those with a request in the middle of its answer. */
  drop(): void {
    for (const { socket } of this.open) {
      const torn =
        'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 256\r\n\r\n[{"chan';
      socket?.write(torn, () => socket.destroy());
    }
    this.http.closeIdleConnections();
  }

  /** Ends sessions and connections and stops listening. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.http.close(() => resolve()));
    this.web.dispose();
    const timer = setTimeout(() => this.http.closeAllConnections(), CLOSING_MS);
    await Promise.all(
      [...this.open].map((each) => new Promise<void>((resolve) => each.once('close', resolve))),
    );
    clearTimeout(timer);
    this.http.closeAllConnections();
    await closed;
  }

  private async take(raw: IncomingMessage, response: ServerResponse): Promise<void> {
    const foreign = foreignHeader(raw);
    if (foreign !== undefined) {
      this.context.logger.warn(`Request refused: ${foreign}`);
      raw.resume();
      writeReply(response, plainText(403, foreign));
      return;
    }
    this.allowOrigin(raw, response);
    const body = await readBody(raw);
    if (this.context.faults.hang) {
      return;
    }
    this.web.send(() => {
      try {
        if (typeof body === 'string') {
          this.web.answer(readRequest(raw), body, raw, response);
        } else {
          writeReply(response, body);
        }
      } catch (error) {
        this.context.logger.error(`Answering failed: ${messageOf(error)}`);
        if (!response.headersSent) {
          writeReply(response, failure(500, 'Internal error.'));
        }
      }
    });
  }

  /** A page of this machine may read answers and send its cookies; others were refused before. */
  private allowOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
    const origin = headers.origin ?? (this.context.quirks ? 'undefined' : undefined);
    if (origin !== undefined) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-allow-credentials', 'true');
      response.setHeader('vary', 'Origin');
    }
  }
}
