/** What every field of the form is to the form around it. */
import type { FormProblem } from '../../core/protocol/requestForm/readForm';
import type { FieldInput } from '../../core/protocol/requestForm/requestInput';
import type { Choice } from './combobox';
import type { KnownThing } from '../../core/protocol/requestForm/formFields';
import type { Workbin } from '../../core/protocol/workbin';
import { element, setAttribute } from '../base/dom';

/** Something to be put right, or (a warning) to be thought of: what is warned of can be sent. */
export interface ShownProblem extends FormProblem {
  readonly isWarning?: boolean;
}

/** What fields ask of the form. */
export interface FieldHost {
  /** Names that the session knows. */
  readonly known: (thing: KnownThing) => readonly Choice[];
  readonly workbins: () => readonly Workbin[];
  /** Something was typed or chosen. */
  readonly onChange: () => void;
}

export interface FieldView {
  readonly element: HTMLElement;
  /** Undefined where nothing is filled in. */
  read(): FieldInput | undefined;
  /** Replaces what is filled in. */
  fill(input: FieldInput | undefined): void;
  /** Shows those problems that are its own, and takes away the others. */
  show(problems: readonly ShownProblem[]): void;
}

/** The id of a field's control: its path, in letters that an id may have. */
export function controlId(path: string): string {
  return `field${path.replaceAll(/[^\w]+/g, '-')}`;
}

/** A line under a control that says what is wrong with it. */
export class FieldError {
  readonly element: HTMLElement;

  constructor(private readonly control: HTMLElement) {
    const id = `${control.id}-error`;
    this.element = element('p', 'wi-field__error', { id });
    this.element.hidden = true;
  }

  set(problem: ShownProblem | undefined): void {
    const { text, isWarning = false } = problem ?? {};
    this.element.textContent = text ?? '';
    this.element.hidden = text === undefined;
    this.element.classList.toggle('wi-field__error--warning', isWarning);
    setAttribute(
      this.control,
      'aria-invalid',
      text === undefined || isWarning ? undefined : 'true',
    );
    setAttribute(
      this.control,
      'aria-describedby',
      text === undefined ? undefined : this.element.id,
    );
  }
}

/** The problem of exactly this path. */
export function problemOf(
  problems: readonly ShownProblem[],
  path: string,
): ShownProblem | undefined {
  return problems.find((problem) => problem.path === path);
}
