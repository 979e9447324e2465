/** A text field with a list to choose from: filters as one types, complete by keyboard, its list drawn by us. */
import { element } from '../base/dom';
import { createIcon } from '../base/icons';

export interface Choice {
  /** What is put into the field. */
  readonly value: string;
  /** Paler, behind the value. */
  readonly note?: string;
  /** Why it cannot be chosen; shown in place of the note. */
  readonly refused?: string;
}

export interface ComboboxOptions {
  readonly id: string;
  /** Read out; where there is no label element. */
  readonly label?: string;
  readonly placeholder?: string;
  /** Asked each time the list opens. */
  readonly choices: () => readonly Choice[];
  /** True where only a value of the list counts. */
  readonly isClosed?: boolean;
  /** The value has changed by typing. */
  readonly onInput?: () => void;
  readonly onChoose?: (value: string) => void;
}

/** Rows that are drawn: nobody reads more, typing makes them fewer. */
const MAX_SHOWN = 100;

export class Combobox {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private shown: readonly Choice[] = [];
  private active = -1;
  /** What stood there when the list opened: a closed one goes back to it. */
  private before = '';

  constructor(private readonly options: ComboboxOptions) {
    const { id, label, placeholder = '' } = options;
    this.input = element('input', 'wi-input', {
      id,
      type: 'text',
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': `${id}-list`,
      autocomplete: 'off',
      spellcheck: 'false',
      placeholder,
      ...(label !== undefined && { 'aria-label': label }),
    });
    this.list = element('div', 'wi-choices', { id: `${id}-list`, role: 'listbox' });
    this.list.hidden = true;
    this.element = element(
      'div',
      'wi-combobox',
      {},
      this.input,
      createIcon('chevronDown'),
      this.list,
    );
    this.input.addEventListener('input', () => {
      this.open(this.input.value);
      options.onInput?.();
    });
    this.input.addEventListener('click', () => this.open(''));
    this.input.addEventListener('keydown', (event) => this.onKey(event));
    this.input.addEventListener('blur', () => this.close(true));
    // The field keeps the focus while the mouse is on the list.
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const row = (event.target as Element).closest('[data-index]');
      if (row instanceof HTMLElement) {
        this.choose(Number(row.dataset['index']));
      }
    });
  }

  get value(): string {
    return this.input.value;
  }

  set value(value: string) {
    this.input.value = value;
  }

  private get isOpen(): boolean {
    return !this.list.hidden;
  }

  private onKey(event: KeyboardEvent): void {
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        if (this.isOpen) {
          this.move(event.key === 'ArrowDown' ? 1 : -1);
        } else {
          this.open('');
        }
        break;
      case 'Enter':
        if (!this.isOpen || this.active < 0) {
          return;
        }
        this.choose(this.active);
        break;
      case 'Escape':
        if (!this.isOpen) {
          return;
        }
        this.close(true);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private open(filter: string): void {
    if (!this.isOpen) {
      this.before = this.value;
    }
    const words = filter.toLowerCase().split(/\s+/);
    const matches = this.options.choices().filter(({ value, note = '' }) => {
      const text = `${value} ${note}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    this.shown = matches.slice(0, MAX_SHOWN);
    const rows = this.shown.map((choice, index) => this.row(choice, index));
    const more = matches.length - this.shown.length;
    if (more > 0) {
      rows.push(element('div', 'wi-choices__none', {}, `${more} more: type to find them`));
    } else if (rows.length === 0 && this.options.isClosed === true) {
      rows.push(element('div', 'wi-choices__none', {}, 'Nothing has this name'));
    }
    this.list.replaceChildren(...rows);
    this.list.hidden = rows.length === 0;
    this.input.setAttribute('aria-expanded', String(this.isOpen));
    const current = this.shown.findIndex(({ value }) => value === this.value);
    this.activate(filter !== '' && this.options.isClosed === true ? 0 : current);
  }

  private row({ value, note = '', refused }: Choice, index: number): HTMLElement {
    const isRefused = refused !== undefined;
    return element(
      'div',
      'wi-choice',
      {
        id: `${this.options.id}-${index}`,
        role: 'option',
        'data-index': String(index),
        'aria-selected': 'false',
        ...(isRefused && { 'aria-disabled': 'true', title: refused }),
      },
      element('span', 'wi-choice__value', {}, value),
      element('span', 'wi-choice__note', {}, isRefused ? 'not with this server' : note),
    );
  }

  private move(step: 1 | -1): void {
    const count = this.shown.length;
    if (count > 0) {
      this.activate((this.active + step + count + (this.active < 0 && step < 0 ? 1 : 0)) % count);
    }
  }

  private activate(index: number): void {
    this.list.querySelector('[aria-selected="true"]')?.setAttribute('aria-selected', 'false');
    this.active = index < this.shown.length ? index : -1;
    const row = this.list.querySelector(`[data-index="${this.active}"]`);
    row?.setAttribute('aria-selected', 'true');
    row?.scrollIntoView({ block: 'nearest' });
    if (row === null) {
      this.input.removeAttribute('aria-activedescendant');
    } else {
      this.input.setAttribute('aria-activedescendant', row.id);
    }
  }

  private choose(index: number): void {
    const choice = this.shown[index];
    if (choice === undefined || choice.refused !== undefined) {
      return;
    }
    this.value = choice.value;
    this.before = choice.value;
    this.close(false);
    this.options.onChoose?.(choice.value);
  }

  private close(isUndone: boolean): void {
    if (!this.isOpen) {
      return;
    }
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
    if (isUndone && this.options.isClosed === true) {
      this.value = this.before;
    }
  }
}
