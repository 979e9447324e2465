/** Answers what one trace view asks for its rows: bookmarks, notes, copies, exports, the tree. */
import * as vscode from 'vscode';
import type {
  AnnotationChange,
  CopyFormat,
  ExportScope,
  RowsRequest,
} from '../../bridge/rowActions';
import { assertNever } from '../../core/base/assert';
import { NEVER_CANCELLED } from '../../core/base/cancellation';
import { refused } from '../../core/base/result';
import { pictureOf, type LadderPicture } from '../../core/export/picture';
import { rowLine } from '../../core/export/rowLine';
import type { LadderRow, MessageRow, RowSpan } from '../../core/ladder/rows';
import type { AnnotationBook } from '../../session/annotationBook';
import { messagesAsJson, messagesAsMarkdown } from '../../session/copyMessages';
import { gatherPhase, gatherRows, type GatheredRows } from '../../session/ladderRows';
import type { LongWork } from '../../session/platform';
import type { Trace } from '../../session/trace';
import { inSlices } from '../../session/traceView/pace';
import type { RowAnnotations } from '../../session/traceView/rowAnnotations';
import type { TraceView } from '../../session/traceView/traceView';
import { listAnnotations } from './annotationList';
import { COMMANDS } from '../commandIds';
import type { ExportActions } from './exportActions';
import { hostPace } from '../hostPace';
import { longWork } from '../longWork';
import type { SendingAgain } from './sendingAgain';

/** Messages of one copy, with and without their bodies, and arrows of one picture. */
export const ROW_LIMITS = { bodies: 1000, lines: 20_000, arrows: 2000 } as const;

export interface RowRequestParts {
  readonly trace: Trace;
  readonly view: TraceView;
  readonly title: string;
  readonly book: AnnotationBook;
  readonly annotations: RowAnnotations;
  readonly exports: ExportActions;
  readonly again: SendingAgain;
  /** Has the tree show the state after a message. */
  readonly setCursor: (message: number) => Promise<void>;
  /** Selects a message in the view. */
  readonly reveal: (message: number) => void;
  /** Shows a person what has failed while nobody waits for it. */
  readonly onError: (error: unknown) => void;
}

export class RowRequests {
  constructor(private readonly parts: RowRequestParts) {}

  async annotate(change: AnnotationChange): Promise<number | undefined> {
    const { book, annotations } = this.parts;
    switch (change.kind) {
      case 'bookmark':
        await book.change(this.placeOf(change.message), { bookmarked: change.on });
        return change.message;
      case 'note':
        await book.change(this.placeOf(change.message), { note: change.text });
        return change.message;
      case 'undo': {
        const place = await book.undo();
        return place === undefined ? undefined : annotations.messageAt(place);
      }
    }
  }

  /** Answers with words to read out. */
  async act(request: RowsRequest): Promise<string> {
    const { trace, annotations, reveal, onError } = this.parts;
    switch (request.kind) {
      case 'copy':
        return this.copy(request.span, request.format);
      case 'export':
        this.export(request.scope).catch(onError);
        return '';
      case 'bookmarks':
        if (annotations.all.length === 0) {
          return vscode.l10n.t('No bookmarks. B sets one on the selected message.');
        }
        listAnnotations(trace, annotations, {
          reveal,
          remove: (message) => {
            const nothing = { bookmarked: false, note: '' };
            this.parts.book.change(this.placeOf(message), nothing).catch(onError);
          },
        });
        return '';
      case 'sendAgain':
        this.placeOf(request.message);
        await this.parts.again.open(trace, request.message);
        return '';
      case 'revealInTree':
        await this.revealInTree(request.message);
        return '';
      default:
        return assertNever(request);
    }
  }

