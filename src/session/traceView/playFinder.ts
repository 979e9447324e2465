/**
 * Finds where playback goes: through the messages that a view shows, in the order of the recording, however the view
 * groups them. Nothing is prepared for it: places in time are found by binary search, failures by looking at columns.
 */
import { STEP, type Work } from '../../core/base/work';
import type { LadderView } from '../../core/ladder/ladderView';
import type { MessageList } from '../../core/ladder/layout';
import { lowerBound } from '../../core/ladder/pages';
import type { Trace } from '../trace';
import { countBelow } from './rowList';

/** What a step of playback leads to. */
export type PlayGoal = 'message' | 'phase' | 'failure';

/** A message that playback stands at; see `PlayStop` in the contract with the view. */
export interface PlayPlace {
  readonly message: number;
  readonly row: number;
  /** Milliseconds of the recording. */
  readonly time: number;
  /** When the next message comes; absent at the last one. */
  readonly nextTime?: number;
}

/** `list` holds the messages that the view shows; undefined: all. */
export class PlayFinder {
  private readonly list: MessageList;

  constructor(
    private readonly trace: Trace,
    private readonly view: LadderView,
    list: MessageList | undefined,
  ) {
    const length = trace.messages.count;
    this.list = list ?? { length, at: (index) => (index < length ? index : undefined) };
  }

  /** The last message at a time or before it, or the first one; undefined without messages. */
  at(time: number): PlayPlace | undefined {
    const { messages } = this.trace;
    const { list } = this;
    const after = lowerBound(list.length, (index) => messages.time(list.at(index) ?? 0) > time);
    return this.place(Math.max(0, after - 1));
  }

  /**
   * The next (1) or previous (-1) place from a message on; from none, the first or the last of all. Undefined where
   * there is none.
   */
  *step(from: number | undefined, goal: PlayGoal, step: 1 | -1): Work<PlayPlace | undefined> {
    switch (goal) {
      case 'message':
        return yield* this.seek(from, step, this.leavesRowOf(from));
      case 'phase':
        return this.phase(from, step);
      case 'failure':
        return yield* this.seek(from, step, (message) => isFailure(this.trace, message));
    }
  }

  /** A closed fold is one row, and one step. */
  private leavesRowOf(from: number | undefined): (message: number) => boolean {
    const isShown = from !== undefined && this.view.shows(from);
    const row = isShown ? this.view.rowOf(from) : undefined;
    return row === undefined ? () => true : (message) => this.view.rowOf(message) !== row;
  }

  private *seek(
    from: number | undefined,
    step: 1 | -1,
    fits: (message: number) => boolean,
  ): Work<PlayPlace | undefined> {
    const { list } = this;
    const end = step > 0 ? list.length : -1;
    let looked = 0;
    for (let index = this.beside(from, step); index !== end; index += step) {
      if (fits(list.at(index) ?? 0)) {
        return this.place(index);
      }
      if (++looked % STEP === 0) {
        yield;
      }
    }
    return undefined;
  }

  /** Place in the list of the message after or before another, which need not be in it; may be just outside. */
  private beside(from: number | undefined, step: 1 | -1): number {
    const { list } = this;
    if (from === undefined) {
      return step > 0 ? 0 : list.length - 1;
    }
    return step > 0 ? countBelow(list, from + 1) : countBelow(list, from) - 1;
  }

  /** Where the ladder has the next heading. */
  private phase(from: number | undefined, step: 1 | -1): PlayPlace | undefined {
    const { view, list } = this;
    const edge = step > 0 ? -1 : view.count;
    for (
      let row = view.findHeading(from === undefined ? edge : (view.rowOf(from) ?? edge), step);
      row !== undefined;
      row = view.findHeading(row, step)
    ) {
      const message = view.firstBelow(row);
      // On the way back the heading of the message itself comes first.
      if (message !== undefined && message !== from) {
        const index = countBelow(list, message);
        return list.at(index) === message ? this.place(index) : undefined;
      }
    }
    return undefined;
  }

  private place(index: number): PlayPlace | undefined {
    const { messages } = this.trace;
    const message = this.list.at(index);
    const row = message === undefined ? undefined : this.view.rowOf(message);
    if (message === undefined || row === undefined) {
      return undefined;
    }
    const next = this.list.at(index + 1);
    return {
      message,
      row,
      time: messages.time(message),
      ...(next === undefined ? {} : { nextTime: messages.time(next) }),
    };
  }
}

/**
 * True for the message that shows a failure: one that tells of an error, the answer that failed its phase, and the
 * request of a phase that was left without one.
 */
export function isFailure({ messages, tracer }: Trace, message: number): boolean {
  if (messages.errorCode(message) !== undefined) {
    return true;
  }
  const phase = tracer.phaseOf(message);
  if (phase < 0) {
    return false;
  }
  const { phases } = tracer;
  switch (phases.outcome(phase)) {
    case 'failed': {
      const answer = phases.answerRow(phase);
      return message === (answer >= 0 ? answer : phases.requestRow(phase));
    }
    case 'unanswered':
    case 'interrupted':
      return message === phases.requestRow(phase);
    case 'open':
    case 'completed':
      return false;
  }
}
