import assert from 'node:assert/strict';
import type { CometD, Message } from 'cometd';
import { CookieJar } from 'tough-cookie';
import { COMETD_WINDOW, LentWindow, type RequestContext } from './window';

export type Json = Record<string, unknown>;

/** What came on a channel of the application. */
export interface Event {
  readonly channel: string;
  readonly data: Json;
}

export interface HttpAnswer {
  readonly status: number;
  readonly type: string;
  /** Parsed where it is JSON, else the text. */
  readonly body: unknown;
}

export const CHANNELS = [
  '/workspace/v3/initialization',
  '/workspace/v3/workbins',
  '/workspace/v3/media',
  '/workspace/v3/media/*',
  '/workspace/v3/media-management',
] as const;

export interface DesktopOptions {
  readonly user: string;
  readonly password?: string;
  /** By form and redirects, as a browser does it, or by access token. */
  readonly signIn?: 'form' | 'token';
}

/** An agent desktop that listens with the published `cometd` client over long-polling, and speaks HTTP. */
export class CometdDesktop {
  readonly cookies = new CookieJar();
  readonly events: Event[] = [];
  /** Bayeux replies that were no success, in their order. */
  readonly failures: Message[] = [];
  /** How the handshakes ended, in their order. */
  readonly handshakes: boolean[] = [];
  /** How many polls were answered with success. */
  polls = 0;
  private readonly pending: RequestContext['pending'] = new Set();
  private readonly end = new AbortController();
  private readonly watchers = new Set<() => void>();
  private window: LentWindow | undefined;
  private client: CometD | undefined;
  private taken = 0;
  private operations = 0;

  constructor(readonly baseUrl: string) {}

  /** Signs in, initialises, shakes hands, subscribes all channels and waits for the end of the initialization. */
  static async open(baseUrl: string, options: DesktopOptions): Promise<CometdDesktop> {
    const desktop = new CometdDesktop(baseUrl);
    await desktop.signIn(options);
    await desktop.listen();
    await desktop.next((event) => event.data['messageType'] === 'WorkspaceInitializationComplete');
    return desktop;
  }

  async signIn({ user, password = user, signIn = 'form' }: DesktopOptions): Promise<void> {
    let address: string;
    let headers: Record<string, string> = {};
    if (signIn === 'token') {
      headers = { authorization: `Bearer ${await accessToken(this.baseUrl, user, password)}` };
      address = '/workspace/v3/initialize-workspace';
    } else {
      const code = await this.codeByForm(user, password);
      address = `/workspace/v3/initialize-workspace?code=${code}&redirect_uri=%2F`;
    }
    const answer = await this.fetch('POST', address, undefined, headers);
    assert.deepEqual([answer.status, answer.body], [200, { status: { code: 1 } }]);
  }

  /** Goes through the redirects of a sign-in by form and returns the code at their end. */
  async codeByForm(user: string, password = user): Promise<string> {
    const first = await this.follow(`/workspace/v3/login?redirect_uri=${this.baseUrl}/`);
    assert.match(first, /\/auth\/sign-in\.html\?type=workspace$/);
    const form = new URLSearchParams({ username: `\\${user}`, password });
    const response = await this.send('POST', '/auth/v3/sign-in', String(form), {
      'content-type': 'application/x-www-form-urlencoded',
    });
    const last = await this.follow(response.headers.get('location') ?? '');
    return new URL(last, this.baseUrl).searchParams.get('code') ?? '';
  }

  /** Connects the CometD client and subscribes to the channels. */
  async listen(channels: readonly string[] = CHANNELS): Promise<void> {
    this.window ??= new LentWindow(COMETD_WINDOW);
    const { CometD } = await import('cometd');
    const client = new CometD();
    this.client = client;
    const { cookies, pending } = this;
    const context: RequestContext = { cookies, pending, end: this.end.signal };
    Object.assign(client.findTransport('long-polling') ?? {}, { context });
    client.configure({
      url: `${this.baseUrl}/workspace/v3/notifications`,
      backoffIncrement: 50,
      logLevel: 'warn',
    });
    client.addListener('/meta/unsuccessful', (message) => {
      this.failures.push(message);
      this.changed();
    });
    client.addListener('/meta/connect', ({ successful }) => {
      this.polls += successful === true ? 1 : 0;
      this.changed();
    });
    client.addListener('/meta/handshake', ({ successful }) => {
      this.handshakes.push(successful === true);
      if (successful === true) {
        client.batch(() => channels.forEach((channel) => this.subscribe(client, channel)));
      }
      this.changed();
    });
    const reply = await new Promise<Message>((resolve) => client.handshake(resolve));
    assert.equal(reply.successful, true, JSON.stringify(reply));
  }

