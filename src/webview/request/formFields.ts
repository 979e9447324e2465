/** The fields of the chosen request. */
import type { FormState } from '../../bridge/requestForm';
import { assertNever } from '../../core/base/assert';
import type { MessageType } from '../../core/protocol/catalogue';
import type { Dialect } from '../../core/protocol/decoder';
import type { FormField } from '../../core/protocol/requestForm/formFields';
import type { RequestInput } from '../../core/protocol/requestForm/requestInput';
import { sendableFields, sendingOf } from '../../core/protocol/requestForm/sending';
import { element } from '../base/dom';
import type { FieldHost, FieldView, ShownProblem } from './fieldView';
import { GroupView } from './groupView';
import { ListView } from './listView';
import { aboutRequest } from './requestChoice';
import { ScalarView } from './scalarView';

export interface FormFieldsParts {
  readonly state: () => FormState | undefined;
  readonly onChange: () => void;
}

export class FormFields {
  readonly element = element('div', 'wi-request__fields');
  private readonly host: FieldHost;
  private views: readonly (readonly [name: string, view: FieldView])[] = [];
  /** Fields that were left since something was typed into them. */
  private readonly touched = new Set<string>();
  /** False where the connection cannot carry the request. */
  isSendable = false;

  constructor(parts: FormFieldsParts) {
    this.host = {
      known: (thing) => (parts.state()?.known[thing] ?? []).map((value) => ({ value })),
      workbins: () => parts.state()?.workbins ?? [],
      onChange: parts.onChange,
    };
    this.element.addEventListener('change', (event) => {
      const field = (event.target as Element).closest('[data-path]');
      this.touched.add(field?.getAttribute('data-path') ?? '');
      parts.onChange();
    });
  }

  show(type: MessageType, dialect: Dialect, input: RequestInput): void {
    const sending = sendingOf(dialect, type.name);
    this.isSendable = sending.kind !== 'impossible';
    this.touched.clear();
    this.views = sendableFields(type, sending).map((field) => [field.name, this.make(field)]);
    this.views.forEach(([name, view]) =>
      view.fill(Object.hasOwn(input, name) ? input[name] : undefined),
    );
    const about =
      sending.kind === 'impossible' ? [sending.reason] : [...aboutRequest(type, sending)];
    const nothing =
      this.isSendable && this.views.length === 0 ? ['It has nothing to fill in.'] : [];
    this.element.replaceChildren(
      element(
        'p',
        this.isSendable ? 'wi-request__about' : 'wi-request__about wi-request__about--refused',
        {},
        [...about, ...nothing].join(' '),
      ),
      ...this.views.map(([, view]) => view.element),
    );
  }

  /** Names of the fields that are shown. */
  get names(): readonly string[] {
    return this.views.map(([name]) => name);
  }

  /** What the shown fields hold. */
  read(): RequestInput {
    const entries = this.views.flatMap(([name, view]) => {
      const input = view.read();
      return input === undefined ? [] : [[name, input] as const];
    });
    return Object.fromEntries(entries);
  }

  /** `all`: also those of fields that nobody has been at yet. */
  showProblems(problems: readonly ShownProblem[], all: boolean): void {
    const shown = all
      ? problems
      : problems.filter(({ path }) => [...this.touched].some((each) => isWithin(path, each)));
    this.views.forEach(([, view]) => view.show(shown));
  }

  focusProblem(): void {
    this.element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  private make(field: FormField): FieldView {
    switch (field.kind) {
      case 'scalar':
        return new ScalarView(field, this.host);
      case 'list':
        return new ListView(field, this.host);
      case 'group':
        return new GroupView(field, this.host, (inner) => this.make(inner));
      default:
        return assertNever(field);
    }
  }
}

function isWithin(path: string, field: string): boolean {
  return path === field || (field !== '' && path.startsWith(`${field}[`));
}
