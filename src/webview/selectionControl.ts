/**
 * What the reader has selected, and what follows from it: the details beside the ladder, the state of the Workbins
 * tree, and where a message stands after rows have moved. Everything that points at a message or a row comes here.
 */
import type { Timer } from '../bridge/rpcChannel';
import type { DetailsMethods } from '../bridge/detailsMethods';
import type { FoundMessage, PlayStop, TraceViewMethods, TraceViewState } from '../bridge/traceView';
import type { LadderRow } from '../core/ladder/rows';
import type { MenuGroup } from './base/contextMenu';
import { Throttled } from './base/throttled';
import { Cursor } from './cursor';
import { CompareControl } from './details/compareControl';
import { DetailsMemory } from './details/detailsMemory';
import { DetailsPane } from './details/detailsPane';
import { HeadingJump } from './ladder/headingJump';
import type { LadderView, SelectedRow } from './ladder/ladderView';
import { messageIdentity } from './ladder/rowIdentity';

/** Milliseconds between two messages whose details are shown. */
const DETAILS_MS = 100;

export interface SelectionOptions {
  readonly host: Pick<
    TraceViewMethods,
    | 'getMessage'
    | 'openBody'
    | 'copyMessage'
    | 'setCursor'
    | 'rowOfMessage'
    | 'findHeading'
    | 'toggleFold'
    | keyof DetailsMethods
  >;
  /** What an earlier page left. */
  readonly restored: TraceViewState | undefined;
  readonly timer: Timer;
  readonly ladder: LadderView;
  /** Whoever looks at something does not follow what comes. */
  readonly leaveEnd: () => void;
  /** What is selected now is so by a person, not by playback or by what comes. */
  readonly isChosen: () => boolean;
  /** Another message is selected, or none: worth keeping. */
  readonly onDidChange: () => void;
  /** Says something to those who do not see it. */
  readonly say: (text: string) => void;
  readonly fail: (what: string, error: unknown) => void;
}

export class SelectionControl {
  readonly details: DetailsPane;
  private readonly memory: DetailsMemory;
  private readonly compare: CompareControl;
  private readonly cursor: Cursor;
  private readonly headings: HeadingJump;
  /** Whoever holds an arrow key down, or plays, looks at rows and not at details. */
  private readonly shownDetails: Throttled<LadderRow>;
  private index: number | undefined;
  private asked = false;
  private selected: number | undefined;

  constructor(private readonly options: SelectionOptions) {
    const { host, ladder, fail } = options;
    this.cursor = new Cursor(
      (message, chosen) => host.setCursor(message, chosen),
      options.timer,
      (error) => fail('The cursor could not be moved', error),
    );
    this.headings = new HeadingJump(host, ladder);
    this.memory = new DetailsMemory(options.restored, () => options.onDidChange());
    this.compare = new CompareControl(options);
    this.details = new DetailsPane(
      {
        getMessage: (message) => host.getMessage(message),
        getPhase: (phase) => host.getPhase(phase),
        getFrameText: (message) => host.getFrameText(message),
        getFrameBytes: (...part) => host.getFrameBytes(...part),
        openBody: (message) => this.run(host.openBody(message), 'The body could not be opened'),
        copyMessage: (message) => this.copy(message),
        copyAttribute: (...place) => this.copied(host.copyAttribute(...place), 'Value'),
        copyPath: (path) => this.copied(host.copyPath(path), 'Path'),
        copyFrameBytes: (...range) => this.copied(host.copyFrameBytes(...range), 'Bytes'),
        compareEntries: (message) => this.compare.entries(message),
        goTo: (message) => this.reveal(message),
        leave: () => ladder.focus(),
      },
      this.memory,
    );
    this.shownDetails = new Throttled(options.timer, DETAILS_MS, (row) => this.details.show(row));
    ladder.onDidSelect((row) => this.select(row));
    ladder.onDidStray((message) => this.findAgain(message));
  }

  /** The selected message; undefined where none is, or the selected row is none. */
  get message(): number | undefined {
    return this.selected;
  }

  /** What the reader has chosen in the details: worth keeping. */
  get state(): Pick<TraceViewState, 'detailsTab' | 'frameForm'> {
    return this.memory.state;
  }

  selectForCompare(): void {
    if (this.selected !== undefined) {
      this.compare.select(this.selected);
    }
  }

