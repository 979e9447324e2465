import type { TimesShown, TraceOverview } from '../../bridge/traceView';
import { element, iconButton, setAttribute, setHidden, setText } from '../base/dom';
import { formatCount, formatQuantity } from '../base/format';
import { createIcon } from '../base/icons';
import { Segments, type Segment } from '../base/segments';
import { OUTCOMES, outcomeWords } from '../base/words';
import { RecordingState, type RecordingCommand } from './recordingState';

export interface ToolbarActions {
  run(command: RecordingCommand): void;
  toggleFollow(): void;
  setTimes(times: TimesShown): void;
  toggleStatistics(): void;
  find(): void;
}

const TIMES: readonly Segment<TimesShown>[] = [
  { value: 'elapsed', word: 'Elapsed', hint: 'Times since the start of the recording' },
  { value: 'clock', word: 'Clock', hint: 'Times of day' },
  {
    value: 'request',
    word: 'Request',
    hint: 'Times since the request of the phase; on a request, since the message before it',
  },
];

/** The bar above the ladder: what is shown, how it is recorded, how its phases ended, and how times are told. */
export class Toolbar {
  readonly element: HTMLElement;
  private readonly title = element('h1', 'wi-toolbar__title');
  private readonly space = element('div', 'wi-toolbar__space');
  private readonly messages = element('span', 'wi-toolbar__messages');
  private readonly recording: RecordingState;
  private readonly counts = new Map<string, { root: HTMLElement; count: HTMLElement }>();
  private readonly follow: HTMLButtonElement;
  private readonly times: Segments<TimesShown>;
  private readonly statistics: HTMLButtonElement;

  constructor(actions: ToolbarActions) {
    this.recording = new RecordingState(actions.run.bind(actions));
    this.follow = iconButton('wi-button--toggle', 'follow', 'Follow', () => actions.toggleFollow());
    this.follow.title = 'Follow: stay at the newest message (F)';
    this.times = new Segments('times', 'Times', TIMES, (times) => actions.setTimes(times));
    this.statistics = iconButton('wi-button--toggle', 'statistics', 'Statistics', () =>
      actions.toggleStatistics(),
    );
    this.statistics.title = 'Statistics: count phases, failures and latencies';
    const find = iconButton('wi-button--toggle', 'search', 'Find', () => actions.find());
    find.title = 'Find: look for text in names and bodies (Ctrl+F)';
    const summary = element('div', 'wi-toolbar__counts', { role: 'group', 'aria-label': 'Phases' });
    for (const outcome of OUTCOMES) {
      summary.append(this.createCount(outcome));
    }
    this.element = element(
      'header',
      'wi-toolbar',
      {},
      this.title,
      this.recording.element,
      this.messages,
      summary,
      this.space,
      find,
      this.statistics,
      this.follow,
      this.times.element,
    );
  }

  /** Adds a control in front of the switches. */
  add(control: HTMLElement): void {
    this.space.after(control);
  }

  update(overview: TraceOverview): void {
    setText(this.title, overview.title);
    setAttribute(this.title, 'title', overview.title);
    setText(this.messages, formatQuantity(overview.messages, 'message'));
    this.recording.update(overview.recording);
    for (const outcome of OUTCOMES) {
      this.updateCount(outcome, overview.phases[outcome] ?? 0);
    }
  }

  /** `offered` is false where nothing can follow: a recording that does not grow. */
  setFollow(on: boolean, offered: boolean): void {
    setHidden(this.follow, !offered);
    setAttribute(this.follow, 'aria-pressed', String(on));
  }

  setStatistics(open: boolean): void {
    setAttribute(this.statistics, 'aria-pressed', String(open));
  }

  setTimes(times: TimesShown): void {
    this.times.set(times);
  }

  private createCount(outcome: (typeof OUTCOMES)[number]): HTMLElement {
    const { word, icon } = outcomeWords(outcome);
    const count = element('span', 'wi-count__number');
    const label = element('span', 'wi-count__word', {}, word.toLowerCase());
    const className = `wi-count wi-outcome--${outcome}`;
    const root = element('span', className, { title: word }, createIcon(icon), count, label);
    this.counts.set(outcome, { root, count });
    return root;
  }

  private updateCount(outcome: string, value: number): void {
    const parts = this.counts.get(outcome);
    if (parts !== undefined) {
      setHidden(parts.root, value === 0);
      setText(parts.count, formatCount(value));
    }
  }
}
