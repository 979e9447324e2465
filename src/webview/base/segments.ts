import { element } from './dom';

/** One of a few ways, of which exactly one is on. */
export interface Segment<T extends string> {
  readonly value: T;
  readonly word: string;
  readonly hint: string;
}

/** A choice between few ways, side by side: radio buttons in one frame. */
export class Segments<T extends string> {
  readonly element: HTMLElement;
  private readonly inputs = new Map<T, HTMLInputElement>();

  /** `name` must be unlike that of any other choice on the page. */
  constructor(
    name: string,
    label: string,
    segments: readonly Segment<T>[],
    onChoose: (value: T) => void,
  ) {
    this.element = element('div', 'wi-segments', { role: 'radiogroup', 'aria-label': label });
    for (const { value, word, hint } of segments) {
      const input = element('input', 'wi-segments__input', { type: 'radio', name: `wi-${name}` });
      input.addEventListener('change', () => onChoose(value));
      this.inputs.set(value, input);
      this.element.append(
        element(
          'label',
          'wi-segments__segment',
          { title: hint },
          input,
          element('span', 'wi-segments__word', {}, word),
        ),
      );
    }
  }

  set(value: T): void {
    const input = this.inputs.get(value);
    if (input !== undefined) {
      input.checked = true;
    }
  }
}
