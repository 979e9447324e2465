/** How the titles of lifelines are moved: dragged, or by keys. */
export interface LifelineMoves {
  /** The titles by their positions in the trace. */
  readonly titles: () => readonly HTMLElement[];
  /** Positions from left to right. */
  readonly shown: () => readonly number[];
  /** Moves a lifeline to a place among those that are shown, from 0. */
  readonly move: (position: number, place: number) => void;
  readonly hide: (position: number) => void;
}

/** A shorter way is a click. Pixels. */
const LEAST_DRAG = 6;

/** Listens to the titles inside of a place. */
export function makeMovable(place: HTMLElement, moves: LifelineMoves): void {
  let drag: { readonly position: number; readonly x: number } | undefined;
  const positionOf = (target: EventTarget | null): number =>
    target instanceof HTMLElement ? moves.titles().indexOf(target) : -1;

  place.addEventListener('keydown', (event) => {
    const position = positionOf(event.target);
    if (position < 0) {
      return;
    }
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.altKey && step !== undefined) {
      moves.move(position, moves.shown().indexOf(position) + step);
    } else if (event.key === 'Delete' && moves.shown().length > 1) {
      moves.hide(position);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  place.addEventListener('pointerdown', (event) => {
    const position = positionOf(event.target);
    if (event.button === 0 && position >= 0) {
      drag = { position, x: event.clientX };
      moves.titles()[position]?.setPointerCapture(event.pointerId);
    }
  });
  place.addEventListener('pointermove', (event) => {
    const title = drag === undefined ? undefined : moves.titles()[drag.position];
    if (drag !== undefined && title !== undefined) {
      title.style.translate = `${event.clientX - drag.x}px`;
    }
  });
  const end = (event: PointerEvent): void => {
    const dragged = drag;
    drag = undefined;
    const title = dragged === undefined ? undefined : moves.titles()[dragged.position];
    if (dragged === undefined || title === undefined) {
      return;
    }
    title.style.translate = '';
    if (event.type === 'pointerup' && Math.abs(event.clientX - dragged.x) >= LEAST_DRAG) {
      moves.move(dragged.position, placeAt(event.clientX, dragged.position, moves));
    }
  };
  place.addEventListener('pointerup', end);
  place.addEventListener('pointercancel', end);
}

/** How many of the other titles stand left of a point. */
function placeAt(x: number, position: number, moves: LifelineMoves): number {
  const titles = moves.titles();
  return moves.shown().filter((other) => {
    const box = other === position ? undefined : titles[other]?.getBoundingClientRect();
    return box !== undefined && box.left + box.width / 2 < x;
  }).length;
}
