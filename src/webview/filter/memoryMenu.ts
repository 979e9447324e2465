import type { FilterMemory } from '../../bridge/traceView';
import { element, plainButton, setHidden } from '../base/dom';

/** A longer name is not kept. */
const MAX_NAME = 100;

export interface MemoryActions {
  /** A filter of the past was chosen. */
  use(filter: string): void;
  /** Keeps the filter in the line under a name. */
  keep(name: string): void;
  forget(name: string): void;
  /** The menu was closed by keyboard. */
  leave(): void;
}

/** Filters that were kept under a name, those used lately, and a line to keep the present one. */
export class MemoryMenu {
  readonly element = element('div', 'wi-menu', {
    role: 'dialog',
    'aria-label': 'Saved and recent filters',
  });
  private readonly name = element('input', 'wi-menu__name', {
    type: 'text',
    placeholder: 'Name for this filter',
    'aria-label': 'Name for this filter',
    maxlength: String(MAX_NAME),
    autocomplete: 'off',
  });
  private readonly form: HTMLFormElement;
  private readonly lists = element('div', 'wi-menu__lists');

  constructor(private readonly actions: MemoryActions) {
    const save = element('button', 'wi-button wi-button--primary', { type: 'submit' }, 'Save');
    this.form = element('form', 'wi-menu__form', {}, this.name, save);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      const name = this.name.value.trim();
      if (name !== '') {
        actions.keep(name);
      }
    });
    this.element.append(this.form, this.lists);
    this.element.hidden = true;
    this.element.addEventListener('keydown', (event) => this.onKey(event));
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** Shows what is remembered. `filter` is what stands in the line; only one that says something can be kept. */
  open(memory: FilterMemory, filter: string, focus: 'name' | 'list'): void {
    setHidden(this.element, false);
    setHidden(this.form, filter === '');
    this.name.value = memory.saved.find((saved) => saved.filter === filter)?.name ?? '';
    this.update(memory);
    const first = this.lists.querySelector<HTMLElement>('button');
    const target = focus === 'name' && filter !== '' ? this.name : (first ?? this.name);
    target.focus();
    this.name.select();
  }

  update({ saved, history }: FilterMemory): void {
    const kept = saved.map(({ name, filter }) =>
      element(
        'li',
        'wi-menu__item',
        {},
        this.createChoice(filter, name),
        plainButton('wi-menu__forget', 'close', `Forget ${name}`, () => this.actions.forget(name)),
      ),
    );
    const recent = history.map((filter) =>
      element('li', 'wi-menu__item', {}, this.createChoice(filter)),
    );
    const none = 'Filters that you use or save appear here.';
    this.lists.replaceChildren(
      ...createList('Saved', kept),
      ...createList('Recent', recent),
      ...(kept.length + recent.length === 0 ? [element('p', 'wi-menu__none', {}, none)] : []),
    );
  }

  close(): void {
    setHidden(this.element, true);
  }

  private createChoice(filter: string, name?: string): HTMLElement {
    const text = element('span', 'wi-menu__filter', {}, filter);
    const choice = element('button', 'wi-menu__choice', { type: 'button', title: filter });
    choice.append(...(name === undefined ? [] : [element('span', '', {}, name)]), text);
    choice.addEventListener('click', () => this.actions.use(filter));
    return choice;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.actions.leave();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const all = [...this.element.querySelectorAll<HTMLElement>('.wi-menu__choice')];
      const at = all.findIndex((choice) => choice === document.activeElement);
      all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
    }
  }
}

function createList(title: string, items: readonly HTMLElement[]): readonly HTMLElement[] {
  return items.length === 0
    ? []
    : [
        element('h2', 'wi-menu__title', {}, title),
        element('ul', 'wi-menu__list', { 'aria-label': `${title} filters` }, ...items),
      ];
}
