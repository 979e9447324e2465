import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

export interface BayeuxRequest {
  readonly id: string;
  readonly channel: string;
  readonly connectionType?: string;
  readonly supportedConnectionTypes?: readonly string[];
  readonly subscription?: string;
  readonly advice?: { readonly timeout?: number };
}

export type Reply = { readonly [name: string]: unknown };

/** How a scripted server departs from one that behaves. What returns true has answered itself. */
export interface Script {
  /** Any HTTP request. */
  readonly request?: (
    path: string,
    response: ServerResponse,
    request: IncomingMessage,
    body: string,
  ) => boolean;
  /** A batch to the CometD endpoint, over HTTP. */
  readonly batch?: (batch: readonly BayeuxRequest[], response: ServerResponse) => boolean;
  /** What comes with the first poll; by default, that the initialisation is complete. */
  readonly initialization?: readonly Reply[];
  /** Also speaks WebSocket. */
  readonly webSocket?: 'offered' | 'offered-and-refused';
  /** A frame from the client, over WebSocket. */
  readonly frame?: (batch: readonly BayeuxRequest[], socket: WebSocket) => boolean;
}

const COMPLETE = {
  channel: '/workspace/v3/initialization',
  data: {
    messageType: 'WorkspaceInitializationComplete',
    state: 'Complete',
    data: { user: { employeeId: 'A1001', userName: 'AnnaBerger' } },
  },
};

const WORKBINS = [{ workbinName: 'email-draft', id: 'draft-id', type: 'Agent' }];

/**
 * A server as small as it can be for our client: it signs anybody in and knows one workbin. For what the embedded
 * server does not do: to misbehave, and to offer WebSocket.
 */
export async function startScripted(script: Script = {}) {
  const sockets = new Set<Socket>();
  const queue: Reply[] = [];
  let waiting: (() => void) | undefined;
  const publish = (...events: readonly Reply[]): void => {
    queue.push(...events);
    waiting?.();
    waiting = undefined;
  };
  let polls = 0;
  const replies = (batch: readonly BayeuxRequest[]): readonly Reply[] =>
    batch.map(({ id, channel, subscription }) => ({
      id,
      channel,
      successful: true,
      ...(channel === '/meta/handshake' && {
        clientId: 'c1',
        version: '1.0',
        supportedConnectionTypes: [
          ...(script.webSocket === undefined ? [] : ['websocket']),
          'long-polling',
        ],
        advice: { reconnect: 'retry', timeout: 30_000, interval: 0 },
      }),
      ...(subscription !== undefined && { subscription }),
    }));
  /** Calls back with what there is to say: at once for the first poll and all but polls. */
  const whenDue = (batch: readonly BayeuxRequest[], say: (messages: readonly Reply[]) => void) => {
    const isPoll = batch.some(({ channel }) => channel === '/meta/connect');
    const isHeld = isPoll && batch.every(({ advice }) => advice?.timeout !== 0);
    if (batch.some(({ channel }) => channel === '/meta/disconnect')) {
      publish();
    }
    if (!isPoll) {
      say(replies(batch));
      return;
    }
    const send = (): void => say([...queue.splice(0), ...replies(batch)]);
    if (polls++ === 0) {
      queue.push(...(script.initialization ?? [COMPLETE]));
    }
    if (isHeld && queue.length === 0) {
      waiting = send;
    } else {
      send();
    }
  };
  const http = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => {
      body += bytes.toString('utf8');
    });
    request.on('end', () => {
      const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://x');
      const back = searchParams.get('redirect_uri') ?? '/';
      if (script.request?.(path, response, request, body) === true) {
        return;
      }
      if (path.includes('/notifications')) {
        const batch = JSON.parse(body) as readonly BayeuxRequest[];
        if (script.batch?.(batch, response) !== true) {
          whenDue(batch, (messages) => sendJson(response, messages));
        }
        return;
      }
      switch (path.split('/').at(-1)) {
        case 'login':
          response.writeHead(302, { location: `${back}?code=abcd` }).end();
          break;
        case 'initialize-workspace':
          response.setHeader('set-cookie', 'WORKSPACE_SESSIONID=session-1; Path=/; HttpOnly');
          sendJson(response, { status: { code: 1 } });
          break;
        default: {
          const { operationId } = JSON.parse(body === '' ? '{}' : body) as Reply;
          sendJson(response, { status: { code: 1 }, operationId });
          const data = { name: 'EventAck', messageType: 'WorkbinsMessage', operationId };
          publish({
            channel: '/workspace/v3/workbins',
            data: path.endsWith('get-workbins') ? { ...data, workbins: WORKBINS } : data,
          });
        }
      }
    });
  });
  const webSockets = new WebSocketServer({ noServer: true });
  const upgrades: IncomingMessage[] = [];
  http.on('upgrade', (request, socket, head) => {
    upgrades.push(request);
    if (script.webSocket !== 'offered') {
      socket.end('HTTP/1.1 400 No WebSocket\r\nX-Why: proxy\r\nContent-Length: 4\r\n\r\nnone');
      return;
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('message', (data: Buffer) => {
        const batch = JSON.parse(data.toString('utf8')) as readonly BayeuxRequest[];
        if (script.frame?.(batch, webSocket) !== true) {
          whenDue(batch, (messages) => webSocket.send(JSON.stringify(messages)));
        }
      });
    });
  });
  http.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    address: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    upgrades,
    publish,
    replies,
    stop: async () => {
      const closed = once(http, 'close');
      http.close();
      for (const socket of sockets) {
        socket.destroy();
      }
      await closed;
    },
  };
}

export function sendJson(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
}
