/** What the reader does in the ladder with mouse and keys: it moves the selection, or is told to the ladder's listener. */
import { toDisposable, type Disposable } from '../../core/base/disposable';
import type { LadderOrder } from '../../core/filter/query';
import type { LadderRow } from '../../core/ladder/rows';
import { actionOf, foldStep, type LadderAction, type Movement } from './selection';

/** What opens and closes a row when it is clicked. */
const TWISTS = '.wi-fold-twist, .wi-heading__twist';

/** Of the ladder what its input works with. */
export interface LadderInputTarget {
  readonly element: HTMLElement;
  /** The selected row, and what it shows now where that is known. */
  selectedNow(): { readonly index: number; readonly row: LadderRow | undefined };
  order(): LadderOrder;
  select(index: number): void;
  extendTo(index: number): void;
  move(to: Movement, keepsStart: boolean): void;
  focus(): void;
  act(action: LadderAction): void;
}

/** Listens until it is disposed. */
export function listenToReader(target: LadderInputTarget): Disposable {
  const { element } = target;
  const onKey = (event: KeyboardEvent): void => pressed(target, event);
  const onPress = (event: MouseEvent): void => clicked(target, event);
  const onClick = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest(TWISTS) !== null) {
      target.act({ kind: 'toggle', row: rowAt(event) });
    }
  };
  element.addEventListener('keydown', onKey);
  element.addEventListener('mousedown', onPress);
  element.addEventListener('click', onClick);
  return toDisposable(() => {
    element.removeEventListener('keydown', onKey);
    element.removeEventListener('mousedown', onPress);
    element.removeEventListener('click', onClick);
  });
}

/** Number of the row that an event is about, from 0; negative where there is none. */
export function rowAt(event: MouseEvent): number {
  const row = event.target instanceof Element ? event.target.closest('.wi-row') : null;
  return Number(row?.getAttribute('aria-rowindex') ?? 1) - 2;
}

function clicked(target: LadderInputTarget, event: MouseEvent): void {
  const index = rowAt(event);
  if (event.button === 0 && index >= 0) {
    if (event.shiftKey) {
      // Not the text between the two clicks.
      event.preventDefault();
      target.extendTo(index);
    } else {
      target.select(index);
    }
    target.focus();
  }
}

function pressed(target: LadderInputTarget, event: KeyboardEvent): void {
  const meaning = actionOf(event);
  if (meaning === undefined || (meaning.kind === 'copy' && hasSelectedText())) {
    return;
  }
  const { index, row } = target.selectedNow();
  const step = foldStep(meaning.kind, index, row, target.order());
  if (step !== undefined) {
    event.preventDefault();
    if (step.kind === 'select') {
      target.select(step.row);
    } else {
      target.act(step);
    }
    return;
  }
  if (meaning.kind === 'fold' || meaning.kind === 'unfold') {
    // Nothing to open here: the key scrolls a wide ladder sideways.
    return;
  }
  event.preventDefault();
  if (meaning.kind === 'move') {
    target.move(meaning.to, meaning.extends);
  }
  target.act(meaning);
}

/** The reader has marked text: then copying means that text. */
function hasSelectedText(): boolean {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed;
}
