/**
 * Every key of the trace view, once: what listens, the overlay and the README's table are made from it. Pure.
 * A chord is written as people say it; `Ctrl` is also the command key, and a sign that needs Shift stands without it.
 */

/**
 * Where a key means something. `editor` and `recordings` are bound in VS Code, where they can be changed. `anywhere`: wherever the focus is, unless something is being written there. */
export type KeyArea =
  | 'anywhere'
  | 'playback'
  | 'ladder'
  | 'rows'
  | 'lifelines'
  | 'strip'
  | 'details'
  | 'filter'
  | 'find'
  | 'editor'
  | 'recordings';

export interface KeyEntry {
  readonly area: KeyArea;
  readonly chords: readonly string[];
  readonly does: string;
  /** What runs. Absent where the part itself listens: the browser's own keys, and those of lists and sliders. */
  readonly action?: string;
  /** Set where the part takes a key of the whole view for itself, to do the like in what it shows. */
  readonly takes?: true;
}

export const KEY_MAP = [
  { area: 'anywhere', chords: ['Ctrl+F'], does: 'Find text in names and bodies', action: 'find' },
  { area: 'anywhere', chords: ['F3'], does: 'Next hit', action: 'findNext' },
  { area: 'anywhere', chords: ['Shift+F3'], does: 'Previous hit', action: 'findPrevious' },
  { area: 'anywhere', chords: ['/', 'Ctrl+Shift+F'], does: 'Write a filter', action: 'filter' },
  { area: 'anywhere', chords: ['?'], does: 'Show all keys', action: 'showKeys' },
  { area: 'playback', chords: ['Space'], does: 'Play or pause', action: 'togglePlay' },
  { area: 'playback', chords: ['.'], does: 'Next message', action: 'nextMessage' },
  { area: 'playback', chords: [','], does: 'Previous message', action: 'previousMessage' },
  { area: 'playback', chords: ['>'], does: 'Next phase', action: 'nextPhase' },
  { area: 'playback', chords: ['<'], does: 'Previous phase', action: 'previousPhase' },
  { area: 'playback', chords: ['E'], does: 'Next failure', action: 'nextFailure' },
  { area: 'playback', chords: ['Shift+E'], does: 'Previous failure', action: 'previousFailure' },
  { area: 'playback', chords: ['+', '='], does: 'Faster', action: 'faster' },
  { area: 'playback', chords: ['-'], does: 'Slower', action: 'slower' },
  { area: 'playback', chords: ['I'], does: 'Skip or play long pauses', action: 'skipPauses' },
  { area: 'ladder', chords: ['ArrowUp'], does: 'Row above', action: 'up' },
  { area: 'ladder', chords: ['ArrowDown'], does: 'Row below', action: 'down' },
  { area: 'ladder', chords: ['PageUp'], does: 'Screen above', action: 'pageUp' },
  { area: 'ladder', chords: ['PageDown'], does: 'Screen below', action: 'pageDown' },
  { area: 'ladder', chords: ['Home'], does: 'First row', action: 'home' },
  {
    area: 'ladder',
    chords: ['End'],
    does: 'Last row; follows a trace that grows',
    action: 'end',
  },
  {
    area: 'ladder',
    chords: [']', 'Alt+ArrowDown'],
    does: 'Next phase heading',
    action: 'nextHeading',
  },
  {
    area: 'ladder',
    chords: ['[', 'Alt+ArrowUp'],
    does: 'Previous phase heading',
    action: 'previousHeading',
  },
  { area: 'ladder', chords: ['ArrowRight'], does: 'Open a fold or phase', action: 'unfold' },
  { area: 'ladder', chords: ['ArrowLeft'], does: 'Close a fold or phase', action: 'fold' },
  { area: 'ladder', chords: ['Enter'], does: 'Go to the details', action: 'details' },
  { area: 'ladder', chords: ['F'], does: 'Follow what comes, or stop', action: 'follow' },
  { area: 'ladder', chords: ['Ctrl+C'], does: 'Copy the message', action: 'copy' },
  {
    area: 'rows',
    chords: ['Shift+ArrowUp', 'Shift+ArrowDown'],
    does: 'Select several rows',
  },
  { area: 'rows', chords: ['ContextMenu', 'Shift+F10'], does: 'Menu of the row' },
  { area: 'rows', chords: ['B'], does: 'Set or remove a bookmark', action: 'toggleBookmark' },
  { area: 'rows', chords: ['N'], does: 'Write a note', action: 'editNote' },
  { area: 'rows', chords: ['F2'], does: 'Next bookmark', action: 'nextBookmark' },
  { area: 'rows', chords: ['Shift+F2'], does: 'Previous bookmark', action: 'previousBookmark' },
  { area: 'rows', chords: ['Shift+B'], does: 'List bookmarks and notes', action: 'showBookmarks' },
  { area: 'rows', chords: ['Ctrl+Z'], does: 'Undo bookmark or note', action: 'undoAnnotation' },
  { area: 'rows', chords: ['Ctrl+Shift+C'], does: 'Copy as Markdown', action: 'copyAsMarkdown' },
  {
    area: 'lifelines',
    chords: ['Alt+ArrowLeft', 'Alt+ArrowRight'],
    does: 'Move a lifeline',
  },
  { area: 'lifelines', chords: ['Delete'], does: 'Hide a lifeline' },
  { area: 'ladder', chords: ['D'], does: 'Select for compare', action: 'selectForCompare' },
  {
    area: 'ladder',
    chords: ['Shift+D'],
    does: 'Compare with the selected message',
    action: 'compareWithSelected',
  },
  { area: 'strip', chords: ['ArrowLeft', 'ArrowRight'], does: 'Move in time' },
  { area: 'strip', chords: ['PageUp', 'PageDown'], does: 'Move further in time' },
  { area: 'strip', chords: ['Home', 'End'], does: 'Beginning or end of the session' },
  {
    area: 'strip',
    chords: ['Shift+ArrowLeft', 'Shift+ArrowRight'],
    does: 'Limit everything to a range of time',
  },
  { area: 'strip', chords: ['Delete', 'Escape'], does: 'Show all times again' },
  { area: 'details', chords: ['ArrowUp', 'ArrowDown'], does: 'Attribute above or below' },
  { area: 'details', chords: ['ArrowLeft', 'ArrowRight'], does: 'Close or open an attribute' },
  { area: 'details', chords: ['Ctrl+F', '/'], does: 'Search the attributes', takes: true },
  { area: 'details', chords: ['Enter', 'Shift+Enter'], does: 'Next or previous match' },
  { area: 'details', chords: ['Ctrl+C'], does: 'Copy the value, or bytes as hex' },
  { area: 'details', chords: ['Ctrl+Shift+C'], does: 'Copy the path, or bytes as text' },
  { area: 'details', chords: ['ContextMenu', 'Shift+F10'], does: 'Menu of the line' },
  { area: 'details', chords: ['Escape'], does: 'Back to the ladder' },
  { area: 'filter', chords: ['Ctrl+Space'], does: 'Offer ways to go on' },
  { area: 'filter', chords: ['ArrowUp', 'ArrowDown'], does: 'Filters used before' },
  { area: 'filter', chords: ['Enter'], does: 'Apply the filter' },
  { area: 'filter', chords: ['Escape'], does: 'Back to the ladder' },
  { area: 'find', chords: ['Enter'], does: 'Next hit' },
  { area: 'find', chords: ['Shift+Enter'], does: 'Previous hit' },
  { area: 'find', chords: ['Escape'], does: 'End the search' },
  { area: 'editor', chords: ['F8'], does: 'Next failure' },
  { area: 'editor', chords: ['Shift+F8'], does: 'Previous failure' },
  { area: 'editor', chords: ['Alt+F8'], does: 'Next phase' },
  { area: 'editor', chords: ['Shift+Alt+F8'], does: 'Previous phase' },
  { area: 'editor', chords: ['Ctrl+Alt+Space'], does: 'Play or pause' },
  { area: 'recordings', chords: ['F2'], does: 'Rename (macOS: Enter)' },
  { area: 'recordings', chords: ['Delete'], does: 'Delete (macOS: Cmd+Backspace)' },
] as const satisfies readonly KeyEntry[];

