import type { Tracer } from '../phases/tracer';
import type { MessageColumns } from '../trace/messageColumns';
import type { Marks } from './marks';
import type { QuietMessages } from './quietMessages';
import type { Stretches } from './stretches';

/** What a layout is made from: the same for all layouts of a trace. */
export interface LadderSources {
  readonly messages: MessageColumns;
  readonly tracer: Tracer;
  readonly marks: Marks;
  readonly quiet: QuietMessages;
}

/** Ascending numbers of messages. */
export interface MessageList {
  readonly length: number;
  at(index: number): number | undefined;
}

/** Which message stands where. Slots number the messages that are shown, in the order of the layout. */
export interface Layout {
  readonly stretches: Stretches;
  /** Raised whenever a row that was there before shows something else. */
  readonly generation: number;
  messageAt(slot: number): number;
  /** Slot of a message, or of the nearest one that is shown; -1 where none is. */
  slotOf(message: number): number;
  /** Row of the first message at a time (ms) or after it; the last row where none is. */
  rowAtTime(time: number): number;
}

/** What a limited layout shows besides the messages of its list. */
export interface Shown {
  /** True where quiet messages are told in one line. */
  readonly foldsQuiet: boolean;
  /** Which marks are shown: gaps are not optional. */
  readonly marks: 'all' | 'gaps';
  /** Milliseconds within which marks are shown; absent: all. */
  readonly range?: { readonly from: number; readonly to: number };
}

/** True for the marks that a limited layout shows. */
export function isShown(marks: Marks, mark: number, shown: Shown): boolean {
  const { range } = shown;
  const time = marks.time(mark);
  return (
    (shown.marks === 'all' || marks.kind(mark) === 'gap') &&
    (range === undefined || (time >= range.from && time < range.to))
  );
}
