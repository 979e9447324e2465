/**
 * Opens what a browser exported: reads a HAR file twice, first where everything stands and when it passed, then
 * frame by frame in that order into a sink. However large the file, a few numbers for each frame and a few
 * entries are held, never the file.
 */
import { assertNever } from '../../core/base/assert';
import type { CancellationSignal } from '../../core/base/cancellation';
import { ExpectedError } from '../../core/base/result';
import type { HarImportSummary } from '../../session/harSummaries';
import type { TrafficSink } from '../../session/ports';
import { FileBlocks } from './fileBlocks';
import type { Pass } from './frameOrder';
import type { HarEntry } from './harEntry';
import { requestFrame, responseFrame, socketFrame } from './harFrames';
import { planHar, type HarPlan } from './harPlan';
import { entryAt, messageAt } from './harReading';
import { Slices } from '../slices';

export interface HarImportOptions {
  readonly signal: CancellationSignal;
  /** Told 0..1, often. */
  readonly progress?: (done: number) => void;
  /** Awaited after every few megabytes, so that a sink that writes can catch up. */
  readonly pace?: () => Promise<void>;
}

const PACE_AFTER_BYTES = 4 * 1024 * 1024;
/** Entries that are kept parsed between their request and their response. */
const MAX_PARSED = 16;
const MAX_PARSED_BYTES = 256 * 1024;
const APPLICATION = 'Browser';

/**
 * Imports the file into the sink that `sinkAt` makes for recordings from that time on (ms since 1970, that of
 * the first frame). Rejects with an `ExpectedError` when the file cannot be read, is no HAR, or holds no traffic
 * with a server that has workbins; then no sink was made.
 */
export async function importHar(
  path: string,
  sinkAt: (startedAt: number) => TrafficSink,
  options: HarImportOptions,
): Promise<HarImportSummary> {
  const slices = new Slices(options.signal);
  const file = await FileBlocks.open(path);
  try {
    const progress = options.progress ?? (() => undefined);
    const plan = await planHar(file, slices, (done) => progress(done * 0.6));
    if (plan.order.count === 0) {
      throw new ExpectedError('har-without-traffic', nothingFound(plan));
    }
    const delivery = new Delivery(file, plan, sinkAt(plan.order.at(0).at), options);
    for (let position = 0; position < plan.order.count; position++) {
      await slices.pause();
      await delivery.pass(plan.order.at(position));
      progress(0.6 + (0.4 * (position + 1)) / plan.order.count);
    }
    return delivery.end();
  } finally {
    await file.close();
  }
}

/** The second reading: hands frames to the sink in the order of the plan. */
class Delivery {
  private readonly opened = new Map<number, number>();
  private readonly closed = new Set<number>();
  private readonly parsed = new Map<number, HarEntry>();
  /** Numbers of exchanges, counted in each connection as requests pass, by entry. */
  private readonly exchanges = new Map<number, number>();
  private readonly lastExchange = new Map<number, number>();
  private now: number;
  private bytesSincePace = 0;
  private frames = 0;
  private unreadable = 0;
  private missingBodies = 0;

  constructor(
    private readonly file: FileBlocks,
    private readonly plan: HarPlan,
    private readonly sink: TrafficSink,
    private readonly options: HarImportOptions,
  ) {
    this.now = plan.order.at(0).at;
  }

  async pass(pass: Pass): Promise<void> {
    // Within a millisecond the order may be finer than the times.
    this.now = Math.max(this.now, pass.at);
    switch (pass.kind) {
      case 'request':
      case 'response':
        await this.http(pass, pass.kind);
        break;
      case 'message':
        await this.message(pass);
        break;
      case 'close':
        this.close(this.planned(pass).connection, 'network', 'The WebSocket was closed');
        break;
      default:
        assertNever(pass.kind);
    }
    if (this.bytesSincePace >= PACE_AFTER_BYTES) {
      this.bytesSincePace = 0;
      await this.options.pace?.();
    }
  }

