import type { TimesShown } from '../../bridge/traceView';
import type { Lifeline } from '../../core/ladder/rows';
import type { Disposable } from '../../core/base/disposable';
import { element, setAttribute, setText } from '../base/dom';
import { layOut, type LadderGeometry } from './geometry';

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
  private current: LadderGeometry = { width: 0, lifelines: [] };

  constructor(private readonly onDidLayOut: (geometry: LadderGeometry) => void) {
    const delta = column('delta', 'Δ');
    delta.title = 'Time since the request of the phase';
    delta.setAttribute('aria-label', 'Time since the request');
    const rail = column('rail', '');
    rail.setAttribute('aria-label', 'Phase');
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

  setLifelines(lifelines: readonly Lifeline[]): void {
    if (sameLifelines(lifelines, this.lifelines)) {
      return;
    }
    this.lifelines = lifelines;
    const titles = lifelines.map(({ kind, title }) =>
      element('span', `wi-lifeline wi-lifeline--${kind}`, { title }, title),
    );
    this.titles.splice(0, this.titles.length, ...titles);
    this.ladder.replaceChildren(...titles);
    this.layOut();
  }

  /** Names the column of times by what they tell. */
  setTimes(times: TimesShown): void {
    const { title, hint } = TIME_TITLES[times];
    setText(this.time, title);
    setAttribute(this.time, 'title', hint);
  }

  dispose(): void {
    this.observer.disconnect();
  }

  private layOut(): void {
    this.current = layOut(this.ladder.clientWidth, this.lifelines.length);
    const xs = this.current.lifelines;
    const room = Math.min(...xs.slice(1).map((x, index) => x - (xs[index] ?? 0)), 160);
    for (const [index, title] of this.titles.entries()) {
      title.style.left = `${xs[index] ?? 0}px`;
      title.style.maxWidth = `${room - 8}px`;
    }
    this.onDidLayOut(this.current);
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
