import type { Lifeline } from '../../core/ladder/rows';
import { element, iconButton, setAttribute, setHidden, setText } from '../base/dom';
import {
  AS_RECORDED,
  ordered,
  shownInOrder,
  withHidden,
  type Arrangement,
} from '../ladder/arrangement';

/** The button that opens a list of lifelines: which are shown. Says how many are hidden; two alone need none. */
export class LifelineMenu {
  readonly element: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly list = element('div', 'wi-menu wi-lifelines', {
    role: 'group',
    'aria-label': 'Lifelines',
  });
  private lifelines: readonly Lifeline[] = [];
  private arrangement: Arrangement = AS_RECORDED;

  constructor(private readonly arrange: (arrangement: Arrangement) => void) {
    this.button = iconButton('wi-lifelines__button', 'lifelines', '', () => this.toggle());
    setHidden(this.button, true);
    setAttribute(this.button, 'aria-expanded', 'false');
    this.element = element('div', 'wi-lifelines__place', {}, this.button, this.list);
    setHidden(this.list, true);
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !this.list.hidden) {
        this.close();
        this.button.focus();
      }
      // What is pressed here moves no row.
      event.stopPropagation();
    });
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.element.contains(relatedTarget)) {
        this.close();
      }
    });
    document.addEventListener('pointerdown', ({ target }) => {
      if (target instanceof Node && !this.element.contains(target)) {
        this.close();
      }
    });
  }

  update(lifelines: readonly Lifeline[], arrangement: Arrangement): void {
    this.lifelines = lifelines;
    this.arrangement = arrangement;
    const count = arrangement.hidden.filter((position) => position < lifelines.length).length;
    const label = this.button.querySelector('.wi-button__label');
    if (label !== null) {
      setText(label, count === 0 ? 'Lifelines' : `${count} hidden`);
    }
    setHidden(this.button, count === 0 && lifelines.length <= 2);
    const words = count === 0 ? 'Lifelines' : `Lifelines, ${count} hidden`;
    setAttribute(this.button, 'title', `${words}: choose which are shown`);
    setAttribute(this.button, 'aria-label', words);
    if (!this.list.hidden) {
      this.fill();
    }
  }

  private toggle(): void {
    const opens = this.list.hidden;
    setHidden(this.list, !opens);
    setAttribute(this.button, 'aria-expanded', String(opens));
    if (opens) {
      this.fill();
      this.list.querySelector<HTMLElement>('input, button')?.focus();
    }
  }

  private close(): void {
    setHidden(this.list, true);
    setAttribute(this.button, 'aria-expanded', 'false');
  }

  private fill(): void {
    const { lifelines, arrangement } = this;
    const focused = [...this.list.querySelectorAll('input, button')].indexOf(
      document.activeElement ?? this.list,
    );
    const count = lifelines.length;
    const shown = shownInOrder(arrangement, count);
    const boxes = ordered(arrangement, count).map((position) => {
      const box = element('input', '', { type: 'checkbox' });
      box.checked = shown.includes(position);
      // Without any lifeline there would be no ladder.
      box.disabled = box.checked && shown.length <= 1;
      box.addEventListener('change', () =>
        this.arrange(withHidden(this.arrangement, position, !box.checked)),
      );
      return element('label', 'wi-lifelines__item', {}, box, lifelines[position]?.title ?? '');
    });
    const all = element('button', 'wi-link wi-lifelines__all', { type: 'button' }, 'Show All');
    all.addEventListener('click', () => this.arrange({ ...this.arrangement, hidden: [] }));
    setHidden(all, shown.length === count);
    this.list.replaceChildren(...boxes, all);
    const controls = this.list.querySelectorAll<HTMLElement>('input, button');
    if (focused >= 0) {
      controls[Math.min(focused, count - 1)]?.focus();
    }
  }
}
