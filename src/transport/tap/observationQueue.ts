/**
 * Stands between forwarding and recording. Forwarding only puts things in; they are taken out in turns of the
 * event loop that forwarding leaves free. While traffic is dense, recording takes a small share of the time
 * and the queue grows; the fuller it is, the larger the share. What finds no room is counted, not waited for.
 */
import type { Disposable } from '../../core/base/disposable';
import type { Clock } from '../../session/ports';
import type { Observation } from './observation';
import type { RecordedLink } from './recordedLink';

export interface QueueOptions {
  readonly clock: Clock;
  readonly limitBytes: number;
  /** Records one observation. Never throws and never rejects; a promise keeps the next one waiting. */
  readonly record: (observation: Observation) => Promise<void> | undefined;
}

/** What an observation takes besides the bytes that it holds. */
const OVERHEAD_BYTES = 512;
/** Without anything new for so long, traffic counts as quiet. */
const QUIET_MS = 10;
/** Length of one turn, in milliseconds: in quiet, in dense traffic, and with a queue that is full. */
const QUIET_TURN_MS = 4;
const DENSE_TURN_MS = 0.1;
const FULL_TURN_MS = 400;
/** How long dense traffic goes on alone between two turns. */
const PAUSE_MS = 10;
/** Below this share of its limit the queue may grow without hurry. */
const RELAXED = 0.5;

interface Item {
  readonly observation: Observation;
  readonly bytes: number;
}

export class ObservationQueue implements Disposable {
  private items: Item[] = [];
  private first = 0;
  private used = 0;
  private lastPush = Number.NEGATIVE_INFINITY;
  private waiting: Disposable | undefined;
  private recording = false;
  private disposed = false;
  /** The end of the queue where that says what was missed: more of the same only counts. */
  private overflow: { readonly link: RecordedLink; missed: number } | undefined;

  constructor(private readonly options: QueueOptions) {}

  /** Takes room for bytes that are kept; false when there is none. */
  reserve(bytes: number): boolean {
    if (this.used + bytes > this.options.limitBytes) {
      return false;
    }
    this.used += bytes;
    return true;
  }

  release(bytes: number): void {
    this.used -= bytes;
  }

  /** Adds an observation that keeps `bytes` not yet reserved ones; false when there is no room. */
  offer(observation: Observation, bytes: number): boolean {
    const all = bytes + OVERHEAD_BYTES;
    if (!this.reserve(all)) {
      return false;
    }
    this.add({ observation, bytes: all });
    return true;
  }

  /** Adds an observation of one frame, whose `reserved` bytes it takes over; without room it is counted as missed. */
  push(observation: Observation, reserved: number): void {
    this.release(reserved);
    if (!this.offer(observation, reserved)) {
      this.missed(observation.at, observation.link, 1);
    }
  }

  /** Adds what must be told even when there is no room: small, and rare. */
  pushAlways(observation: Observation): void {
    this.add({ observation, bytes: 0 });
  }

  /** Counts frames for which there was no room. */
  missed(at: number, link: RecordedLink, count: number): void {
    if (count === 0) {
      return;
    }
    if (this.overflow?.link === link) {
      this.overflow.missed += count;
      return;
    }
    const gap = { kind: 'gap' as const, at, link, reason: OVERFLOW_REASON, missed: count };
    this.pushAlways(gap);
    this.overflow = gap;
  }

  /** Records what waits, for at most `limitMs`; what is left then is thrown away and returned, in order. */
  async finish(limitMs: number): Promise<readonly Observation[]> {
    const { clock } = this.options;
    const end = clock.now() + limitMs;
    while ((this.recording || this.first < this.items.length) && clock.now() < end) {
      if (!this.recording) {
        this.takeTurn(Math.min(QUIET_TURN_MS, end - clock.now()));
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.dispose();
    return this.items.splice(this.first).map(({ observation }) => observation);
  }

  dispose(): void {
    this.disposed = true;
    this.waiting?.dispose();
  }

  private add(item: Item): void {
    this.overflow = undefined;
    this.items.push(item);
    this.lastPush = item.observation.at;
    this.wait();
  }

  private wait(): void {
    if (this.waiting === undefined && !this.disposed) {
      this.waiting = this.options.clock.after(PAUSE_MS, () => this.turn());
    }
  }

  private turn(): void {
    this.waiting = undefined;
    if (this.disposed || this.recording) {
      return;
    }
    const isQuiet = this.options.clock.now() - this.lastPush >= QUIET_MS;
    const hurry = (this.used / this.options.limitBytes - RELAXED) / (1 - RELAXED);
    const isWaiting = this.takeTurn(
      isQuiet ? QUIET_TURN_MS : DENSE_TURN_MS + Math.max(0, hurry) * (FULL_TURN_MS - DENSE_TURN_MS),
    );
    if (isWaiting || this.first === this.items.length) {
      return;
    }
    if (isQuiet || hurry > 0) {
      const next = setImmediate(() => this.turn());
      this.waiting = { dispose: () => clearImmediate(next) };
    } else {
      this.wait();
    }
  }

  /** Records for a while; true: one recording takes longer, and the next turn comes when it is done. */
  private takeTurn(lengthMs: number): boolean {
    const { clock, record } = this.options;
    const end = clock.now() + lengthMs;
    do {
      const item = this.next();
      if (item === undefined) {
        return false;
      }
      const recorded = record(item.observation);
      if (recorded !== undefined) {
        this.recording = true;
        void recorded.finally(() => {
          this.recording = false;
          this.release(item.bytes);
          this.turn();
        });
        return true;
      }
      this.release(item.bytes);
    } while (clock.now() < end);
    return false;
  }

  private next(): Item | undefined {
    const item = this.items[this.first];
    if (item === undefined) {
      return undefined;
    }
    this.first++;
    if (this.overflow !== undefined && this.first === this.items.length) {
      this.overflow = undefined;
    }
    if (this.first > 1024 && this.first * 2 > this.items.length) {
      this.items = this.items.slice(this.first);
      this.first = 0;
    }
    return item;
  }
}

export const OVERFLOW_REASON = 'The recorder could not keep up with the traffic';
