/**
 * What a person does with the selected rows: bookmarks, notes, copies, pictures, the tree. The keys, the menu of a
 * row and the commands of the editor all come here. Others add their entries to the menu by {@link RowActions.offer}.
 */
import { assertNever } from '../../core/base/assert';
import type {
  AnnotationChange,
  CopyFormat,
  ExportScope,
  RowCommand,
} from '../../bridge/rowActions';
import type { FoundMessage, TraceViewMethods } from '../../bridge/traceView';
import type { LadderRow, MessageRow } from '../../core/ladder/rows';
import { ContextMenu, type MenuEntry, type MenuGroup, type MenuPlace } from '../base/contextMenu';
import { rowChordOf, rowKeyOf } from '../keys/keyMap';
import { chordWords } from '../keys/keyWords';
import { rowAt } from '../ladder/ladderInput';
import type { LadderView } from '../ladder/ladderView';
import { NoteEditor } from './noteEditor';
import { NoteOf } from './noteOf';

export interface RowActionsOptions {
  readonly host: Pick<TraceViewMethods, 'annotate' | 'nextBookmark' | 'actOnRows' | 'rowOfMessage'>;
  readonly ladder: LadderView;
  readonly showFound: (found: FoundMessage) => void;
  /** Reads words out. */
  readonly say: (text: string) => void;
  readonly fail: (what: string, error: unknown) => void;
}

/** Entries for the row that the menu is opened on. */
export type MenuSource = (row: LadderRow) => MenuGroup;

const LABELS: Readonly<Record<RowCommand, string>> = {
  toggleBookmark: 'Bookmark',
  editNote: 'Add Note…',
  nextBookmark: 'Next Bookmark',
  previousBookmark: 'Previous Bookmark',
  showBookmarks: 'Show Bookmarks…',
  undoAnnotation: 'Undo Bookmark or Note',
  copyAsJson: 'Copy as JSON',
  copyAsMarkdown: 'Copy as Markdown',
  copyAsRow: 'Copy as Row',
  exportSelection: 'Export Selection…',
  exportPhase: 'Export Phase…',
  exportShown: 'Export All Shown…',
  revealInTree: 'Reveal in Workbins',
};

export class RowActions {
  private readonly menu = new ContextMenu('Row');
  /** Stands in the details. */
  readonly noteOf = new NoteOf((row) => this.editNote(row));
  private readonly notes: NoteEditor;
  private readonly sources: MenuSource[] = [];

  constructor(private readonly options: RowActionsOptions) {
    const { ladder } = options;
    this.notes = new NoteEditor(() => ladder.focus());
    ladder.element.addEventListener('contextmenu', (event) => this.onMenu(event));
    // Before the ladder's own keys: copying several rows is not copying one.
    ladder.element.addEventListener('keydown', (event) => this.onKey(event), true);
  }

  /** What stands over the page while it is needed. */
  get elements(): readonly HTMLElement[] {
    return [this.menu.element, this.notes.element];
  }

  /** Adds entries of another part of the view to the menu. */
  offer(source: MenuSource): void {
    this.sources.push(source);
  }

  perform(command: RowCommand): void {
    const { ladder } = this.options;
    const row = ladder.selectedRowContent;
    const message = row?.kind === 'message' ? row : undefined;
    switch (command) {
      case 'toggleBookmark':
        this.withMessage(message, (it) => this.toggle(it));
        break;
      case 'editNote':
        this.withMessage(message, (it) => this.editNote(it));
        break;
      case 'nextBookmark':
        this.run('The bookmark could not be shown', () => this.goOn(message, 1));
        break;
      case 'previousBookmark':
        this.run('The bookmark could not be shown', () => this.goOn(message, -1));
        break;
      case 'showBookmarks':
        this.ask('The bookmarks could not be listed', { kind: 'bookmarks' });
        break;
      case 'undoAnnotation':
        this.run('The change could not be taken back', () => this.undo());
        break;
      case 'copyAsJson':
        this.copy('json');
        break;
      case 'copyAsMarkdown':
        this.copy('markdown');
        break;
      case 'copyAsRow':
        this.copy('row');
        break;
      case 'exportSelection':
        this.exportSpan();
        break;
      case 'exportPhase':
        this.exportPhase(row);
        break;
      case 'exportShown':
        this.export({ kind: 'shown' });
        break;
      case 'revealInTree':
        this.withMessage(message, (it) =>
          this.ask('The workbin could not be shown', { kind: 'revealInTree', message: it.message }),
        );
        break;
      default:
        assertNever(command);
    }
  }

  /** Opens the sheet for the note of a message that is on the screen. */
  editNote(row: MessageRow): void {
    const { ladder } = this.options;
    this.notes.open({
      subject: `Note on ${row.name === '' ? 'message' : row.name} (#${row.seq})`,
      note: row.note ?? '',
      beside: ladder.selectedRect,
      save: (text) => {
        if (text !== (row.note ?? '')) {
          const said = text === '' ? 'Note deleted' : 'Note saved';
          this.change({ kind: 'note', message: row.message, text }, said);
        }
      },
    });
  }

  private toggle({ message, bookmarked }: MessageRow): void {
    const on = bookmarked !== true;
    this.change({ kind: 'bookmark', message, on }, on ? 'Bookmarked' : 'Bookmark removed');
  }

