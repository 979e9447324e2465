import type { FilterProblem } from '../../core/filter/query';
import { element, setAttribute, setHidden, setText } from '../base/dom';

/** A longer line is no filter. */
const MAX_LENGTH = 2000;

/**
 * The line in which a filter is written. What is wrong with it is underlined in a copy of the text that stands
 * behind the line, and told below by {@link FilterLine.problem}.
 */
export class FilterLine {
  readonly element: HTMLElement;
  readonly input = element('input', 'wi-filter__input', {
    type: 'text',
    role: 'combobox',
    'aria-label': 'Filter',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-haspopup': 'listbox',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    maxlength: String(MAX_LENGTH),
    placeholder: 'Filter: outcome:failed, or workbin:Drafts* and latency:>200ms',
  });
  /** Says what is wrong, below the line. */
  readonly problem = element('p', 'wi-filter__problem', { id: 'wi-filter-problem', role: 'alert' });
  private readonly mirror = element('div', 'wi-filter__mirror', { 'aria-hidden': 'true' });
  private readonly mirrorText = element('div', 'wi-filter__mirror-text');

  constructor() {
    this.mirror.append(this.mirrorText);
    this.element = element('div', 'wi-filter__line', {}, this.mirror, this.input);
    // The caret moves the text sideways, and not every browser tells of that as scrolling.
    document.addEventListener('selectionchange', () => {
      if (document.activeElement === this.input && !this.mirror.hidden) {
        requestAnimationFrame(() => this.follow());
      }
    });
    this.input.addEventListener('scroll', () => this.follow());
    this.input.addEventListener('blur', () => requestAnimationFrame(() => this.follow()));
    this.show(undefined);
  }

  get text(): string {
    return this.input.value;
  }

  /** True while it says what is wrong with the line. */
  get isWrong(): boolean {
    return !this.problem.hidden;
  }

  get caret(): number {
    return this.input.selectionEnd ?? this.input.value.length;
  }

  /** Replaces the line; the caret goes to `caret`, or to the end. */
  set(text: string, caret: number = text.length): void {
    if (this.input.value !== text) {
      this.input.value = text;
    }
    if (document.activeElement === this.input) {
      this.input.setSelectionRange(caret, caret);
    }
  }

  /** Shows what is wrong with the line, and where; undefined when it is right. */
  show(problem: FilterProblem | undefined): void {
    setAttribute(this.input, 'aria-invalid', problem === undefined ? undefined : 'true');
    setAttribute(this.input, 'aria-describedby', problem && this.problem.id);
    setHidden(this.problem, problem === undefined);
    setText(this.problem, problem?.text ?? '');
    setHidden(this.mirror, problem === undefined);
    if (problem !== undefined) {
      const { text } = this;
      const at = Math.min(problem.at, text.length);
      const end = Math.min(at + problem.length, text.length);
      const concerned = text.slice(at, end);
      const kind = concerned === '' ? 'place' : 'span';
      this.mirrorText.replaceChildren(
        text.slice(0, at),
        element('span', `wi-filter__wrong wi-filter__wrong--${kind}`, {}, concerned),
        text.slice(end),
      );
      this.follow();
    }
  }

  private follow(): void {
    this.mirrorText.style.transform = `translateX(${-this.input.scrollLeft}px)`;
  }
}
