import type { FindState } from '../../bridge/traceView';
import { element, plainButton, setAttribute, setHidden, setText } from '../base/dom';
import { formatCount } from '../base/format';

export interface FindBarActions {
  /** The text has changed. */
  find(text: string): void;
  next(step: 1 | -1): void;
  clearFilter(): void;
  close(): void;
}

/** A longer text is not looked for. */
const MAX_TEXT = 1000;

/** The line in which text is looked for, over the corner of the ladder. */
export class FindBar {
  readonly element: HTMLElement;
  private readonly input = element('input', 'wi-find__input', {
    type: 'text',
    'aria-label': 'Find in all messages',
    placeholder: 'Find in names and bodies',
    maxlength: String(MAX_TEXT),
    autocomplete: 'off',
    spellcheck: 'false',
  });
  private readonly count = element('span', 'wi-find__count', { role: 'status' });
  private readonly track = element('div', 'wi-find__track', {
    role: 'progressbar',
    'aria-label': 'Finding',
    'aria-valuemin': '0',
    'aria-valuemax': '100',
  });
  private readonly bar = element('div', 'wi-progress__bar');
  private readonly hidden: HTMLElement;

  constructor(private readonly actions: FindBarActions) {
    const clear = element('button', 'wi-link', { type: 'button' }, 'Clear Filter');
    clear.addEventListener('click', () => actions.clearFilter());
    const note = element('span', '', {}, 'The filter hides this message. ');
    this.hidden = element('p', 'wi-find__hidden', { role: 'status' }, note, clear);
    const line = element(
      'div',
      'wi-find__line',
      {},
      this.input,
      this.count,
      plainButton('', 'arrowUp', 'Previous Hit (Shift+Enter)', () => actions.next(-1)),
      plainButton('', 'arrowDown', 'Next Hit (Enter)', () => actions.next(1)),
      plainButton('', 'close', 'Close (Escape)', () => actions.close()),
    );
    this.track.append(this.bar);
    this.element = element(
      'div',
      'wi-find',
      { role: 'search', 'aria-label': 'Find' },
      line,
      this.hidden,
      this.track,
    );
    this.input.addEventListener('input', () => actions.find(this.input.value));
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.showHidden(false);
  }

  get text(): string {
    return this.input.value;
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  showHidden(hidden: boolean): void {
    setHidden(this.hidden, !hidden);
  }

  /** `position`: which of the hits is shown, from 0. */
  update(find: FindState | undefined, position: number | undefined): void {
    setText(this.count, find === undefined ? '' : countText(find, position));
    const searching = find?.searching;
    setHidden(this.track, searching === undefined);
    const percent = Math.round((searching ?? 0) * 100);
    setAttribute(this.track, 'aria-valuenow', String(percent));
    this.bar.style.transform = `scaleX(${percent / 100})`;
    const nothing = find !== undefined && find.hits === 0 && searching === undefined;
    this.element.classList.toggle('wi-find--nothing', nothing);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      this.actions.close();
    } else if (event.key === 'Enter' && event.target === this.input) {
      this.actions.next(event.shiftKey ? -1 : 1);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

function countText({ hits, searching }: FindState, position: number | undefined): string {
  const more = searching === undefined ? '' : '+';
  if (hits === 0) {
    return searching === undefined ? 'No hits' : 'Searching…';
  }
  const all = `${formatCount(hits)}${more}`;
  return position === undefined
    ? `${all} hit${hits === 1 ? '' : 's'}`
    : `${formatCount(position + 1)} of ${all}`;
}
