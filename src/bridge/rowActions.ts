/** What a person does with rows of the trace view: bookmarks, notes, copies, pictures. Part of the contract. */
import type { RowSpan } from '../core/ladder/rows';

/** A change of what is kept with the recording. */
export type AnnotationChange =
  | { readonly kind: 'bookmark'; readonly message: number; readonly on: boolean }
  /** An empty text takes the note away. */
  | { readonly kind: 'note'; readonly message: number; readonly text: string }
  /** Takes back the last change that was made in this window. */
  | { readonly kind: 'undo' };

/** `json`, `markdown`: the messages with their attributes; `row`: one tab-separated line each. */
export type CopyFormat = 'json' | 'markdown' | 'row';

/** Which part of the ladder becomes a picture. */
export type ExportScope =
  | { readonly kind: 'rows'; readonly span: RowSpan }
  /** A whole phase, by its number, whatever the filter shows. */
  | { readonly kind: 'phase'; readonly phase: number }
  | { readonly kind: 'shown' };

/** What the host does with rows. Each answers with words to read out, empty where the editor says it itself. */
export type RowsRequest =
  | { readonly kind: 'copy'; readonly span: RowSpan; readonly format: CopyFormat }
  /** Asks where to and how; answers before that. */
  | { readonly kind: 'export'; readonly scope: ExportScope }
  /** Opens the list of bookmarks; answers before one was chosen. */
  | { readonly kind: 'bookmarks' }
  /** Opens the request form filled with a request of the trace, so that it can be sent over the live connection. */
  | { readonly kind: 'sendAgain'; readonly message: number }
  /** Shows the workbin, and the interaction where there is one, in the Workbins tree. */
  | { readonly kind: 'revealInTree'; readonly message: number };

/** What commands of the editor have the view do with what is selected in it. */
export const ROW_COMMANDS = [
  'toggleBookmark',
  'editNote',
  'nextBookmark',
  'previousBookmark',
  'showBookmarks',
  'undoAnnotation',
  'copyAsJson',
  'copyAsMarkdown',
  'copyAsRow',
  'exportSelection',
  'exportPhase',
  'exportShown',
  'revealInTree',
] as const;

export type RowCommand = (typeof ROW_COMMANDS)[number];
