/**
 * What of a HAR file is traffic with a server that has workbins, and in which order it passed: the first of two
 * readings of the file. Holds a few numbers for each frame and no body.
 */
import { ExpectedError } from '../../core/base/result';
import type { Dialect } from '../../core/protocol/decoder';
import type { FileBlocks } from './fileBlocks';
import { FrameOrder } from './frameOrder';
import { messageAt } from './harReading';
import { HarScanner, type EntrySpan } from './harScanner';
import { Survey, type Candidate } from './harSurvey';
import type { Slices } from '../slices';

/** Entries and messages of one file: each costs some memory while it is imported. */
const MAX_FRAMES = 5_000_000;

export interface PlannedConnection {
  readonly dialect: Dialect;
  readonly server: string;
}

/** An entry that is kept. */
export interface PlannedEntry {
  readonly span: EntrySpan;
  /** Index among the connections. */
  readonly connection: number;
  /** Why a WebSocket was not opened. */
  readonly refused?: string;
}

export interface HarPlan {
  readonly connections: readonly PlannedConnection[];
  readonly entries: readonly PlannedEntry[];
  readonly order: FrameOrder;
  /** Whole entries in the file. */
  readonly total: number;
  readonly otherServers: number;
  readonly otherKinds: number;
  readonly unreadable: number;
  /** The file ends in its middle. */
  readonly isCut: boolean;
}

/** Rejects with an `ExpectedError` when the file is no HAR. `progress` is told 0..1. */
export async function planHar(
  file: FileBlocks,
  slices: Slices,
  progress: (done: number) => void,
): Promise<HarPlan> {
  const { spans, isCut } = await scan(file, slices, (done) => progress(done / 2));
  const survey = new Survey();
  for (const [index, span] of spans.entries()) {
    await slices.pause();
    await survey.look(file, span);
    progress(0.5 + (0.3 * (index + 1)) / spans.length);
  }
  const planner = new Planner();
  const kept = survey.kept();
  for (const [index, candidate] of kept.candidates.entries()) {
    await planner.add(file, candidate, slices);
    progress(0.8 + (0.2 * (index + 1)) / kept.candidates.length);
  }
  await planner.order.sort(slices);
  const { connections, entries, order, unreadable } = planner;
  return {
    connections,
    entries,
    order,
    total: spans.length,
    otherServers: kept.otherServers,
    otherKinds: kept.otherKinds,
    unreadable: unreadable + survey.unreadable,
    isCut,
  };
}

async function scan(
  file: FileBlocks,
  slices: Slices,
  progress: (done: number) => void,
): Promise<{ readonly spans: readonly EntrySpan[]; readonly isCut: boolean }> {
  const spans: EntrySpan[] = [];
  const scanner = new HarScanner((span) => spans.push(span));
  let seen = 0;
  for await (const chunk of file.chunks()) {
    scanner.feed(chunk);
    seen += chunk.length;
    if (scanner.count > MAX_FRAMES) {
      throw new ExpectedError(
        'har-too-large',
        `The HAR file has more than ${MAX_FRAMES} entries and messages. Export a shorter time.`,
      );
    }
    progress(seen / file.size);
    await slices.pause();
  }
  if (!scanner.isHar) {
    throw new ExpectedError('not-a-har', 'The file is no HAR: it has no list of entries in a log.');
  }
  return { spans, isCut: scanner.isCut };
}

/** Gives what is kept its connection, its exchange and its place in time. */
class Planner {
  readonly connections: PlannedConnection[] = [];
  readonly entries: PlannedEntry[] = [];
  readonly order = new FrameOrder();
  unreadable = 0;
  private readonly byOrigin = new Map<string, number>();

  async add(file: FileBlocks, candidate: Candidate, slices: Slices): Promise<void> {
    const { span, entry, dialect } = candidate;
    const connection = this.connection(candidate);
    const isOwn = dialect === 'platform-sdk-json';
    const index = this.entries.length;
    const { startedAt, isExact } = entry;
    const pass = (kind: 'request' | 'response' | 'close', at: number): void =>
      this.order.add({ kind, entry: index, start: 0, end: 0, at }, startedAt, isExact);
    let last = startedAt;
    let refused: string | undefined;
    for (let at = 0; at < span.messages.length; at += 2) {
      await slices.pause();
      const [start = 0, end = 0] = span.messages.slice(at, at + 2);
      const message = await messageAt(file, start, end);
      if (message === undefined) {
        this.unreadable++;
        continue;
      }
      if (message.direction === 'error' && entry.status !== 101) {
        refused = message.data;
        continue;
      }
      last = Math.max(last, micros(epochMs(message.time, startedAt)));
      this.order.add({ kind: 'message', entry: index, start, end, at: last }, startedAt, isExact);
    }
    const ended = micros(startedAt + entry.duration);
    if (isOwn) {
      pass('close', Math.max(last, ended));
    } else {
      pass('request', startedAt);
      if (entry.status !== 0 || (entry.error ?? refused) !== undefined) {
        // When a WebSocket was opened is not told: before its first message.
        pass('response', entry.status === 101 ? startedAt : ended);
      }
    }
    this.entries.push({
      span,
      connection,
      ...(refused !== undefined && { refused }),
    });
  }

  /** HTTP and Bayeux of one server are one connection; a WebSocket of Platform SDK JSON is one by itself. */
  private connection({ dialect, server, origin }: Candidate): number {
    const known = dialect === 'workspace-v3' ? this.byOrigin.get(origin) : undefined;
    if (known !== undefined) {
      return known;
    }
    const index = this.connections.length;
    this.connections.push({ dialect, server });
    if (dialect === 'workspace-v3') {
      this.byOrigin.set(origin, index);
    }
    return index;
  }
}

/** Seconds (Chrome) or milliseconds (Playwright) since 1970: whichever lies nearer to the start of the entry. */
export function epochMs(time: number, startedAt: number): number {
  // Seconds as a fraction hold microseconds, not more.
  const seconds = Math.round(time * 1_000_000) / 1000;
  return Math.abs(seconds - startedAt) <= Math.abs(time - startedAt) ? seconds : time;
}

/** Sums of fractions, to the microsecond, which is all that files tell. */
function micros(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
