/** The panel below the ladder that counts what its phases have in common. Asks while it is open, and only then. */
import type { TraceOverview, TraceViewMethods } from '../../bridge/traceView';
import type { Timer } from '../../bridge/rpcChannel';
import type { StatisticsBy } from '../../core/statistics/statistics';
import { element, plainButton, setHidden, setText } from '../base/dom';
import { LatestWins } from '../base/latest';
import { messageOf } from '../../core/base/result';
import { Segments } from '../base/segments';
import { StatisticsTable } from './statisticsTable';

/** Milliseconds between two askings for a trace that grows. */
const REFRESH_MS = 1000;

export interface StatisticsOptions {
  readonly host: Pick<TraceViewMethods, 'getStatistics'>;
  readonly timer: Timer;
  /** Shows the phases of a row alone. */
  readonly choose: (filter: string) => void;
  readonly close: () => void;
}

export class StatisticsPanel {
  readonly element: HTMLElement;
  private readonly by: Segments<StatisticsBy>;
  private readonly table: StatisticsTable;
  private readonly note = element('p', 'wi-statistics__note', { role: 'status' });
  private readonly scroller: HTMLElement;
  private readonly asking: LatestWins;
  private subject: StatisticsBy = 'phase';
  private overview: TraceOverview | undefined;
  private shown = '';
  private resting = false;
  private shownAny = false;

  constructor(private readonly options: StatisticsOptions) {
    this.asking = new LatestWins((error) => {
      this.shown = '';
      this.say(`The statistics could not be made: ${messageOf(error)}`);
    });
    this.by = new Segments('statistics', 'Count by', SUBJECTS, (by) => {
      this.subject = by;
      this.refresh(true);
    });
    this.by.set(this.subject);
    this.table = new StatisticsTable(options.choose);
    const close = plainButton('', 'close', 'Close Statistics', options.close);
    const title = element('h2', 'wi-statistics__title', {}, 'Statistics');
    const head = element('div', 'wi-statistics__head', {}, title, this.by.element, close);
    this.scroller = element('div', 'wi-statistics__scroller', {}, this.table.element);
    this.element = element(
      'section',
      'wi-statistics',
      { 'aria-label': 'Statistics' },
      head,
      this.note,
      this.scroller,
    );
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        event.preventDefault();
        options.close();
      }
    });
    setHidden(this.element, true);
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(): void {
    setHidden(this.element, false);
    this.refresh(true);
    this.element.querySelector<HTMLElement>('input:checked')?.focus();
  }

  close(): void {
    setHidden(this.element, true);
  }

  update(overview: TraceOverview): void {
    this.overview = overview;
    if (this.isOpen) {
      this.refresh(false);
    }
  }

  /** `now`: the reader waits for it. */
  private refresh(now: boolean): void {
    const { overview, subject } = this;
    if (overview === undefined || !this.isOpen || (this.resting && !now)) {
      return;
    }
    const { messages, generation, filter } = overview;
    const key = JSON.stringify([subject, messages, generation, filter]);
    if (key === this.shown) {
      return;
    }
    this.shown = key;
    if (!this.shownAny) {
      this.say('Counting…');
    }
    this.rest();
    this.asking.run(async () => {
      const statistics = await this.options.host.getStatistics(subject);
      if (statistics.by === this.subject) {
        const empty = statistics.total.count === 0;
        this.say(empty ? emptyWords(this.overview) : '');
        setHidden(this.scroller, empty);
        this.table.show(statistics);
        this.shownAny = true;
      }
    });
  }

  private rest(): void {
    if (!this.resting) {
      this.resting = true;
      this.options.timer(REFRESH_MS, () => {
        this.resting = false;
        this.refresh(false);
      });
    }
  }

  private say(text: string): void {
    setText(this.note, text);
    setHidden(this.note, text === '');
  }
}

function emptyWords(overview: TraceOverview | undefined): string {
  const query = overview?.filter.query;
  return query !== undefined && (query.filter !== '' || query.range !== undefined)
    ? 'No phase begins in what the filter shows.'
    : 'This trace holds no phases yet.';
}

const SUBJECTS = [
  { value: 'phase', word: 'Phase', hint: 'One row for each documented phase' },
  { value: 'workbin', word: 'Workbin', hint: 'One row for each workbin' },
  { value: 'agent', word: 'Agent', hint: 'One row for each agent' },
] as const;
