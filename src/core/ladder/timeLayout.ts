/**
 * Messages in the order of the recording: all of them, or those of a list. Only ever grows; a stretch begins
 * where a phase begins or goes on among what is shown, and where a mark stands.
 */
import { SnapshotError, type Restoring, type Snapshot } from '../base/snapshot';
import { lowerBound } from './pages';
import { PhaseSet } from '../phases/phaseSet';
import { STEP, type Work } from '../base/work';
import { isShown, type LadderSources, type Layout, type MessageList, type Shown } from './layout';
import { CONTINUED, FOLD, HEADING, LEADLESS, MARK, OUTSIDE, Stretches } from './stretches';

const NOTHING_YET = -2;

export class TimeLayout implements Layout {
  readonly stretches = new Stretches();
  private changes = 0;
  /** Phase under whose heading the last message stands; -1: outside of any. */
  private current = NOTHING_YET;
  private readonly begun = new PhaseSet();
  private nextMark = 0;

  /** Without `list` it holds every message. */
  constructor(
    private readonly sources: LadderSources,
    private readonly list?: MessageList,
    private readonly shown: Shown = { foldsQuiet: true, marks: 'all' },
  ) {}

  get generation(): number {
    return this.changes;
  }

  messageAt(slot: number): number {
    return this.list === undefined ? slot : (this.list.at(slot) ?? 0);
  }

  slotOf(message: number): number {
    const { slots } = this.stretches;
    if (this.list === undefined) {
      return Math.min(message, slots - 1);
    }
    const after = lowerBound(slots, (slot) => this.messageAt(slot) >= message);
    const before = after - 1;
    const isBeforeNearer =
      after === slots ||
      (before >= 0 && message - this.messageAt(before) < this.messageAt(after) - message);
    return isBeforeNearer ? before : after;
  }

  rowAtTime(time: number): number {
    const { slots, rows } = this.stretches;
    const { messages } = this.sources;
    const slot = lowerBound(slots, (at) => messages.time(this.messageAt(at)) >= time);
    return slot === slots ? Math.max(0, rows - 1) : this.stretches.rowOfSlot(slot);
  }

  /** Puts all of it into a snapshot, without copying. */
  save(snapshot: Snapshot): void {
    this.stretches.save(snapshot);
    snapshot.putValue('currentPhase', this.current);
  }

  /** Checks what {@link save} has put there. Throws `SnapshotError`. */
  restore(snapshot: Snapshot): Restoring {
    const restore = this.stretches.restore(snapshot);
    const current = snapshot.value('currentPhase');
    if (typeof current !== 'number' || current >= snapshot.count('phases')) {
      throw new SnapshotError('the ladder is in no phase');
    }
    return () => {
      restore();
      this.current = current;
      const { stretches } = this;
      for (let stretch = 0; stretch < stretches.count; stretch++) {
        const isKnown = stretches.subject(stretch) < this.sources.tracer.phases.count;
        if (isKnown && stretches.kind(stretch) === HEADING) {
          this.begun.add(stretches.subject(stretch));
        }
      }
    };
  }

  /** Adds a message that has been traced; with a list, the list's next one. */
  addMessage(message: number): void {
    const { stretches } = this;
    const last = stretches.kind(stretches.count - 1);
    if (this.shown.foldsQuiet && this.sources.quiet.has(message)) {
      this.fold(message);
      return;
    }
    const phase = this.sources.tracer.phaseOf(message);
    if (phase !== this.current) {
      if (phase >= 0) {
        stretches.begin(this.begun.add(phase) ? HEADING : CONTINUED, phase);
      } else if (this.current >= 0) {
        stretches.begin(OUTSIDE, message);
      } else if (stretches.count === 0 || last === FOLD) {
        stretches.begin(LEADLESS, message);
      }
      this.current = phase;
    } else if (last === FOLD) {
      stretches.begin(LEADLESS, message);
    }
    stretches.add(1);
  }

  /** Adds a mark after what is there. */
  addMark(mark: number): void {
    this.stretches.begin(MARK, mark);
    this.current = NOTHING_YET;
  }

  /** Adds what a list holds by now, and the marks before message `end`, which all of the list stands before. */
  *grow(end: number): Work<void> {
    let steps = 0;
    while (this.stretches.slots < (this.list?.length ?? end)) {
      const message = this.messageAt(this.stretches.slots);
      yield* this.marksBefore(message);
      this.addMessage(message);
      if (++steps % STEP === 0) {
        yield;
      }
    }
    yield* this.marksBefore(end);
  }

  private *marksBefore(message: number): Work<void> {
    const { marks } = this.sources;
    let steps = 0;
    while (this.nextMark < marks.count && marks.before(this.nextMark) <= message) {
      if (isShown(marks, this.nextMark, this.shown)) {
        this.addMark(this.nextMark);
      }
      this.nextMark++;
      if (++steps % STEP === 0) {
        yield;
      }
    }
  }

  /** A quiet message joins the fold before it; it neither ends nor continues a phase. */
  private fold(message: number): void {
    const { stretches } = this;
    if (stretches.kind(stretches.count - 1) === FOLD) {
      this.changes++;
    } else {
      stretches.begin(FOLD, message);
    }
    stretches.add(1);
  }
}
