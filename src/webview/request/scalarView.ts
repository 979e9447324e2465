/** One line of the form: a name, its type, and what it takes. */
import { isEnumType } from '../../core/protocol/enums';
import { enumValues, type ScalarField } from '../../core/protocol/requestForm/formFields';
import type { FieldInput } from '../../core/protocol/requestForm/requestInput';
import { element } from '../base/dom';
import { Combobox } from './combobox';
import {
  controlId,
  FieldError,
  problemOf,
  type FieldHost,
  type FieldView,
  type ShownProblem,
} from './fieldView';

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  referenceId: 'made by the client',
  DateTime: '2026-01-31T09:30:00Z',
  bytes: 'Base64',
};

export class ScalarView implements FieldView {
  readonly element: HTMLElement;
  private readonly control: HTMLInputElement | HTMLSelectElement;
  private readonly error: FieldError;

  constructor(
    private readonly field: ScalarField,
    private readonly host: FieldHost,
  ) {
    const { box, control } = this.makeControl();
    this.control = control;
    this.error = new FieldError(control);
    const { name, type, isRequired, path } = field;
    const label = element(
      'label',
      'wi-field__label',
      { for: controlId(path) },
      element('span', 'wi-field__name', {}, name),
      element('span', 'wi-field__type', {}, type),
      ...(isRequired ? [element('span', 'wi-field__required', {}, 'required')] : []),
    );
    if (isRequired) {
      control.setAttribute('aria-required', 'true');
    }
    control.addEventListener('input', () => host.onChange());
    this.element = element(
      'div',
      'wi-field',
      { 'data-path': path },
      label,
      element('div', 'wi-field__control', {}, box, this.error.element),
    );
  }

  read(): FieldInput | undefined {
    const { value } = this.control;
    return value === '' ? undefined : value;
  }

  fill(input: FieldInput | undefined): void {
    const text = typeof input === 'string' ? input : '';
    if (this.control instanceof HTMLSelectElement && !hasOption(this.control, text)) {
      // A number that the catalogue has no name for is shown as it is.
      this.control.append(option(text, text));
    }
    this.control.value = text;
  }

  show(problems: readonly ShownProblem[]): void {
    this.error.set(problemOf(problems, this.field.path));
  }

  private makeControl(): {
    readonly box: HTMLElement;
    readonly control: HTMLInputElement | HTMLSelectElement;
  } {
    const { field, host } = this;
    const { path, type, name, known } = field;
    const id = controlId(path);
    if (isEnumType(type)) {
      const values = enumValues(type).map(([value, number]) =>
        option(value, `${value} (${number})`),
      );
      const control = element('select', 'wi-select', { id }, option('', 'not sent'), ...values);
      return { box: control, control };
    }
    if (type === 'bool') {
      const values = ['true', 'false'].map((value) => option(value, value));
      const control = element('select', 'wi-select', { id }, option('', 'not sent'), ...values);
      return { box: control, control };
    }
    const placeholder = PLACEHOLDERS[name] ?? PLACEHOLDERS[type] ?? '';
    if (known !== undefined) {
      const box = new Combobox({
        id,
        placeholder,
        choices: () => host.known(known),
        onChoose: () => host.onChange(),
      });
      return { box: box.element, control: box.input };
    }
    const control = element('input', 'wi-input', {
      id,
      type: 'text',
      placeholder,
      autocomplete: 'off',
      spellcheck: 'false',
      ...(type === 'int' && { inputmode: 'numeric' }),
    });
    return { box: control, control };
  }
}

function option(value: string, text: string): HTMLOptionElement {
  return element('option', '', { value }, text);
}

function hasOption(select: HTMLSelectElement, value: string): boolean {
  return [...select.options].some((each) => each.value === value);
}
