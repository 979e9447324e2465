import type { HeadingRow } from '../../core/ladder/rows';
import { element, setAttribute, setHidden, setText } from '../base/dom';
import { formatDuration, formatQuantity } from '../base/format';
import { createIcon, setIcon } from '../base/icons';
import { outcomeWords, UNDOCUMENTED } from '../base/words';
import { cell, type RowContext } from './messageContent';
import { isOpen } from './selection';

/** The cells of a heading: where a phase begins, or goes on after another stood in between. */
export class HeadingContent {
  readonly cells: readonly HTMLElement[];
  private readonly rail = cell('rail');
  private readonly body = cell('heading');
  private readonly icon = createIcon('open');
  private readonly twist = element('span', 'wi-heading__twist');
  private readonly chevron = createIcon('chevronDown');
  private readonly title = element('span', 'wi-heading__title');
  private readonly undocumented = element('span', 'wi-undocumented', {}, UNDOCUMENTED.mark);
  private readonly reference = element('span', 'wi-heading__reference');
  private readonly workbin = element('span', 'wi-heading__workbin');
  private readonly outcome = element('span', 'wi-heading__outcome');
  private readonly error = element('span', 'wi-heading__error');
  private readonly duration = element('span', 'wi-heading__fact');
  private readonly count = element('span', 'wi-heading__count');
  private readonly live: HTMLElement;
  private readonly notifications = element('span', 'wi-heading__fact');

  constructor() {
    this.live = element('span', 'wi-heading__live', {}, 'Live');
    this.notifications.append(createIcon('bell'), this.count);
    this.rail.append(this.icon);
    this.body.setAttribute('aria-colspan', '6');
    this.twist.append(this.chevron);
    this.body.append(
      this.twist,
      this.title,
      this.undocumented,
      this.reference,
      this.workbin,
      this.outcome,
      this.duration,
      this.notifications,
      this.live,
      this.error,
    );
    this.cells = [this.rail, this.body];
  }

  bind(row: HeadingRow, { order }: RowContext): void {
    const { word, icon } = outcomeWords(row.outcome);
    const form = row.continued ? 'wi-row__rail--in' : 'wi-row__rail--begin';
    setAttribute(
      this.rail,
      'class',
      `wi-row__cell wi-row__rail ${form} wi-outcome--${row.outcome}`,
    );
    setIcon(this.icon, icon);
    const open = isOpen(row, order);
    setHidden(this.twist, open === undefined);
    setIcon(this.chevron, open === false ? 'chevronRight' : 'chevronDown');
    setAttribute(this.twist, 'title', open === false ? 'Open' : 'Close');
    this.icon.classList.toggle('wi-icon--none', row.continued);
    setText(this.title, row.continued ? `Continued: ${row.title}` : row.title);
    this.title.classList.toggle('wi-heading__title--undocumented', row.undocumented === true);
    setHidden(this.undocumented, row.continued || row.undocumented !== true);
    // Where it begins, the request with its reference stands below.
    const isReferred = row.continued && row.reference !== undefined;
    setHidden(this.reference, !isReferred);
    setText(this.reference, isReferred ? `ref ${row.reference}` : '');
    setHidden(this.workbin, row.workbin === undefined);
    setText(this.workbin, row.workbin ?? '');
    setText(this.outcome, row.late ? `${word} late` : word);
    setAttribute(this.outcome, 'class', `wi-heading__outcome wi-outcome--${row.outcome}`);
    setHidden(this.outcome, row.continued);
    setHidden(this.error, row.continued || row.error === undefined);
    setText(this.error, row.error ?? '');
    setHidden(this.duration, row.continued || row.durationMs === undefined);
    setText(this.duration, row.durationMs === undefined ? '' : formatDuration(row.durationMs));
    setHidden(this.notifications, row.continued || row.notifications === 0);
    setText(this.count, formatQuantity(row.notifications, 'notification'));
    setHidden(this.live, row.continued || !row.live);
    const facts = [
      row.title,
      row.undocumented && UNDOCUMENTED.words,
      row.reference === undefined ? undefined : `Reference ${row.reference}`,
      row.workbin,
      row.error,
    ].filter((part) => part !== undefined);
    setAttribute(this.body, 'title', facts.join('\n'));
  }
}
