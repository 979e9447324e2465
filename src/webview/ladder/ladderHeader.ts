import type { TimesShown } from '../../bridge/traceView';
import type { Lifeline } from '../../core/ladder/rows';
import type { Disposable } from '../../core/base/disposable';
import { element, setAttribute, setHidden, setText } from '../base/dom';
import { AS_RECORDED, movedTo, shownInOrder, withHidden, type Arrangement } from './arrangement';
import { layOut, type LadderGeometry } from './geometry';
import { makeMovable } from './lifelineMoves';

const MOVING = 'Drag, or Alt with Left and Right: move. Delete: hide.';

const TIME_TITLES: {
  readonly [times in TimesShown]: { readonly title: string; readonly hint: string };
} = {
  elapsed: { title: 'Time', hint: 'Time since the start' },
  clock: { title: 'Clock', hint: 'Time of day' },
  request: {
    title: 'Since',
    hint: '+ since the request; ↓ on what has none, since the message before',
  },
};

/** The first row of the grid: the names of the columns, and the lifelines at their places. */
export class LadderHeader implements Disposable {
  readonly element: HTMLElement;
  private readonly time = column('time', 'Time');
  private readonly ladder = column('ladder', '');
  private readonly observer: ResizeObserver;
  private readonly titles: HTMLElement[] = [];
  private lifelines: readonly Lifeline[] = [];
  private arrangement: Arrangement = AS_RECORDED;
  private current: LadderGeometry = { width: 0, lifelines: [] };

  /** `arrange`: the reader wants lifelines otherwise. */
  constructor(
    private readonly onDidLayOut: (geometry: LadderGeometry) => void,
    private readonly arrange: (arrangement: Arrangement) => void,
  ) {
    const delta = column('delta', 'Δ');
    delta.title = 'Time since the request of the phase';
    delta.setAttribute('aria-label', 'Time since the request');
    const rail = column('rail', '');
    rail.append(element('span', 'wi-hidden', {}, 'Phase'));
    this.element = element(
      'div',
      'wi-row wi-ladder__header',
      { role: 'row', 'aria-rowindex': '1' },
      rail,
      this.time,
      column('seq', '#'),
      this.ladder,
      column('reference', 'Ref'),
      column('workbin', 'Workbin'),
      delta,
    );
    makeMovable(this.ladder, {
      titles: () => this.titles,
      shown: () => shownInOrder(this.arrangement, this.lifelines.length),
      move: (position, place) =>
        this.arrange(movedTo(this.arrangement, this.lifelines.length, position, place)),
      hide: (position) => this.arrange(withHidden(this.arrangement, position, true)),
    });
    this.observer = new ResizeObserver(() => {
      if (this.ladder.clientWidth !== this.current.width) {
        this.layOut();
      }
    });
    this.observer.observe(this.ladder);
  }

  get geometry(): LadderGeometry {
    return this.current;
  }

  /** They stand at their places with the next {@link layOut}. False where they are what they were. */
  setLifelines(lifelines: readonly Lifeline[]): boolean {
    if (sameLifelines(lifelines, this.lifelines)) {
      return false;
    }
    this.lifelines = lifelines;
    const titles = lifelines.map(({ kind, title }) =>
      element(
        'button',
        `wi-lifeline wi-lifeline--${kind}`,
        { type: 'button', title: `${title}\n${MOVING}`, 'aria-description': MOVING },
        title,
      ),
    );
    this.titles.splice(0, this.titles.length, ...titles);
    this.ladder.replaceChildren(...titles);
    return true;
  }

  /** They stand so with the next {@link layOut}. */
  setArrangement(arrangement: Arrangement): void {
    this.arrangement = arrangement;
  }

  /** How many lifelines are shown. */
  get shown(): number {
    return shownInOrder(this.arrangement, this.lifelines.length).length;
  }

  /** Names the column of times by what they tell. */
  setTimes(times: TimesShown): void {
    const { title, hint } = TIME_TITLES[times];
    setText(this.time, title);
    setAttribute(this.time, 'title', hint);
  }

  /** Asks for the width of the column, and puts the lifelines at their places. */
  layOut(): void {
    const shown = shownInOrder(this.arrangement, this.lifelines.length);
    this.current = layOut(this.ladder.clientWidth, shown);
    const xs = shown.map((position) => this.current.lifelines[position] ?? 0);
    const room = Math.min(...xs.slice(1).map((x, index) => x - (xs[index] ?? 0)), 160);
    for (const [position, title] of this.titles.entries()) {
      const x = this.current.lifelines[position];
      setHidden(title, x === undefined);
      title.style.left = `${x ?? 0}px`;
      title.style.maxWidth = `${room - 8}px`;
    }
    this.onDidLayOut(this.current);
  }

  dispose(): void {
    this.observer.disconnect();
  }
}

function column(name: string, title: string): HTMLElement {
  return element('div', `wi-row__cell wi-row__${name}`, { role: 'columnheader' }, title);
}

function sameLifelines(a: readonly Lifeline[], b: readonly Lifeline[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ kind, title }, index) => kind === b[index]?.kind && title === b[index].title)
  );
}