  private change(change: AnnotationChange, said: string): void {
    this.run('It could not be kept', async () => {
      await this.options.host.annotate(change);
      this.options.say(said);
    });
  }

  private async undo(): Promise<void> {
    const { host, say, showFound } = this.options;
    const message = await host.annotate({ kind: 'undo' });
    if (message === undefined) {
      say('Nothing to undo');
      return;
    }
    say('Undone');
    showFound({ message, row: await host.rowOfMessage(message), position: 0 });
  }

  private async goOn(from: MessageRow | undefined, step: 1 | -1): Promise<void> {
    const { host, say, showFound } = this.options;
    const found = await host.nextBookmark(from?.message, step);
    if (found === undefined) {
      say('No bookmarks. B sets one on the selected message.');
    } else {
      say(`Bookmark ${found.position + 1}`);
      showFound(found);
    }
  }

  private copy(format: CopyFormat): void {
    const { span } = this.options.ladder;
    if (span === undefined) {
      this.options.say('Select a message first.');
    } else {
      this.ask('Nothing was copied', { kind: 'copy', span, format });
    }
  }

  private exportSpan(): void {
    const { span } = this.options.ladder;
    if (span === undefined) {
      this.options.say('Select rows first: Shift with a click or an arrow key selects several.');
    } else {
      this.export({ kind: 'rows', span });
    }
  }

  private exportPhase(row: LadderRow | undefined): void {
    const phase = phaseOf(row);
    if (phase === undefined) {
      this.options.say('Select a message that is part of a phase first.');
    } else {
      this.export({ kind: 'phase', phase });
    }
  }

  private export(scope: ExportScope): void {
    this.ask('Nothing was exported', { kind: 'export', scope });
  }

  private ask(failure: string, request: Parameters<TraceViewMethods['actOnRows']>[0]): void {
    const { host, say } = this.options;
    this.run(failure, async () => say(await host.actOnRows(request)));
  }

  private withMessage(message: MessageRow | undefined, act: (message: MessageRow) => void): void {
    if (message === undefined) {
      this.options.say('Select a message first.');
    } else {
      act(message);
    }
  }

  private run(failure: string, work: () => Promise<void>): void {
    work().catch((error: unknown) => this.options.fail(failure, error));
  }

  private onKey(event: KeyboardEvent): void {
    const { ladder } = this.options;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const { left = 0, bottom = 0 } = ladder.selectedRect ?? {};
      this.openMenu({ x: left + 40, y: bottom });
      stop(event);
      return;
    }
    const command = rowKeyOf(event) ?? (copiesSeveral(event, ladder) ? 'copyAsRow' : undefined);
    if (command !== undefined) {
      stop(event);
      this.perform(command);
    }
  }

  private onMenu(event: MouseEvent): void {
    const { ladder } = this.options;
    const index = rowAt(event);
    event.preventDefault();
    if (index < 0) {
      return;
    }
    const { span } = ladder;
    if (span === undefined || index < span.first || index > span.last) {
      ladder.select(index);
    }
    this.openMenu({ x: event.clientX, y: event.clientY });
  }

  private openMenu(place: MenuPlace): void {
    const { ladder } = this.options;
    const row = ladder.selectedRowContent;
    if (row !== undefined) {
      const others = this.sources.flatMap((source) => {
        const group = source(row);
        return group.length === 0 ? [] : [group];
      });
      const [marks = [], ...rest] = this.groups(row);
      this.menu.open([marks, ...others, ...rest], place, () => ladder.focus());
    }
  }

  private groups(row: LadderRow): readonly MenuGroup[] {
    const isMessage = row.kind === 'message';
    const marked = isMessage && row.bookmarked === true;
    const noted = isMessage && row.note !== undefined;
    const named = isMessage && row.workbin !== undefined;
    return [
      [
        this.entry('toggleBookmark', isMessage, marked ? 'Remove Bookmark' : undefined),
        this.entry('editNote', isMessage, noted ? 'Edit Note…' : undefined),
        this.entry('showBookmarks'),
      ],
      [this.entry('copyAsJson'), this.entry('copyAsMarkdown'), this.entry('copyAsRow')],
      [
        this.entry('exportSelection'),
        this.entry('exportPhase', phaseOf(row) !== undefined),
        this.entry('exportShown'),
      ],
      [this.entry('revealInTree', named)],
    ];
  }

  private entry(command: RowCommand, enabled = true, label = LABELS[command]): MenuEntry {
    const keys = rowChordOf(command);
    return {
      label,
      enabled,
      run: () => this.perform(command),
      ...(keys === undefined ? {} : { keys: chordWords(keys) }),
    };
  }
}

function phaseOf(row: LadderRow | undefined): number | undefined {
  return row?.kind === 'message' || row?.kind === 'heading' ? row.phase : undefined;
}

/** Ctrl+C over several rows, with no text marked. */
function copiesSeveral(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  ladder: LadderView,
): boolean {
  const { span } = ladder;
  const marked = document.getSelection()?.isCollapsed === false;
  const copies = (ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'c';
  return copies && !marked && span !== undefined && span.last > span.first;
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
