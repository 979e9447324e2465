/** Writes down what a page sends and gets, from the browser's debugging protocol (Network domain). */
import type { CDPSession, Page } from 'playwright-core';
import type { Json, TwinLine } from './twinLine';

type Unplaced<Line> = Line extends TwinLine ? Omit<Line, 't' | 'x' | 'url'> : never;

interface Exchange {
  readonly x: number;
  readonly url: string;
}

interface Placed {
  /** Seconds of the browser's clock. */
  readonly at: number;
  readonly exchange: Exchange;
  readonly line: Unplaced<TwinLine>;
}

export class TwinRecorder {
  private readonly placed: Placed[] = [];
  private readonly reading: Promise<void>[] = [];
  /** What runs at present, by the browser's id of it. */
  private readonly running = new Map<string, Exchange>();
  private readonly statuses = new Map<string, number>();
  /** Exchanges and WebSockets that have not ended. */
  private readonly open = new Set<Exchange>();
  private wake: () => void = () => undefined;
  private count = 0;

  private constructor(private readonly cdp: CDPSession) {}

  /** Begins at once; addresses that `leavesOut` names are not written down. */
  static async start(page: Page, leavesOut: RegExp): Promise<TwinRecorder> {
    const cdp = await page.context().newCDPSession(page);
    const recorder = new TwinRecorder(cdp);
    recorder.listenToHttp(leavesOut);
    recorder.listenToWebSockets();
    await cdp.send('Network.enable');
    return recorder;
  }

  /** The lines in the order of their times, when everything that was begun has ended. */
  async end(): Promise<readonly TwinLine[]> {
    while (this.open.size > 0) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    await Promise.all(this.reading);
    const sorted = [...this.placed].sort((one, other) => one.at - other.at);
    const start = sorted[0]?.at ?? 0;
    return sorted.map(({ at, exchange, line }) => ({
      t: Math.round((at - start) * 1_000_000) / 1000,
      ...exchange,
      ...line,
    }));
  }

  private listenToHttp(leavesOut: RegExp): void {
    const { cdp, running } = this;
    cdp.on('Network.requestWillBeSent', ({ requestId, timestamp, request, redirectResponse }) => {
      const before = running.get(requestId);
      if (before !== undefined && redirectResponse !== undefined) {
        this.over(before);
        const { status, headers } = redirectResponse;
        const location = headers['location'];
        this.put(timestamp, before, {
          dir: 'recv',
          type: 'response',
          status,
          ...(location !== undefined && { location }),
        });
      }
      if (leavesOut.test(request.url)) {
        return;
      }
      const exchange = this.begin(requestId, request.url);
      const body = request.postData === undefined ? undefined : parsed(request.postData);
      if (isBayeux(body)) {
        this.putBatch(timestamp, exchange, 'send', 'long-polling', body);
      } else {
        const { method } = request;
        this.put(timestamp, exchange, {
          dir: 'send',
          type: 'request',
          method,
          ...(body !== undefined && { body }),
        });
      }
    });
    cdp.on('Network.responseReceived', ({ requestId, response }) =>
      this.statuses.set(requestId, response.status),
    );
    cdp.on('Network.loadingFinished', ({ requestId, timestamp }) => {
      const exchange = running.get(requestId);
      if (exchange !== undefined) {
        this.reading.push(this.readResponse(requestId, timestamp, exchange));
        this.over(exchange);
      }
    });
    cdp.on('Network.loadingFailed', ({ requestId, timestamp, errorText: error }) => {
      const exchange = running.get(requestId);
      if (exchange !== undefined) {
        this.put(timestamp, exchange, { dir: 'recv', type: 'error', error });
        this.over(exchange);
      }
    });
  }

  private listenToWebSockets(): void {
    const { cdp, running } = this;
    cdp.on('Network.webSocketCreated', ({ requestId, url }) => this.begin(requestId, url));
    const of = (requestId: string, put: (exchange: Exchange) => void): void => {
      const exchange = running.get(requestId);
      if (exchange !== undefined) {
        put(exchange);
      }
    };
    cdp.on('Network.webSocketWillSendHandshakeRequest', ({ requestId, timestamp }) =>
      of(requestId, (socket) => this.put(timestamp, socket, { dir: 'send', type: 'open' })),
    );
    cdp.on('Network.webSocketFrameError', ({ requestId, timestamp, errorMessage: error }) =>
      of(requestId, (socket) => this.put(timestamp, socket, { dir: 'recv', type: 'error', error })),
    );
    cdp.on('Network.webSocketClosed', ({ requestId, timestamp }) =>
      of(requestId, (socket) => {
        this.put(timestamp, socket, { dir: 'recv', type: 'close' });
        this.over(socket);
      }),
    );
    for (const [event, dir] of [
      ['Network.webSocketFrameSent', 'send'],
      ['Network.webSocketFrameReceived', 'recv'],
    ] as const) {
      cdp.on(event, ({ requestId, timestamp, response }) =>
        of(requestId, (socket) => {
          const message = JSON.parse(response.payloadData) as Json;
          this.putBatch(timestamp, socket, dir, 'websocket', [message]);
        }),
      );
    }
  }

  private begin(requestId: string, url: string): Exchange {
    this.count += 1;
    const exchange = { x: this.count, url };
    this.running.set(requestId, exchange);
    this.open.add(exchange);
    return exchange;
  }

  private over(exchange: Exchange): void {
    this.open.delete(exchange);
    this.wake();
  }

  /** The browser keeps a body for a while only: it is asked for at once. */
  private async readResponse(requestId: string, at: number, exchange: Exchange): Promise<void> {
    const status = this.statuses.get(requestId) ?? 0;
    const isPage = !/\/v3\//.test(exchange.url);
    const text = isPage ? '' : (await this.cdp.send('Network.getResponseBody', { requestId })).body;
    const body = text === '' ? undefined : parsed(text);
    if (isBayeux(body)) {
      this.putBatch(at, exchange, 'recv', 'long-polling', body);
    } else {
      this.put(at, exchange, {
        dir: 'recv',
        type: 'response',
        status,
        ...(body !== undefined && { body }),
      });
    }
  }

  private putBatch(
    at: number,
    exchange: Exchange,
    dir: TwinLine['dir'],
    via: 'long-polling' | 'websocket',
    messages: readonly Json[],
  ): void {
    for (const [index, message] of messages.entries()) {
      const batch = [index + 1, messages.length] as const;
      this.put(at, exchange, { dir, type: 'message', via, batch, message });
    }
  }

  private put(at: number, exchange: Exchange, line: Unplaced<TwinLine>): void {
    this.placed.push({ at, exchange, line });
  }
}

function isBayeux(body: unknown): body is readonly Json[] {
  return Array.isArray(body);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text; // A form.
  }
}