  /** What the menu of a row offers. */
  menuOf(row: LadderRow): MenuGroup {
    return row.kind === 'message' ? this.compare.offer(row.message) : [];
  }

  compareWithSelected(): void {
    if (this.selected !== undefined) {
      this.compare.compare(this.selected);
    }
  }

  /** Takes a message for selected that stands in no row yet. */
  expect(message: number | undefined): void {
    this.selected = message;
  }

  /** Has a message selected as an earlier page left it: at a row, or in none where the filter hides it. */
  restore(message: number | undefined, row: number | undefined): void {
    this.expect(message);
    if (message !== undefined) {
      this.details.showMessageOf(message);
    }
    if (message !== undefined && row !== undefined) {
      this.options.ladder.selectComing({ index: row, identity: messageIdentity(message) });
    }
  }

  /** Moves what the Workbins tree shows to the end. */
  toEnd(): void {
    this.cursor.move(undefined, false);
  }

  /** Shows a row that another part of the view points at. */
  goToRow(row: number): void {
    this.options.leaveEnd();
    this.options.ladder.reveal(row, 'middle');
  }

  /** Shows a message that playback has come to: by its row, or by the closed line that stands for it. */
  playTo({ message, row }: PlayStop): void {
    this.options.leaveEnd();
    this.options.ladder.select(row);
    this.cursor.move(message, this.options.isChosen());
  }

  showFound({ message, row }: FoundMessage): void {
    if (row === undefined) {
      // The filter hides it: its details are shown all the same.
      this.selected = message;
      this.details.showMessageOf(message);
      this.cursor.move(message, this.options.isChosen());
      return;
    }
    this.goToRow(row);
    this.selected = message;
    this.options.ladder.showMessage(row, message);
  }

  /** Rows have moved: the selected message, or the nearest that is shown, stands at this one now. */
  showAgain(row: number): void {
    if (this.selected !== undefined) {
      this.options.ladder.showMessage(row, this.selected);
    }
  }

  /** Selects a message wherever it stands, and opens what hides it. */
  reveal(message: number): void {
    const { host, ladder, fail } = this.options;
    host.rowOfMessage(message).then(
      (row) => ladder.select(row, 'middle'),
      (error: unknown) => fail('The message could not be shown', error),
    );
  }

  copy(message: number | undefined = this.selected): void {
    if (message !== undefined) {
      const { host, say } = this.options;
      const copied = host.copyMessage(message).then(() => say('Message copied'));
      this.run(copied, 'The message could not be copied');
    }
  }

  toggleFold(row: number): void {
    // Who opens a fold looks at it, not at the end.
    this.options.leaveEnd();
    this.run(this.options.host.toggleFold(row), 'The fold could not be opened');
  }

  goToHeading(step: 1 | -1): void {
    const told = this.headings.jump(step).then((text) => this.options.say(text ?? ''));
    this.run(told, 'The next phase could not be found');
  }

  private select({ index, row }: SelectedRow): void {
    const { ladder, leaveEnd, onDidChange } = this.options;
    if (index !== this.index) {
      this.index = index;
      if (index < ladder.rowCount - 1) {
        leaveEnd();
      }
    }
    if (row === undefined) {
      return;
    }
    const message = row.kind === 'message' ? row.message : undefined;
    if (message !== undefined) {
      this.cursor.move(message, this.options.isChosen());
      this.knowCompared();
    }
    this.selected = message;
    this.shownDetails.give(row);
    onDidChange();
  }

  /** Rows have moved, and the selected message with them. */
  private findAgain(message: number): void {
    const { host, ladder, fail } = this.options;
    host.rowOfMessage(message).then(
      (row) => {
        if (this.selected === message) {
          ladder.showMessage(row, message);
        }
      },
      (error: unknown) => fail('The selected message was lost', error),
    );
  }

  /** Once there is a message to compare. */
  private knowCompared(): void {
    if (!this.asked) {
      this.asked = true;
      this.compare.refresh();
    }
  }

  private copied(work: Promise<void>, what: string): void {
    this.run(
      work.then(() => this.options.say(`${what} copied`)),
      `${what} could not be copied`,
    );
  }

  private run(work: Promise<void>, failure: string): void {
    work.catch((error: unknown) => this.options.fail(failure, error));
  }
}
