import { element, iconButton, setHidden, setText } from '../base/dom';
import { formatQuantity } from '../base/format';
import { createIcon } from '../base/icons';

/** What is wrong with the file: the first sentence, and the others on demand. */
export class ProblemBanner {
  readonly element: HTMLElement;
  private readonly first = element('span', 'wi-banner__text');
  private readonly list = element('ul', 'wi-banner__list');
  private readonly more = element('button', 'wi-link', { type: 'button' });
  private shown: readonly string[] = [];
  private expanded = false;

  constructor() {
    this.more.addEventListener('click', () => {
      this.expanded = !this.expanded;
      this.render();
    });
    this.element = element(
      'div',
      'wi-banner wi-banner--warning',
      { role: 'status' },
      createIcon('warning'),
      this.first,
      this.more,
      this.list,
    );
    this.element.hidden = true;
  }

  update(problems: readonly string[]): void {
    const same =
      problems.length === this.shown.length && problems.every((text, i) => text === this.shown[i]);
    if (!same) {
      this.shown = problems;
      this.render();
    }
  }

  private render(): void {
    const [first, ...others] = this.shown;
    setHidden(this.element, first === undefined);
    setText(this.first, first ?? '');
    setHidden(this.more, others.length === 0);
    const showMore = formatQuantity(others.length, 'more problem');
    setText(this.more, this.expanded ? 'Show Less' : showMore);
    this.more.setAttribute('aria-expanded', String(this.expanded));
    setHidden(this.list, !this.expanded);
    const items = this.expanded ? others.map((text) => element('li', '', {}, text)) : [];
    this.list.replaceChildren(...items);
  }
}

/** What could not be done just now, with a way to try again where there is one. */
export class ErrorNotice {
  readonly element: HTMLElement;
  private readonly text = element('span', 'wi-banner__text');
  private readonly retry: HTMLButtonElement;
  private readonly close: HTMLButtonElement;
  private again: (() => void) | undefined;

  constructor() {
    this.retry = iconButton('', 'play', 'Try Again', () => {
      const { again } = this;
      this.hide();
      again?.();
    });
    this.close = iconButton('', 'close', 'Dismiss', () => this.hide());
    this.element = element(
      'div',
      'wi-banner wi-banner--error',
      { role: 'alert' },
      createIcon('error'),
      this.text,
      this.retry,
      this.close,
    );
    this.element.hidden = true;
  }

  show(text: string, again?: () => void): void {
    this.again = again;
    setText(this.text, text);
    setHidden(this.retry, again === undefined);
    setHidden(this.element, false);
  }

  hide(): void {
    setHidden(this.element, true);
  }
}
