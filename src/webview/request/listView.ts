/** A key-value list: rows of key, type and value; a value may be a list again. */
import type { ListField } from '../../core/protocol/requestForm/formFields';
import { memberPath } from '../../core/protocol/jsonPath';
import {
  isRows,
  type FieldInput,
  type ListRow,
} from '../../core/protocol/requestForm/requestInput';
import { element, iconButton, plainButton } from '../base/dom';
import {
  controlId,
  FieldError,
  problemOf,
  type FieldHost,
  type FieldView,
  type ShownProblem,
} from './fieldView';

/** Lists in lists, which the form's input has a limit for. */
const MAX_DEPTH = 4;

export class ListView implements FieldView {
  readonly element: HTMLElement;
  private readonly rows: RowsEditor;

  constructor(
    private readonly field: ListField,
    host: FieldHost,
  ) {
    const { name, path } = field;
    this.rows = new RowsEditor(path, name, host, 1);
    const label = element(
      'div',
      'wi-field__label',
      { id: `${controlId(path)}-label` },
      element('span', 'wi-field__name', {}, name),
      element('span', 'wi-field__type', {}, 'KVList'),
    );
    const control = element('div', 'wi-field__control', {}, this.rows.element);
    this.element = element('div', 'wi-field', { 'data-path': path }, label, control);
  }

  read(): FieldInput | undefined {
    const rows = this.rows.read();
    return rows.length === 0 ? undefined : rows;
  }

  fill(input: FieldInput | undefined): void {
    this.rows.fill(isRows(input) ? input : []);
  }

  show(problems: readonly ShownProblem[]): void {
    this.rows.show(problems, this.field.path);
  }
}

class RowsEditor {
  readonly element: HTMLElement;
  private readonly body = element('div', 'wi-list__rows');
  private rows: readonly RowEditor[] = [];
  private made = 0;

  constructor(
    private readonly path: string,
    private readonly name: string,
    private readonly host: FieldHost,
    private readonly depth: number,
  ) {
    const add = iconButton('wi-list__add', 'add', 'Add Entry', () => {
      this.add({ key: '', type: 'text', text: '' }).focus();
      host.onChange();
    });
    add.setAttribute('aria-label', `Add Entry to ${name}`);
    this.element = element('div', 'wi-list', { role: 'group', 'aria-label': name }, this.body, add);
  }

  read(): readonly ListRow[] {
    return this.rows.map((row) => row.read());
  }

  fill(rows: readonly ListRow[]): void {
    this.rows = [];
    this.body.replaceChildren();
    rows.forEach((row) => this.add(row));
  }

  show(problems: readonly ShownProblem[], path: string): void {
    this.rows.forEach((row, index) => row.show(problems, memberPath(path, index)));
  }

  private add(filled: ListRow): RowEditor {
    const id = `${controlId(this.path)}-${this.depth}-${this.made++}`;
    const row = new RowEditor(id, this.name, this.host, this.depth, () => this.remove(row));
    row.fill(filled);
    this.rows = [...this.rows, row];
    this.body.append(row.element);
    return row;
  }

  private remove(row: RowEditor): void {
    const at = this.rows.indexOf(row);
    this.rows = this.rows.filter((each) => each !== row);
    row.element.remove();
    const next = this.rows[Math.min(at, this.rows.length - 1)];
    if (next === undefined) {
      this.element.querySelector<HTMLElement>(':scope > .wi-list__add')?.focus();
    } else {
      next.focus();
    }
    this.host.onChange();
  }
}

class RowEditor {
  readonly element: HTMLElement;
  private readonly key: HTMLInputElement;
  private readonly type: HTMLSelectElement;
  private readonly text: HTMLInputElement;
  private readonly place = element('div', 'wi-list__nested');
  private readonly error: FieldError;
  private nested: RowsEditor | undefined;

  constructor(
    private readonly id: string,
    private readonly name: string,
    private readonly host: FieldHost,
    private readonly depth: number,
    remove: () => void,
  ) {
    const text = { type: 'text', autocomplete: 'off', spellcheck: 'false' };
    this.key = element('input', 'wi-input wi-list__key', {
      ...text,
      id: `${id}-key`,
      placeholder: 'key',
      'aria-label': `Key of an entry of ${name}`,
    });
    const types = depth < MAX_DEPTH ? ['text', 'int', 'list'] : ['text', 'int'];
    this.type = element(
      'select',
      'wi-select wi-list__type',
      { 'aria-label': 'Type of the value' },
      ...types.map((type) => element('option', '', { value: type }, type)),
    );
    this.text = element('input', 'wi-input wi-list__text', {
      ...text,
      placeholder: 'value',
      'aria-label': 'Value',
    });
    const removing = plainButton('wi-list__remove', 'close', 'Remove this entry', remove);
    this.error = new FieldError(this.key);
    for (const control of [this.key, this.text]) {
      control.addEventListener('input', () => host.onChange());
    }
    this.type.addEventListener('change', () => {
      this.adapt();
      host.onChange();
    });
    this.element = element(
      'div',
      'wi-list__row',
      {},
      this.key,
      this.type,
      this.text,
      removing,
      this.error.element,
      this.place,
    );
  }

  focus(): void {
    this.key.focus();
  }

  read(): ListRow {
    const key = this.key.value;
    const type = this.type.value;
    return this.nested !== undefined && type === 'list'
      ? { key, type, rows: this.nested.read() }
      : { key, type: type === 'int' ? 'int' : 'text', text: this.text.value };
  }

  fill(row: ListRow): void {
    this.key.value = row.key;
    this.type.value = row.type;
    this.text.value = row.type === 'list' ? '' : row.text;
    this.adapt();
    if (row.type === 'list') {
      this.nested?.fill(row.rows);
    }
  }

  show(problems: readonly ShownProblem[], path: string): void {
    this.error.set(problemOf(problems, path));
    this.nested?.show(problems, path);
  }

  /** A list has rows in place of a text. */
  private adapt(): void {
    const isList = this.type.value === 'list';
    this.text.hidden = isList;
    if (isList && this.nested === undefined) {
      const { id, name, host, depth } = this;
      this.nested = new RowsEditor(id, `a list in ${name}`, host, depth + 1);
      this.place.replaceChildren(this.nested.element);
    }
    this.place.hidden = !isList;
  }
}
