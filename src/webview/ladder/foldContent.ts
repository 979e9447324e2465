import type { FoldRow } from '../../core/ladder/rows';
import { element, setAttribute, setText } from '../base/dom';
import { formatQuantity } from '../base/format';
import { createIcon, setIcon } from '../base/icons';
import { Arrow } from './arrow';
import { cell, timeText, type RowContext } from './messageContent';

/** The cells of a fold: messages that only keep a transport going, in one quiet line that opens. */
export class FoldContent {
  readonly cells: readonly HTMLElement[];
  private readonly rail = cell('rail');
  private readonly twist = createIcon('chevronRight');
  private readonly time = cell('time');
  private readonly ladder = cell('ladder');
  private readonly count = cell('fold-count');
  private readonly text = element('span', 'wi-fold__text');
  private readonly arrow: Arrow;

  constructor(rowHeight: number) {
    this.arrow = new Arrow(rowHeight);
    this.ladder.append(this.arrow.element, element('div', 'wi-fold', {}, this.text));
    this.count.setAttribute('aria-colspan', '3');
    this.rail.classList.add('wi-fold-twist');
    this.rail.append(this.twist);
    this.cells = [this.rail, this.time, cell('seq'), this.ladder, this.count];
  }

  bind(row: FoldRow, context: RowContext): void {
    setIcon(this.twist, row.open ? 'chevronDown' : 'chevronRight');
    setAttribute(this.rail, 'title', row.open ? 'Close' : 'Open');
    setText(this.time, timeText(row.time, context));
    setText(this.text, row.text);
    setAttribute(this.ladder, 'title', row.text);
    setText(this.count, formatQuantity(row.count, 'transport message'));
    this.arrow.draw(context.geometry, undefined);
  }
}
