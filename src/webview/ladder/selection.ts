import type { LadderOrder } from '../../core/filter/query';
import type { LadderRow, RowSpan } from '../../core/ladder/rows';
import { ladderKeyOf, type Key } from '../keys/keyMap';

/** What the ladder's listener is told of. */
export type LadderAction =
  | { readonly kind: 'move'; readonly to: Movement; readonly extends: boolean }
  | { readonly kind: 'heading'; readonly step: 1 | -1 }
  /** Open or close the fold at a row. */
  | { readonly kind: 'toggle'; readonly row: number }
  | {
      readonly kind: 'details' | 'follow' | 'copy' | 'selectForCompare' | 'compareWithSelected';
    };

/** What a key means in the ladder. */
export type KeyMeaning = LadderAction | { readonly kind: 'fold' } | { readonly kind: 'unfold' };

const MOVEMENTS = ['up', 'down', 'pageUp', 'pageDown', 'home', 'end'] as const;
export type Movement = (typeof MOVEMENTS)[number];

/** The meaning of a key, or undefined when it is left to the browser and the editor. */
export function actionOf(key: Key): KeyMeaning | undefined {
  const action = ladderKeyOf(key) ?? extending(key);
  switch (action) {
    case undefined:
      return undefined;
    case 'nextHeading':
      return { kind: 'heading', step: 1 };
    case 'previousHeading':
      return { kind: 'heading', step: -1 };
    case 'fold':
    case 'unfold':
    case 'details':
    case 'follow':
    case 'copy':
    case 'selectForCompare':
    case 'compareWithSelected':
      return { kind: action };
    default:
      return { kind: 'move', to: action, extends: key.shiftKey };
  }
}

/** Shift with a key that moves takes the rows in between along. */
function extending({ key, altKey, ctrlKey, metaKey, shiftKey }: Key): Movement | undefined {
  const plain = { key, altKey, ctrlKey, metaKey, shiftKey: false };
  const action = shiftKey ? ladderKeyOf(plain) : undefined;
  return MOVEMENTS.find((movement) => movement === action);
}

/** What happens to folds: one opens or closes, or the selection goes to another row. */
export type FoldStep =
  | { readonly kind: 'toggle'; readonly row: number }
  | { readonly kind: 'select'; readonly row: number }
  /** To the heading above. */
  | { readonly kind: 'heading'; readonly step: -1 };

/**
 * What a key does where rows fold, as in a tree: on a fold or a message in it, and by phase on a heading or a
 * message below it. Enter opens and closes, Right opens and goes in, Left goes out and closes. Undefined where
 * the key has its other meaning.
 */
export function foldStep(
  key: KeyMeaning['kind'],
  index: number,
  row: LadderRow | undefined,
  order: LadderOrder = 'time',
): FoldStep | undefined {
  if (row?.kind === 'message' && key === 'fold') {
    if (row.inFold !== undefined) {
      return { kind: 'select', row: index - 1 - row.inFold };
    }
    const below = order === 'phase' && row.phase !== undefined;
    return below ? { kind: 'heading', step: -1 } : undefined;
  }
  const open = isOpen(row, order);
  if (open === undefined) {
    return undefined;
  }
  if (key === 'unfold' && open) {
    return { kind: 'select', row: index + 1 };
  }
  const toggles = key === 'details' || key === (open ? 'fold' : 'unfold');
  return toggles ? { kind: 'toggle', row: index } : undefined;
}

/** Whether the rows below a row stand there; undefined where none can be folded away. */
export function isOpen(row: LadderRow | undefined, order: LadderOrder): boolean | undefined {
  if (row?.kind === 'fold') {
    return row.open;
  }
  const folds = row?.kind === 'heading' && (order === 'phase' || row.open === false);
  return folds ? row.open !== false : undefined;
}

/** The rows from one to another, whichever is above. */
export function spanBetween(one: number, other: number): RowSpan {
  return { first: Math.min(one, other), last: Math.max(one, other) };
}

/** What a movement depends on: rows in all, rows in a screenful, and the first one on the screen. */
export interface Extent {
  readonly rows: number;
  readonly pageRows: number;
  readonly firstVisible: number;
}

/** The row that is selected after a movement; undefined when there are no rows. */
export function move(
  current: number | undefined,
  to: Movement,
  { rows, pageRows, firstVisible }: Extent,
): number | undefined {
  if (rows === 0) {
    return undefined;
  }
  if (to === 'home' || to === 'end') {
    return to === 'home' ? 0 : rows - 1;
  }
  if (current === undefined) {
    return Math.min(firstVisible, rows - 1);
  }
  const page = Math.max(1, pageRows - 1);
  const distance = { up: -1, down: 1, pageUp: -page, pageDown: page }[to];
  return Math.min(Math.max(current + distance, 0), rows - 1);
}