type Acting<A extends KeyArea> = Extract<
  (typeof KEY_MAP)[number],
  { readonly area: A; readonly action: string }
>;

/** What keys do wherever the focus is. */
export type ShortcutAction = Acting<'anywhere' | 'playback'>['action'];
/** What keys do in the ladder. */
export type LadderKeyAction = Acting<'ladder'>['action'];
/** What keys do with the selected rows while the ladder has the focus. */
export type RowKeyAction = Acting<'rows'>['action'];

/** The part of a keyboard event that decides. */
export interface Key {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** How a key that was pressed is written in {@link KEY_MAP}. */
export function chordOf({ key, altKey, ctrlKey, metaKey, shiftKey }: Key): string {
  const isLetter = /^[a-z]$/i.test(key);
  const isSign = key.length === 1 && !isLetter && key !== ' ';
  const name = key === ' ' ? 'Space' : isLetter ? key.toUpperCase() : key;
  return [
    ...(ctrlKey || metaKey ? ['Ctrl'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey && !isSign ? ['Shift'] : []),
    name,
  ].join('+');
}

const SHORTCUTS = table<ShortcutAction>(['anywhere', 'playback']);
const LADDER_KEYS = table<LadderKeyAction>(['ladder']);
const ROW_KEYS = table<RowKeyAction>(['rows']);

/** What a key does wherever the focus is; undefined: nothing. */
export function shortcutOf(key: Key): ShortcutAction | undefined {
  return SHORTCUTS.get(chordOf(key));
}

/** What a key does in the ladder; undefined: it is left to the browser and the editor. */
export function ladderKeyOf(key: Key): LadderKeyAction | undefined {
  return LADDER_KEYS.get(chordOf(key));
}

/** What a key does with the selected rows; undefined: nothing. */
export function rowKeyOf(key: Key): RowKeyAction | undefined {
  return ROW_KEYS.get(chordOf(key));
}

/** The first chord of what keys do with rows; undefined where no key does it. */
export function rowChordOf(action: string): string | undefined {
  const entries: readonly KeyEntry[] = KEY_MAP;
  return entries.find((entry) => entry.area === 'rows' && entry.action === action)?.chords[0];
}

function table<T extends string>(areas: readonly KeyArea[]): ReadonlyMap<string, T> {
  const entries: readonly KeyEntry[] = KEY_MAP;
  return new Map(
    entries.flatMap(({ area, chords, action }) =>
      // The types of the actions are read off the same table.
      action !== undefined && areas.includes(area)
        ? chords.map((chord) => [chord, action as T] as const)
        : [],
    ),
  );
}