  end(): HarImportSummary {
    for (const index of this.opened.keys()) {
      this.close(index, 'inspector', 'The HAR file ends here');
    }
    const { total, otherServers, otherKinds, isCut, unreadable } = this.plan;
    return {
      entries: total,
      connections: this.opened.size,
      frames: this.frames,
      otherServers,
      otherKinds,
      unreadable: unreadable + this.unreadable,
      missingBodies: this.missingBodies,
      isCut,
    };
  }

  private async http(pass: Pass, kind: 'request' | 'response'): Promise<void> {
    const { span, connection, refused } = this.planned(pass);
    const entry = this.parsed.get(pass.entry) ?? (await entryAt(this.file, span));
    if (entry === undefined) {
      this.unreadable++; // It could be read a moment ago: the file was changed.
      return;
    }
    const isLast = kind === 'response';
    const exchange = this.exchange(pass.entry, connection);
    this.keep(pass.entry, isLast ? undefined : entry, span.end - span.start);
    const frame = isLast ? responseFrame(entry, exchange, refused) : requestFrame(entry, exchange);
    if (frame === undefined) {
      return;
    }
    const number = this.connection(connection);
    if (isLast && entry.responseBody.kind === 'missing') {
      this.missingBodies++;
      this.sink.gap(this.now, {
        connection: number,
        reason: 'The HAR file has not kept the body of the next response',
      });
    }
    this.frames++;
    this.bytesSincePace += span.end - span.start;
    this.sink.frame(this.now, number, frame);
  }

  private async message(pass: Pass): Promise<void> {
    const message = await messageAt(this.file, pass.start, pass.end);
    if (message === undefined) {
      this.unreadable++;
      return;
    }
    const number = this.connection(this.planned(pass).connection);
    if (message.direction === 'error') {
      this.sink.gap(this.now, { connection: number, reason: `WebSocket error: ${message.data}` });
      return;
    }
    this.frames++;
    this.bytesSincePace += pass.end - pass.start;
    this.sink.frame(this.now, number, socketFrame(message, message.direction));
  }

  private planned(pass: Pass): HarPlan['entries'][number] {
    const entry = this.plan.entries[pass.entry];
    if (entry === undefined) {
      throw new RangeError(`No entry ${pass.entry}`);
    }
    return entry;
  }

  /** Number of the connection in the sink, opened with its first frame. */
  private connection(index: number): number {
    const known = this.opened.get(index);
    if (known !== undefined) {
      return known;
    }
    const planned = this.plan.connections[index];
    if (planned === undefined) {
      throw new RangeError(`No connection ${index}`);
    }
    const number = this.sink.open(this.now, { ...planned, application: APPLICATION });
    this.opened.set(index, number);
    return number;
  }

  private close(index: number, by: 'network' | 'inspector', reason: string): void {
    if (!this.closed.has(index)) {
      this.closed.add(index);
      this.sink.close(this.now, this.connection(index), by, reason);
    }
  }

  private exchange(entry: number, connection: number): number {
    const known = this.exchanges.get(entry);
    if (known !== undefined) {
      this.exchanges.delete(entry);
      return known;
    }
    const next = (this.lastExchange.get(connection) ?? 0) + 1;
    this.lastExchange.set(connection, next);
    this.exchanges.set(entry, next);
    return next;
  }

  private keep(index: number, entry: HarEntry | undefined, bytes: number): void {
    this.parsed.delete(index);
    if (entry !== undefined && bytes <= MAX_PARSED_BYTES) {
      this.parsed.set(index, entry);
      const [oldest] = this.parsed.keys();
      if (this.parsed.size > MAX_PARSED && oldest !== undefined) {
        this.parsed.delete(oldest);
      }
    }
  }
}

function nothingFound(plan: HarPlan): string {
  const cut = plan.isCut ? ' It ends in its middle.' : '';
  return (
    `The HAR file has ${plan.total} entries, none of them traffic with Workspace API v3, Web Services v2 or ` +
    `Platform SDK JSON.${cut}`
  );
}