  /** Asks for an operation and returns its HTTP answer, and the id under which its events come. */
  async post(
    path: string,
    data: Json = {},
    operationId: unknown = this.nextOperation(),
  ): Promise<HttpAnswer & { readonly operationId: unknown }> {
    const body = JSON.stringify({ operationId, data });
    return { ...(await this.fetch('POST', `/workspace/v3${path}`, body)), operationId };
  }

  /** Asks for an operation that is accepted, and waits for the event with its `operationId`. */
  async operate(path: string, data: Json = {}): Promise<Event> {
    const answer = await this.post(path, data);
    const { operationId } = answer;
    assert.deepEqual(
      [answer.status, answer.body],
      [200, { status: { code: 1 }, operationId }],
      path,
    );
    return this.next((event) => event.data['operationId'] === operationId);
  }

  /** Publishes as a client may try to; returns the reply. */
  publish(channel: string, content: Json): Promise<Message> {
    return new Promise((resolve) => this.client?.publish(channel, content, resolve));
  }

  /** The first event not yet taken that fits; those before it stay for `drained`. */
  async next(fits: (event: Event) => boolean): Promise<Event> {
    const found = (): Event | undefined => this.events.slice(this.taken).find(fits);
    await this.until(() => found() !== undefined);
    const event = found();
    assert.ok(event);
    return event;
  }

  /** Every event that has come since the last call; an operation makes sure that none is on its way. */
  async drained(): Promise<readonly Event[]> {
    const end = await this.operate('/workbins/get-workbins');
    const index = this.events.indexOf(end);
    const events = this.events.slice(this.taken, index);
    this.taken = index + 1;
    return events;
  }

  /** Waits for what only the events and replies that arrive can bring about. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) {
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const watcher = (): void => {
        if (condition()) {
          clearTimeout(timer);
          this.watchers.delete(watcher);
          resolve();
        }
      };
      const timer = setTimeout(() => {
        this.watchers.delete(watcher);
        reject(new Error(`It did not come. Events: ${JSON.stringify(this.events.slice(-3))}`));
      }, 5000);
      this.watchers.add(watcher);
    });
  }

  async fetch(
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<HttpAnswer> {
    const response = await this.send(method, path, body, {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    });
    const type = response.headers.get('content-type') ?? '';
    const text = await response.text();
    return {
      status: response.status,
      type,
      body: type.startsWith('application/json') ? (JSON.parse(text) as unknown) : text,
    };
  }

  /** Disconnects and gives the window back; the session on the server lives on unless `logOut`. */
  async close({ logOut = true } = {}): Promise<void> {
    const { client } = this;
    if (client !== undefined && !client.isDisconnected()) {
      await new Promise<void>((resolve) => client.disconnect(() => resolve()));
    }
    this.end.abort();
    await Promise.allSettled(this.pending);
    if (logOut) {
      await this.fetch('POST', '/workspace/v3/logout').catch(() => undefined);
    }
    this.window?.takeBack();
    this.window = undefined;
  }

  private subscribe(client: CometD, channel: string): void {
    client.subscribe(channel, (message) => {
      this.events.push({ channel: message.channel, data: message.data as Json });
      this.changed();
    });
  }

  private changed(): void {
    for (const watcher of [...this.watchers]) {
      watcher();
    }
  }

  private nextOperation(): string {
    this.operations += 1;
    return `operation-${this.operations}`;
  }

  /** Follows redirects on this server by GET; returns the last address. */
  private async follow(address: string): Promise<string> {
    let at = address;
    for (;;) {
      const response = await this.send('GET', at);
      await response.arrayBuffer();
      const location = response.headers.get('location');
      if (location === null) {
        return at;
      }
      at = location;
    }
  }

  private async send(
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const url = new URL(path, this.baseUrl).href;
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { ...headers, cookie: await this.cookies.getCookieString(url) },
      ...(body === undefined ? {} : { body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      await this.cookies.setCookie(cookie, url);
    }
    return response;
  }
}

/** An access token by password grant. */
export async function accessToken(
  baseUrl: string,
  username: string,
  password = username,
): Promise<string> {
  const response = await fetch(`${baseUrl}/auth/v3/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', username, password, client_id: 'test' }),
  });
  assert.equal(response.status, 200);
  return String(((await response.json()) as Json)['access_token']);
}
