import type { MarkRow } from '../../core/ladder/rows';
import { element, setAttribute, setText } from '../base/dom';
import { createIcon, setIcon, type IconName } from '../base/icons';
import { Arrow } from './arrow';
import { cell, timeText, type RowContext } from './messageContent';

const MARK_ICONS: Readonly<Record<MarkRow['mark'], IconName>> = {
  open: 'connect',
  close: 'disconnect',
  gap: 'gap',
  end: 'flag',
  outside: 'info',
};

/** The cells of a line across the ladder: a connection that opened or closed, a gap, the end. */
export class MarkContent {
  readonly cells: readonly HTMLElement[];
  private readonly rail = cell('rail');
  private readonly time = cell('time');
  private readonly body = cell('mark');
  private readonly icon = createIcon('info');
  private readonly text = element('span', 'wi-mark__text');

  constructor() {
    const label = element('span', 'wi-mark__label', {}, this.icon, this.text);
    this.body.setAttribute('aria-colspan', '5');
    this.body.append(label);
    this.cells = [this.rail, this.time, this.body];
  }

  bind(row: MarkRow, context: RowContext): void {
    setText(this.time, timeText(row.time, context));
    setIcon(this.icon, MARK_ICONS[row.mark]);
    setText(this.text, row.text);
    setAttribute(this.body, 'class', `wi-row__cell wi-row__mark wi-mark wi-mark--${row.mark}`);
    setAttribute(this.body, 'title', row.text);
  }
}

/** The cells of a row that has not come yet. */
export class PlaceholderContent {
  readonly cells: readonly HTMLElement[];
  private readonly ladder = cell('ladder');
  private readonly arrow: Arrow;

  constructor(rowHeight: number) {
    this.arrow = new Arrow(rowHeight);
    const bar = element('span', 'wi-placeholder', { 'aria-label': 'Loading' });
    this.ladder.append(this.arrow.element, bar);
    this.cells = [cell('rail'), cell('time'), cell('seq'), this.ladder];
  }

  bind(context: RowContext): void {
    this.arrow.draw(context.geometry, undefined);
  }
}
