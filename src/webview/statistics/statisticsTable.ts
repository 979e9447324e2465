import type { Statistics, StatisticsBy, StatisticsRow } from '../../core/statistics/statistics';
import { element, setAttribute } from '../base/dom';
import { formatCount, formatDuration } from '../base/format';
import { latencyPicture, scaleOf, sparkPicture, type LogScale } from './pictures';
import { nextSorting, sorted, type Sorting, type StatisticsColumn } from './sorting';

/** Titles of the first column. */
const SUBJECTS: Readonly<Record<StatisticsBy, string>> = {
  phase: 'Phase',
  workbin: 'Workbin',
  agent: 'Agent',
};

/** What stands where a phase names no subject. */
const NOBODY: Readonly<Record<StatisticsBy, string>> = {
  phase: '(no phase)',
  workbin: '(no workbin)',
  agent: '(no agent)',
};

interface Column {
  readonly column: StatisticsColumn;
  readonly title: string;
  readonly hint: string;
}

const COLUMNS: readonly Column[] = [
  { column: 'count', title: 'Count', hint: 'Phases' },
  { column: 'failed', title: 'Failed', hint: 'Phases that failed' },
  { column: 'unanswered', title: 'Unans.', hint: 'Phases that were not answered in time' },
  { column: 'notifications', title: 'Notif.', hint: 'Notifications that came' },
  { column: 'p50', title: 'p50', hint: 'Half of the answers came within this time' },
  { column: 'p95', title: 'p95', hint: '95 % of the answers came within this time' },
  { column: 'p99', title: 'p99', hint: '99 % of the answers came within this time' },
  { column: 'max', title: 'Max', hint: 'The slowest answer' },
];

/** The table of the statistics. Sorts by its headings; choosing a row gives that row's filter. */
export class StatisticsTable {
  readonly element = element('table', 'wi-table');
  private readonly headings = new Map<StatisticsColumn, HTMLElement>();
  private readonly subject = element('button', 'wi-table__sort', { type: 'button' });
  private readonly body = element('tbody', '');
  private readonly foot = element('tfoot', '');
  private sorting: Sorting = { column: 'count', descending: true };
  private statistics: Statistics | undefined;

  constructor(private readonly onChoose: (filter: string) => void) {
    const head = element('tr', '');
    head.append(this.createHeading('subject', this.subject, 'wi-table__subject'));
    for (const { column, title, hint } of COLUMNS) {
      const button = element('button', 'wi-table__sort', { type: 'button', title: hint }, title);
      head.append(this.createHeading(column, button, 'wi-table__number'));
    }
    head.append(
      element('th', '', { scope: 'col' }, 'Latency'),
      element('th', '', { scope: 'col' }, 'Over time'),
    );
    this.element.append(element('thead', '', {}, head), this.body, this.foot);
    this.body.addEventListener('click', (event) => this.onClick(event));
    this.body.addEventListener('keydown', (event) => this.onKey(event));
  }

  show(statistics: Statistics): void {
    this.statistics = statistics;
    this.render();
  }

  private createHeading(
    column: StatisticsColumn,
    button: HTMLElement,
    className: string,
  ): HTMLElement {
    const heading = element('th', className, { scope: 'col' }, button);
    button.addEventListener('click', () => {
      this.sorting = nextSorting(this.sorting, column);
      this.render();
    });
    this.headings.set(column, heading);
    return heading;
  }

  private render(): void {
    const { statistics } = this;
    if (statistics === undefined) {
      return;
    }
    const { by, rows, total, subjects } = statistics;
    this.subject.textContent = SUBJECTS[by];
    for (const [column, heading] of this.headings) {
      const direction = this.sorting.descending ? 'descending' : 'ascending';
      setAttribute(heading, 'aria-sort', column === this.sorting.column ? direction : undefined);
    }
    const scale = scaleOf([...rows.map((row) => row.latency), total.latency]);
    const most = rows.reduce((one, row) => Math.max(one, ...row.overTime), 0);
    const focused = this.focusedFilter();
    this.body.replaceChildren(
      ...sorted(rows, this.sorting).map((row) => {
        const name = row.subject === '' ? NOBODY[by] : row.subject;
        const choice = element('button', 'wi-table__choice', { type: 'button' }, name);
        choice.title = `${name}\nShow these phases alone: ${row.filter}`;
        const line = createRow(row, choice, scale, most);
        line.dataset['filter'] = row.filter;
        return line;
      }),
    );
    const left = subjects - rows.length;
    const more = left > 0 ? ` (${formatCount(left)} more not listed)` : '';
    const all = element('span', '', {}, `All ${formatCount(subjects)}${more}`);
    this.foot.replaceChildren(createRow(total, all, scale, Math.max(...total.overTime, 0)));
    this.focusOn(focused);
  }

  private focusedFilter(): string | undefined {
    const row = document.activeElement?.closest<HTMLElement>('tr[data-filter]');
    return row !== null && row !== undefined && this.body.contains(row)
      ? row.dataset['filter']
      : undefined;
  }

  private focusOn(filter: string | undefined): void {
    if (filter !== undefined) {
      const rows = [...this.body.querySelectorAll<HTMLElement>('tr')];
      const row = rows.find((other) => other.dataset['filter'] === filter);
      row?.querySelector<HTMLElement>('button')?.focus();
    }
  }

  private onClick(event: Event): void {
    const row = event.target instanceof Element ? event.target.closest('tr') : null;
    const filter = row?.dataset['filter'];
    if (filter !== undefined) {
      this.onChoose(filter);
    }
  }

  private onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const all = [...this.body.querySelectorAll<HTMLElement>('.wi-table__choice')];
      const at = all.findIndex((choice) => choice === document.activeElement);
      all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
    }
  }
}

function createRow(
  row: StatisticsRow,
  subject: HTMLElement,
  scale: LogScale,
  most: number,
): HTMLTableRowElement {
  const { count, outcomes, notifications, latency, overTime } = row;
  const line = element('tr', '');
  line.append(
    element('th', 'wi-table__subject', { scope: 'row' }, subject),
    number(formatCount(count)),
    number(formatCount(outcomes.failed), outcomes.failed > 0 ? 'wi-table__failed' : ''),
    number(formatCount(outcomes.unanswered), outcomes.unanswered > 0 ? 'wi-table__warning' : ''),
    number(formatCount(notifications)),
    ...(['p50', 'p95', 'p99', 'max'] as const).map((part) =>
      number(latency === undefined ? '–' : formatDuration(latency[part])),
    ),
    element('td', 'wi-table__picture', {}, latencyPicture(latency, scale)),
    element('td', 'wi-table__picture', {}, sparkPicture(overTime, most)),
  );
  return line;
}

function number(text: string, className = ''): HTMLElement {
  return element('td', `wi-table__number ${text === '0' ? 'wi-table__zero' : className}`, {}, text);
}