  private async copy(span: RowSpan, format: CopyFormat): Promise<string> {
    const { view } = this.parts;
    const limit = format === 'row' ? ROW_LIMITS.lines : ROW_LIMITS.bodies;
    const end = Math.min(span.last + 1, view.rowCount);
    const gathered = await inSlices(
      gatherRows((first, count) => view.rows(first, count), span.first, end, limit),
      hostPace,
      NEVER_CANCELLED,
    );
    const rows = gathered.rows.filter((row): row is MessageRow => row.kind === 'message');
    if (gathered.left > 0) {
      throw refused(
        'too-many-rows',
        vscode.l10n.t(
          'At most {0} messages are copied at once. Select fewer.',
          limit.toLocaleString('en-US'),
        ),
      );
    }
    if (rows.length === 0) {
      throw refused('no-messages', vscode.l10n.t('No message is selected.'));
    }
    await vscode.env.clipboard.writeText(await this.textOf(rows, format));
    return rows.length === 1
      ? vscode.l10n.t('Message copied')
      : vscode.l10n.t('{0} messages copied', rows.length);
  }

  private textOf(rows: readonly MessageRow[], format: CopyFormat): Promise<string> {
    const { trace } = this.parts;
    if (format === 'row') {
      const { lifelines } = trace.status;
      return Promise.resolve(rows.map((row) => rowLine(row, lifelines)).join('\n'));
    }
    const make = format === 'json' ? messagesAsJson : messagesAsMarkdown;
    const cancelled = refused('cancelled', vscode.l10n.t('Copying was cancelled.'));
    return longWork(vscode.l10n.t('Copying messages'), cancelled, ({ signal, progress }) =>
      make(trace, rows, signal, progress),
    );
  }

  private async export(scope: ExportScope): Promise<void> {
    const name = this.parts.title.replace(/(\.har)?\.wbtrace$|\.har$/, '');
    await this.parts.exports.run(name, (work) => this.picture(scope, work));
  }

  private async picture(scope: ExportScope, { signal }: LongWork): Promise<LadderPicture> {
    const { trace, title } = this.parts;
    const { rows, left } = await this.gather(scope, signal);
    if (rows.length === 0) {
      throw refused('nothing-shown', vscode.l10n.t('The filter shows no rows.'));
    }
    return pictureOf(title, trace.status.lifelines, rows, left);
  }

  private gather(scope: ExportScope, signal: LongWork['signal']): Promise<GatheredRows> {
    const { trace, view } = this.parts;
    const limit = ROW_LIMITS.arrows;
    if (scope.kind === 'phase') {
      if (scope.phase >= trace.tracer.phases.count) {
        throw refused('no-such-phase', vscode.l10n.t('There is no such phase.'));
      }
      return inSlices(
        gatherPhase(trace, scope.phase, (row) => this.decorated(row), limit),
        hostPace,
        signal,
      );
    }
    const first = scope.kind === 'rows' ? scope.span.first : 0;
    const end = scope.kind === 'rows' ? scope.span.last + 1 : view.rowCount;
    const rowsOf = (from: number, count: number): readonly LadderRow[] => view.rows(from, count);
    const rows = gatherRows(rowsOf, first, Math.min(end, view.rowCount), limit);
    return inSlices(rows, hostPace, signal);
  }

  private decorated(row: LadderRow): LadderRow {
    return row.kind === 'message' ? { ...row, ...this.parts.annotations.of(row.message) } : row;
  }

  private async revealInTree(message: number): Promise<void> {
    const { trace } = this.parts;
    this.placeOf(message);
    const workbin = trace.tracer.workbin(message);
    if (workbin === '') {
      throw refused('no-workbin', vscode.l10n.t('This message names no workbin.'));
    }
    const interactionId = trace.messages.interactionId(message);
    // The view tells of a selection a moment after it is made.
    await this.parts.setCursor(message);
    await vscode.commands.executeCommand(COMMANDS.revealInWorkbins, workbin, interactionId);
  }

  private placeOf(message: number): { readonly seq: number; readonly place: number } {
    const { trace, annotations } = this.parts;
    if (message >= trace.messages.count) {
      throw refused(
        'no-such-message',
        vscode.l10n.t('There is no message {0} in this trace.', message + 1),
      );
    }
    return annotations.placeOf(message);
  }
}
