import { MAX_NOTE } from '../../core/annotations/annotation';
import { element, setHidden, setText } from '../base/dom';

export interface NoteRequest {
  /** What the note is about, for people. */
  readonly subject: string;
  readonly note: string;
  /** Pixels of the page: the row that it is about. */
  readonly beside: DOMRect | undefined;
  /** An empty text takes the note away. */
  readonly save: (text: string) => void;
}

/** A sheet of paper over the ladder, to write a note on. */
export class NoteEditor {
  readonly element: HTMLElement;
  private readonly title = element('label', 'wi-note__title', { for: 'wi-note-text' });
  private readonly text = element('textarea', 'wi-note__text', {
    id: 'wi-note-text',
    rows: '4',
    maxlength: String(MAX_NOTE),
    placeholder: 'What is worth knowing about this message',
    spellcheck: 'true',
  });
  private request: NoteRequest | undefined;

  constructor(private readonly leave: () => void) {
    const save = element('button', 'wi-button wi-button--primary', { type: 'submit' }, 'Save');
    const cancel = element('button', 'wi-button', { type: 'button' }, 'Cancel');
    cancel.addEventListener('click', () => this.close());
    const hint = element('span', 'wi-note__hint', {}, 'Ctrl+Enter saves');
    const form = element(
      'form',
      'wi-note',
      { role: 'dialog', 'aria-label': 'Note' },
      this.title,
      this.text,
      element('div', 'wi-note__actions', {}, hint, cancel, save),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.save();
    });
    form.addEventListener('keydown', (event) => this.onKey(event));
    setHidden(form, true);
    this.element = form;
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(request: NoteRequest): void {
    this.request = request;
    setText(this.title, request.subject);
    this.text.value = request.note;
    setHidden(this.element, false);
    this.place(request.beside);
    this.text.focus();
    this.text.setSelectionRange(request.note.length, request.note.length);
  }

  private save(): void {
    const { request } = this;
    this.close();
    request?.save(this.text.value.trim());
  }

  private close(): void {
    setHidden(this.element, true);
    this.request = undefined;
    this.leave();
  }

  /** Below the row, or above it where there is no room. */
  private place(beside: DOMRect | undefined): void {
    const { style } = this.element;
    const { width, height } = this.element.getBoundingClientRect();
    const left = beside === undefined ? 40 : beside.left + 60;
    const below = (beside?.bottom ?? 80) + 4;
    const top = below + height > window.innerHeight - 8 ? (beside?.top ?? 80) - height - 4 : below;
    style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`;
    style.top = `${Math.max(8, top)}px`;
  }

  private onKey(event: KeyboardEvent): void {
    // What is typed here is no key of the ladder or the view.
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      this.close();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.save();
    }
  }
}
