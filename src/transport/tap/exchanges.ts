/** Tells the exchanges of one socket to the recording side, each request before its response. */
import type { MappedHeaders } from '../../core/protocol/frame';
import { BodyKeeper } from './bodyKeeper';
import type { ResponseHead } from './httpHead';
import type { Exchange } from './observation';
import type { ObservationQueue } from './observationQueue';
import type { RecordedLink } from './recordedLink';

interface Pending {
  readonly exchange: Exchange;
  readonly requestBody: BodyKeeper;
  requestTold: boolean;
  response:
    | { readonly head: ResponseHead; readonly mapped: MappedHeaders; readonly body: BodyKeeper }
    | undefined;
}

export class Exchanges {
  private readonly pending: Pending[] = [];

  constructor(
    private readonly queue: ObservationQueue,
    private readonly link: RecordedLink,
    private readonly maxBodyBytes: number,
  ) {}

  /** The exchange that the next response belongs to. */
  get first(): Exchange | undefined {
    return this.pending[0]?.exchange;
  }

  /** The protocol that the last request asks to change to. */
  get lastUpgrade(): string | undefined {
    return this.pending.at(-1)?.exchange.upgrade;
  }

  get isEmpty(): boolean {
    return this.pending.length === 0;
  }

  /** True when a response has begun and not ended. */
  get inResponse(): boolean {
    return this.pending[0]?.response !== undefined;
  }

  beginRequest(exchange: Exchange): void {
    const requestBody = new BodyKeeper(this.queue, this.maxBodyBytes);
    this.pending.push({ exchange, requestBody, requestTold: false, response: undefined });
  }

  requestPayload(slice: Buffer): void {
    const last = this.pending.at(-1);
    // A response that came early has told the request as far as it had come.
    if (last !== undefined && !last.requestTold) {
      last.requestBody.add(slice);
    }
  }

  endRequest(at: number, error?: string): void {
    const last = this.pending.at(-1);
    if (last !== undefined) {
      this.tellRequest(at, last, error);
    }
  }

  beginResponse(head: ResponseHead, mapped: MappedHeaders): void {
    const [first] = this.pending;
    if (first !== undefined) {
      first.response = { head, mapped, body: new BodyKeeper(this.queue, this.maxBodyBytes) };
    }
  }

  responsePayload(slice: Buffer): void {
    this.pending[0]?.response?.body.add(slice);
  }

  /** Ends the first exchange. `error`: why its response is not whole, or did not come. */
  endResponse(at: number, error?: string): void {
    const first = this.pending.shift();
    if (first === undefined) {
      return;
    }
    const { exchange, response } = first;
    this.tellRequest(at, first, error ?? 'The server answered before the request was whole');
    const body = (response?.body ?? new BodyKeeper(this.queue, 0)).take(error);
    this.queue.push(
      {
        kind: 'response',
        at,
        link: this.link,
        exchange,
        head: response?.head,
        mapped: response?.mapped ?? [],
        body,
      },
      body.kept,
    );
  }

  /** Ends all exchanges that are open. */
  abandon(at: number, error: string): void {
    while (this.pending.length > 0) {
      this.endResponse(at, error);
    }
  }

  private tellRequest(at: number, pending: Pending, error: string | undefined): void {
    if (pending.requestTold) {
      return;
    }
    pending.requestTold = true;
    const { exchange } = pending;
    const body = pending.requestBody.take(error);
    this.queue.push({ kind: 'request', at, link: this.link, exchange, body }, body.kept);
  }
}
