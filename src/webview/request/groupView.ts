/** A compound attribute: its fields under a heading that folds. */
import type { GroupField } from '../../core/protocol/requestForm/formFields';
import {
  isGroup,
  type FieldInput,
  type RequestInput,
} from '../../core/protocol/requestForm/requestInput';
import { INFO_FIELDS, workbinName } from '../../core/protocol/workbin';
import { element, setHidden } from '../base/dom';
import { createIcon, setIcon } from '../base/icons';
import { Combobox } from './combobox';
import { controlId, type FieldHost, type FieldView, type ShownProblem } from './fieldView';

export class GroupView implements FieldView {
  readonly element: HTMLElement;
  private readonly heading: HTMLButtonElement;
  private readonly body: HTMLElement;
  private readonly icon = createIcon('chevronRight');
  private readonly views: readonly (readonly [name: string, view: FieldView])[];
  private readonly chooser: Combobox | undefined;

  /** `make` makes the view of a field, of whatever kind. */
  constructor(
    private readonly field: GroupField,
    private readonly host: FieldHost,
    make: (field: GroupField['fields'][number]) => FieldView,
  ) {
    const { name, type, path, fields } = field;
    const id = controlId(path);
    this.views = fields.map((each) => [each.name, make(each)]);
    this.chooser = type === 'WorkbinInfo' ? this.workbinChooser() : undefined;
    this.heading = element(
      'button',
      'wi-group__heading',
      { type: 'button', 'aria-expanded': 'false', 'aria-controls': `${id}-body` },
      this.icon,
      element('span', 'wi-field__name', {}, name),
      element('span', 'wi-field__type', {}, type),
    );
    this.heading.addEventListener('click', () => this.unfold(this.body.hidden !== false));
    this.body = element(
      'div',
      'wi-group__body',
      { id: `${id}-body`, role: 'group', 'aria-label': name },
      ...(this.chooser === undefined ? [] : [chooserField(this.chooser, path)]),
      ...this.views.map(([, view]) => view.element),
    );
    this.element = element('div', 'wi-group', { 'data-path': path }, this.heading, this.body);
    // Once a field is written by hand, the workbin is another than the one that was chosen.
    this.body.addEventListener('input', ({ target }) => {
      if (this.chooser !== undefined && target !== this.chooser.input) {
        this.chooser.value = '';
      }
    });
    this.unfold(type === 'WorkbinInfo');
  }

  read(): FieldInput | undefined {
    const entries = this.views.flatMap(([name, view]) => {
      const input = view.read();
      return input === undefined ? [] : [[name, input] as const];
    });
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }

  fill(input: FieldInput | undefined): void {
    const group: RequestInput = isGroup(input) ? input : {};
    for (const [name, view] of this.views) {
      view.fill(Object.hasOwn(group, name) ? group[name] : undefined);
    }
    if (this.chooser !== undefined) {
      this.chooser.value = '';
    }
    this.unfold(this.field.type === 'WorkbinInfo' || Object.keys(group).length > 0);
  }

  show(problems: readonly ShownProblem[]): void {
    this.views.forEach(([, view]) => view.show(problems));
    if (problems.some(({ path }) => path.startsWith(`${this.field.path}.`))) {
      this.unfold(true);
    }
  }

  private unfold(isOpen: boolean): void {
    setHidden(this.body, !isOpen);
    this.heading.setAttribute('aria-expanded', String(isOpen));
    setIcon(this.icon, isOpen ? 'chevronDown' : 'chevronRight');
  }

  /** Fills in type and owner of a workbin that the server listed. */
  private workbinChooser(): Combobox {
    return new Combobox({
      id: `${controlId(this.field.path)}-known`,
      placeholder: 'choose one that the server lists',
      isClosed: true,
      choices: () =>
        this.host
          .workbins()
          .map((workbin) => ({ value: workbinName(workbin), note: workbin.ownerKind })),
      onChoose: (value) => {
        const workbin = this.host.workbins().find((each) => workbinName(each) === value);
        if (workbin !== undefined) {
          const { type, owner } = INFO_FIELDS;
          const filled = { [type]: workbin.type, [owner[workbin.ownerKind]]: workbin.owner };
          this.views.forEach(([name, view]) => view.fill(filled[name]));
          this.host.onChange();
        }
      },
    });
  }
}

function chooserField(chooser: Combobox, path: string): HTMLElement {
  const label = element(
    'label',
    'wi-field__label',
    { for: `${controlId(path)}-known` },
    element('span', 'wi-field__name wi-field__name--ours', {}, 'Known workbin'),
  );
  const control = element('div', 'wi-field__control', {}, chooser.element);
  return element('div', 'wi-field', {}, label, control);
}
