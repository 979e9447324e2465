/** The page: an agent desktop on the published `cometd` client, and a client of Platform SDK JSON. */
import { CometD, type Message } from 'cometd';
import type { Json } from './twinLine';

declare global {
  interface Window {
    readonly desk: Desk;
    readonly sdk: SdkClient;
  }
}

const CHANNELS = ['initialization', 'workbins', 'media', 'media/*', 'media-management'];

/** Values that arrive, and those who wait for them. */
class Arrivals {
  private readonly all: Json[] = [];
  private readonly watchers = new Set<() => void>();

  add(value: Json): void {
    this.all.push(value);
    this.watchers.forEach((watcher) => watcher());
  }

  /** Resolves with the one that makes `count` that fit. */
  async until(fits: (value: Json) => boolean, count = 1): Promise<Json> {
    for (;;) {
      const found = this.all.filter(fits)[count - 1];
      if (found !== undefined) {
        return found;
      }
      await new Promise<void>((resolve) => {
        const watcher = (): void => {
          this.watchers.delete(watcher);
          resolve();
        };
        this.watchers.add(watcher);
      });
    }
  }
}

interface Accepted {
  readonly status: { readonly code: number };
}

/** An agent desktop that speaks Workspace API v3. */
class Desk {
  private readonly cometd = new CometD();
  private readonly events = new Arrivals();
  private operations = 0;

  /** Begins the session of the code in the page's address, listens, and waits for the end of the initialization. */
  async enter(): Promise<void> {
    const code = new URLSearchParams(location.search).get('code') ?? '';
    await fetch(`/workspace/v3/initialize-workspace?code=${code}&redirect_uri=%2F`, {
      method: 'POST',
    });
    const { cometd } = this;
    cometd.configure({ url: `${location.origin}/workspace/v3/notifications`, logLevel: 'warn' });
    const subscribe = (channel: string): unknown =>
      cometd.subscribe(`/workspace/v3/${channel}`, ({ data }) => this.events.add(data as Json));
    // The handshake is tried over WebSocket first; events may come with the reply to it already.
    cometd.addListener('/meta/handshake', ({ successful }) => {
      if (successful === true) {
        cometd.batch(() => CHANNELS.forEach(subscribe));
      }
    });
    cometd.handshake();
    await this.events.until(({ messageType }) => messageType === 'WorkspaceInitializationComplete');
  }

  /** Asks for an operation. Resolves with its event, or with its HTTP status where it was not accepted. */
  async operate(path: string, data: Json): Promise<Json> {
    this.operations += 1;
    const operationId = `desk-${this.operations}`;
    const response = await this.post(path, { operationId, data });
    const text = await response.text();
    const isAccepted = response.ok && (JSON.parse(text) as Accepted).status.code === 1;
    return isAccepted
      ? this.events.until((event) => event['operationId'] === operationId)
      : { status: response.status };
  }

  /** Asks for an operation, and has not the patience to wait for the response. */
  async giveUp(path: string, afterMs: number): Promise<void> {
    this.operations += 1;
    const body = { operationId: `desk-${this.operations}`, data: {} };
    await this.post(path, body, AbortSignal.timeout(afterMs)).catch(() => undefined);
  }

  /** Waits until so many notifications have come in all. */
  async notified(count: number): Promise<void> {
    await this.events.until(({ name }) => name === 'EventWorkbinContentChanged', count);
  }

  async leave(): Promise<void> {
    await new Promise<Message>((resolve) => this.cometd.disconnect(resolve));
    await this.post('/logout', {});
  }

  private post(path: string, body: Json, signal?: AbortSignal): Promise<Response> {
    return fetch(`/workspace/v3${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...(signal !== undefined && { signal }),
    });
  }
}

/** An agent application that speaks Platform SDK's messages in their JSON form. */
class SdkClient {
  private readonly arrived = new Arrivals();
  private socket: WebSocket | undefined;
  private references = 0;

  async open(address: string): Promise<void> {
    const socket = new WebSocket(address);
    socket.onmessage = ({ data }) => this.arrived.add(JSON.parse(String(data)) as Json);
    await new Promise((resolve) => (socket.onopen = resolve));
    this.socket = socket;
  }

  /** Sends a request and resolves with its answer. */
  request(messageName: string, attributes: Json): Promise<Json> {
    this.references += 1;
    const referenceId = this.references;
    this.socket?.send(JSON.stringify({ messageName, referenceId, ...attributes }));
    return this.arrived.until((message) => message['referenceId'] === referenceId);
  }

  async notified(count: number): Promise<void> {
    await this.arrived.until((message) => !('referenceId' in message), count);
  }

  async close(): Promise<void> {
    const { socket } = this;
    await new Promise((resolve) => {
      if (socket !== undefined) {
        socket.onclose = resolve;
        socket.close();
      }
    });
  }
}

Object.assign(window, { desk: new Desk(), sdk: new SdkClient() });
