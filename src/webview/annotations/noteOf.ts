import type { LadderRow, MessageRow } from '../../core/ladder/rows';
import { element, plainButton, setHidden, setText } from '../base/dom';

/** The note of the selected message, above its details. */
export class NoteOf {
  readonly element: HTMLElement;
  private readonly text = element('p', 'wi-details__note-text');
  private row: MessageRow | undefined;

  constructor(edit: (row: MessageRow) => void) {
    const button = plainButton('', 'note', 'Edit Note (N)', () => {
      if (this.row !== undefined) {
        edit(this.row);
      }
    });
    this.element = element(
      'section',
      'wi-details__note-of',
      { 'aria-label': 'Note' },
      this.text,
      button,
    );
    this.show(undefined);
  }

  /** Shows the note of a row; nothing where there is none. */
  show(row: LadderRow | undefined): void {
    this.row = row?.kind === 'message' && row.note !== undefined ? row : undefined;
    setHidden(this.element, this.row === undefined);
    setText(this.text, this.row?.note ?? '');
  }
}
