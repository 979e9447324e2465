import type { Completion, Completions } from '../../core/filter/query';
import { element, setAttribute, setHidden } from '../base/dom';

/** Ways to go on with the filter, below its line. The line keeps the focus; the list is steered from there. */
export class CompletionList {
  readonly element = element('div', 'wi-completions', {
    id: 'wi-completions',
    role: 'listbox',
    'aria-label': 'Ways to go on',
  });
  private shown: Completions | undefined;
  private active = -1;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly onAccept: (completion: Completion, of: Completions) => void,
  ) {
    this.element.hidden = true;
    // Pressing must not take the focus from the line.
    this.element.addEventListener('mousedown', (event) => {
      event.preventDefault();
      const option = event.target instanceof Element ? event.target.closest('[role=option]') : null;
      if (option !== null) {
        this.accept(Number(option.id.split('-').at(-1)));
      }
    });
  }

  get isOpen(): boolean {
    return this.shown !== undefined;
  }

  /** True when the reader has gone to one of the ways. */
  get hasActive(): boolean {
    return this.active >= 0;
  }

  /** `choose` goes to the first at once. Without any, the list closes. */
  open(completions: Completions, choose: boolean): void {
    if (completions.items.length === 0) {
      this.close();
      return;
    }
    this.shown = completions;
    this.element.replaceChildren(...completions.items.map(createOption));
    setHidden(this.element, false);
    setAttribute(this.input, 'aria-expanded', 'true');
    setAttribute(this.input, 'aria-controls', this.element.id);
    this.activate(choose ? 0 : -1);
  }

  close(): void {
    this.shown = undefined;
    this.active = -1;
    setHidden(this.element, true);
    setAttribute(this.input, 'aria-expanded', 'false');
    setAttribute(this.input, 'aria-activedescendant', undefined);
  }

  /** Goes on by some ways, round at the ends. */
  move(step: number): void {
    const count = this.shown?.items.length ?? 0;
    if (count > 0) {
      const from = this.active < 0 && step < 0 ? 0 : this.active;
      this.activate((from + step + count) % count);
    }
  }

  /** Takes the way that the reader went to, or else the first. */
  accept(index: number = Math.max(0, this.active)): void {
    const { shown } = this;
    const completion = shown?.items[index];
    if (shown !== undefined && completion !== undefined) {
      this.close();
      this.onAccept(completion, shown);
    }
  }

  private activate(index: number): void {
    this.active = index;
    for (const [at, option] of [...this.element.children].entries()) {
      setAttribute(option, 'aria-selected', String(at === index));
    }
    const option = this.element.children[index];
    setAttribute(this.input, 'aria-activedescendant', option?.id);
    option?.scrollIntoView({ block: 'nearest' });
  }
}

function createOption({ text, detail, kind }: Completion, index: number): HTMLElement {
  return element(
    'div',
    `wi-completion wi-completion--${kind}`,
    { role: 'option', id: `wi-completion-${index}`, 'aria-selected': 'false' },
    element('span', 'wi-completion__text', {}, text),
    element('span', 'wi-completion__detail', {}, detail),
  );
}
