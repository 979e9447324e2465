/**
 * Messages phase after phase, in the order in which the phases began; at the end, in the order of time, what
 * belongs to none, with the marks. Made as a whole by counting sort: a growing trace is laid out again.
 */
import { lowerBound } from './pages';
import { STEP, type Work } from '../base/work';
import { isShown, type LadderSources, type Layout, type MessageList, type Shown } from './layout';
import { FOLD, HEADING, LEADLESS, MARK, OUTSIDE, Stretches } from './stretches';

export class PhaseLayout implements Layout {
  readonly stretches = new Stretches();
  readonly generation = 0;
  private order = new Uint32Array(0);
  /** Stretches that are phases; those outside come behind. */
  private phaseStretches = 0;
  private firstOutside = 0;

  private constructor(
    private readonly sources: LadderSources,
    private readonly shown: Shown,
  ) {}

  /** Lays out the messages of a list, or all before `end` without one, and the marks before `end`. */
  static *make(
    sources: LadderSources,
    end: number,
    shown: Shown,
    list?: MessageList,
  ): Work<PhaseLayout> {
    const layout = new PhaseLayout(sources, shown);
    yield* layout.sort(list ?? { length: end, at: (index) => index });
    yield* layout.addOutside(end);
    return layout;
  }

  messageAt(slot: number): number {
    return this.order[slot] ?? 0;
  }

  slotOf(message: number): number {
    const { tracer } = this.sources;
    const phase = tracer.phaseOf(message);
    if (phase >= 0) {
      const stretch = this.stretchOf(phase);
      const inPhase =
        stretch < this.phaseStretches && this.stretches.subject(stretch) === phase
          ? this.nearest(
              message,
              this.stretches.firstSlot(stretch),
              this.stretches.firstSlot(stretch + 1),
            )
          : -1;
      // An answer may have found its phase after the layout was made.
      return this.messageAt(inPhase) === message && inPhase >= 0
        ? inPhase
        : (this.exact(message) ??
            (inPhase >= 0 ? inPhase : Math.min(this.stretches.firstSlot(stretch), this.last)));
    }
    const outside = this.nearest(message, this.firstOutside, this.order.length);
    return outside >= 0 ? outside : this.last;
  }

  /** Where a phase begins at a time (ms) or after it; what lies outside is not looked at. */
  rowAtTime(time: number): number {
    const { messages, tracer } = this.sources;
    const { stretches } = this;
    const stretch = lowerBound(
      this.phaseStretches,
      (at) => messages.time(tracer.phases.requestRow(stretches.subject(at))) >= time,
    );
    return Math.max(0, Math.min(stretches.firstRow(stretch), stretches.rows - 1));
  }

  private get last(): number {
    return this.order.length - 1;
  }

  /** The first stretch of a phase or of one that began later. */
  private stretchOf(phase: number): number {
    return lowerBound(this.phaseStretches, (at) => this.stretches.subject(at) >= phase);
  }

  /** Slot among those from `from` to `end`, whose messages ascend, that is nearest to a message; -1: none. */
  private nearest(message: number, from: number, end: number): number {
    const after = lowerBound(end, (slot) => this.messageAt(slot) >= message, from);
    if (after === end) {
      return end > from ? end - 1 : -1;
    }
    const isBeforeNearer =
      after > from && message - this.messageAt(after - 1) < this.messageAt(after) - message;
    return isBeforeNearer ? after - 1 : after;
  }

  private exact(message: number): number | undefined {
    const slot = this.nearest(message, this.firstOutside, this.order.length);
    return slot >= 0 && this.messageAt(slot) === message ? slot : undefined;
  }

  /** Counts the messages of each phase, then puts each into its phase's place. */
  private *sort(list: MessageList): Work<void> {
    const { tracer } = this.sources;
    const phases = tracer.phases.count;
    const length = list.length;
    // Bucket 0 is the first phase, the last one what lies outside.
    const bucketOf = new Uint32Array(length);
    const places = new Uint32Array(phases + 2);
    for (let index = 0; index < length; index++) {
      const phase = tracer.phaseOf(list.at(index) ?? 0);
      // A phase that began meanwhile has no bucket yet.
      const bucket = phase < 0 || phase >= phases ? phases : phase;
      bucketOf[index] = bucket;
      places[bucket + 1] = (places[bucket + 1] ?? 0) + 1;
      if (index % STEP === 0) {
        yield;
      }
    }
    for (let bucket = 0; bucket <= phases; bucket++) {
      const size = places[bucket + 1] ?? 0;
      if (size > 0 && bucket < phases) {
        this.stretches.begin(HEADING, bucket);
        this.stretches.add(size);
      }
      places[bucket + 1] = (places[bucket] ?? 0) + size;
      if (bucket % STEP === 0) {
        yield;
      }
    }
    this.phaseStretches = this.stretches.count;
    this.firstOutside = places[phases] ?? 0;
    this.order = new Uint32Array(length);
    for (let index = 0; index < length; index++) {
      const bucket = bucketOf[index] ?? 0;
      const place = places[bucket] ?? 0;
      this.order[place] = list.at(index) ?? 0;
      places[bucket] = place + 1;
      if (index % STEP === 0) {
        yield;
      }
    }
  }

  private *addOutside(end: number): Work<void> {
    const { marks, quiet } = this.sources;
    const { stretches, shown } = this;
    let mark = 0;
    let steps = 0;
    let begun = false;
    for (let slot = this.firstOutside; slot <= this.order.length; slot++) {
      const message = slot < this.order.length ? this.messageAt(slot) : end;
      for (; mark < marks.count && marks.before(mark) <= message; mark++) {
        if (isShown(marks, mark, shown)) {
          stretches.begin(MARK, mark);
        }
        if (++steps % STEP === 0) {
          yield;
        }
      }
      if (slot === this.order.length) {
        return;
      }
      if (!begun) {
        begun = true;
        stretches.begin(OUTSIDE, message);
      }
      const last = stretches.kind(stretches.count - 1);
      if (shown.foldsQuiet && quiet.has(message)) {
        if (last !== FOLD) {
          stretches.begin(FOLD, message);
        }
      } else if (last === FOLD) {
        stretches.begin(LEADLESS, message);
      }
      stretches.add(1);
      if (++steps % STEP === 0) {
        yield;
      }
    }
  }
}
