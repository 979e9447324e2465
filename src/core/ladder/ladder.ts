/**
 * The whole ladder in the order of the recording, shared by all who look at a trace: which row shows what. Rows
 * are only added; their contents are made when somebody looks. What limited and grouped layouts are made
 * from is here too.
 */
import type { Restoring, Snapshot } from '../base/snapshot';
import type { Tracer } from '../phases/tracer';
import type { MessageColumns } from '../trace/messageColumns';
import type { OtherRecord } from '../trace/records';
import type { LadderSources } from './layout';
import { LadderView } from './ladderView';
import type { Lifelines } from './lifelines';
import { Marks } from './marks';
import { QuietMessages } from './quietMessages';
import { RowContents } from './rowContents';
import type { LadderRow } from './rows';
import { TimeLayout } from './timeLayout';

export class Ladder {
  readonly sources: LadderSources;
  readonly contents: RowContents;
  readonly layout: TimeLayout;
  /** The ladder as it is with nothing opened or closed. */
  private readonly plain: LadderView;

  constructor(
    messages: MessageColumns,
    tracer: Tracer,
    readonly lifelines: Lifelines,
  ) {
    this.sources = { messages, tracer, marks: new Marks(), quiet: new QuietMessages(messages) };
    this.contents = new RowContents(this.sources, lifelines);
    this.layout = new TimeLayout(this.sources);
    this.plain = new LadderView(this.contents, this.layout);
  }

  get count(): number {
    return this.plain.count;
  }

  /** Raised by one whenever a row that was there before shows something else. */
  get generation(): number {
    return this.layout.generation;
  }

  /** Adds a message that has been traced, under its heading. Messages come in their order, none left out. */
  addMessage(message: number): void {
    this.layout.addMessage(message);
  }

  /** Adds the mark of a record that came after all messages so far. */
  addRecord(record: OtherRecord): void {
    this.layout.addMark(this.sources.marks.add(record, this.layout.stretches.slots));
  }

  /** Puts the layout into a snapshot, without copying; marks are added again by {@link restoreMark}. */
  save(snapshot: Snapshot): void {
    this.layout.save(snapshot);
  }

  /** Checks what {@link save} has put there. Throws `SnapshotError`. */
  restore(snapshot: Snapshot): Restoring {
    return this.layout.restore(snapshot);
  }

  /** The mark of a record that came after `before` messages, and stands in a restored layout. */
  restoreMark(record: OtherRecord, before: number): void {
    this.sources.marks.add(record, before);
  }

  /** Row of a message, or of the fold that holds it. */
  rowOf(message: number): number {
    return this.plain.rowOf(message) ?? 0;
  }

  /** Rows from `first` on, as many as there are. */
  rows(first: number, count: number): readonly LadderRow[] {
    return this.plain.rows(first, count);
  }

  /** A view of its own, in which folds open and phases close. */
  view(): LadderView {
    return new LadderView(this.contents, this.layout);
  }
}
