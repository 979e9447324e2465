import { ensure } from '../../core/base/assert';
import type { TimesShown } from '../../bridge/traceView';
import type { LadderOrder } from '../../core/filter/query';
import { CHART_COLOURS, type Lifeline, type MessageRow } from '../../core/ladder/rows';
import { element, setAttribute, setHidden, setText, template } from '../base/dom';
import { formatClock, formatDuration, formatElapsed } from '../base/format';
import { createIcon, setIcon, type IconName } from '../base/icons';
import { roleWords } from '../base/words';
import { Arrow, arrowElement } from './arrow';
import { labelSpanOf, type LadderGeometry } from './geometry';

/** What all rows are drawn with. */
export interface RowContext {
  readonly rowHeight: number;
  readonly geometry: LadderGeometry;
  readonly lifelines: readonly Lifeline[];
  /** ISO 8601 wall clock of time 0. */
  readonly startedAt: string;
  readonly times: TimesShown;
  readonly order: LadderOrder;
}

/** Holds the cells of a row without a message. */
const messageCells = template(() => {
  const label = element(
    'div',
    'wi-row__label',
    {},
    element('span', 'wi-row__name'),
    element('span', 'wi-hidden'),
  );
  const ladder = cell('ladder');
  ladder.append(arrowElement(), label);
  const before = ['rail', 'time', 'seq'].map(cell);
  const behind = ['reference', 'workbin', 'delta'].map(cell);
  return element('div', '', {}, ...before, ladder, ...behind);
});

/** The cells of a message row. Made once per pooled row, then bound to message after message. */
export class MessageContent {
  readonly cells: readonly HTMLElement[];
  private readonly rail: HTMLElement;
  private readonly time: HTMLElement;
  private readonly seq: HTMLElement;
  private readonly reference: HTMLElement;
  private readonly workbin: HTMLElement;
  private readonly delta: HTMLElement;
  private readonly label: HTMLElement;
  private readonly name: HTMLElement;
  /** Read out, not seen. */
  private readonly role: HTMLElement;
  /** Made when a message first needs them, as is `error`: most have none. */
  private icon: SVGSVGElement | undefined;
  private problem: SVGSVGElement | undefined;
  private error: HTMLElement | undefined;
  private note: HTMLElement | undefined;
  private bookmark: SVGSVGElement | undefined;
  private readonly arrow: Arrow;

  constructor(rowHeight: number) {
    const holder = messageCells();
    const part = (selector: string): HTMLElement =>
      ensure(holder.querySelector<HTMLElement>(selector), selector);
    this.rail = part('.wi-row__rail');
    this.time = part('.wi-row__time');
    this.seq = part('.wi-row__seq');
    this.reference = part('.wi-row__reference');
    this.workbin = part('.wi-row__workbin');
    this.delta = part('.wi-row__delta');
    this.label = part('.wi-row__label');
    this.name = part('.wi-row__name');
    this.role = part('.wi-hidden');
    this.arrow = new Arrow(rowHeight, ensure(holder.querySelector('svg'), 'the arrow'));
    this.cells = Array.from(holder.children) as HTMLElement[];
  }

  bind(row: MessageRow, context: RowContext): void {
    setAttribute(this.rail, 'class', `wi-row__cell wi-row__rail ${railClass(row)}`);
    setText(this.time, sinceText(row, context) ?? timeText(row.time, context));
    setAttribute(this.time, 'title', sinceWords(row, context));
    setText(this.seq, String(row.seq));
    setText(this.reference, row.reference === undefined ? '' : String(row.reference));
    setAttribute(this.reference, 'title', longTitle(String(row.reference ?? ''), 7));
    setText(this.workbin, row.workbin ?? '');
    setAttribute(this.workbin, 'title', row.workbin);
    setText(this.delta, row.sinceRequestMs === undefined ? '' : formatDuration(row.sinceRequestMs));
    this.bindLabel(row);
    this.place(row, context);
  }

  private bindLabel(row: MessageRow): void {
    const icon = rowIcon(row);
    if (icon !== undefined) {
      if (this.icon === undefined) {
        this.icon = createIcon(icon);
        this.label.prepend(this.icon);
      }
      setIcon(this.icon, icon);
    }
    this.icon?.classList.toggle('wi-icon--none', icon === undefined);
    // An unmatched message says so by its own icon.
    const problem = row.problem !== undefined && (icon === 'bell' || icon === 'error');
    if (problem && this.problem === undefined) {
      this.problem = createIcon('warning');
      this.name.before(this.problem);
    }
    this.problem?.classList.toggle('wi-icon--none', !problem);
    setText(this.name, row.name);
    this.bindError(row.error);
    this.bindNote(row.note);
    this.bindBookmark(row.bookmarked === true);
    const parts = [row.name, row.error, row.problem].filter((part) => part !== undefined);
    const note = row.note === undefined ? [] : ['', row.note];
    setAttribute(this.label, 'title', [...parts, roleWords(row.role), ...note].join('\n'));
  }

  private bindError(error: string | undefined): void {
    if (error !== undefined && this.error === undefined) {
      this.error = element('span', 'wi-row__error');
      this.name.after(this.error);
    }
    if (this.error !== undefined) {
      setHidden(this.error, error === undefined);
      setText(this.error, error ?? '');
    }
  }

  private bindBookmark(bookmarked: boolean): void {
    if (bookmarked && this.bookmark === undefined) {
      this.bookmark = createIcon('bookmark');
      this.bookmark.classList.add('wi-row__bookmark');
      this.rail.append(this.bookmark);
    }
    this.bookmark?.classList.toggle('wi-icon--none', !bookmarked);
  }

  private bindNote(note: string | undefined): void {
    if (note !== undefined && this.note === undefined) {
      this.note = element('span', 'wi-row__note');
      this.role.before(this.note);
    }
    if (this.note !== undefined) {
      setHidden(this.note, note === undefined);
      setText(this.note, note?.replaceAll(/\s+/g, ' ') ?? '');
    }
  }

  private place(row: MessageRow, context: RowContext): void {
    const { geometry, lifelines } = context;
    this.arrow.draw(geometry, row);
    const span = labelSpanOf(geometry, row.from, row.to);
    this.label.style.left = `${span.left}px`;
    this.label.style.width = `${span.width}px`;
    const from = lifelines[row.from]?.title ?? 'unknown';
    const to = lifelines[row.to]?.title ?? 'unknown';
    const problem = row.problem === undefined ? '' : `. Problem: ${row.problem}`;
    const found = row.found === true ? '. Found' : '';
    const colour = row.colour === undefined ? '' : `. Marked ${colourWord(row.colour)}`;
    const bookmarked = row.bookmarked === true ? '. Bookmarked' : '';
    const more = `${problem}${found}${colour}${bookmarked}`;
    setText(this.role, `. ${roleWords(row.role)}, from ${from} to ${to}${more}`);
  }
}

function colourWord(place: number): string {
  return CHART_COLOURS[place % CHART_COLOURS.length] ?? '';
}

/** A time of its own, not one since something else. */
export function timeText(time: number, { times, startedAt }: RowContext): string {
  return (times === 'clock' ? formatClock(startedAt, time) : undefined) ?? formatElapsed(time);
}

/** How long after what it came; undefined where times tell something else, and on the first message. */
function sinceText(row: MessageRow, { times }: RowContext): string | undefined {
  if (times !== 'request') {
    return undefined;
  }
  const { sinceRequestMs, sincePreviousMs } = row;
  if (sinceRequestMs !== undefined) {
    return `${sinceRequestMs < 0 ? '' : '+'}${formatDuration(sinceRequestMs)}`;
  }
  return sincePreviousMs === undefined ? undefined : `↓ ${formatDuration(sincePreviousMs)}`;
}

/** The same in words, and the time since the start, which the column does not tell then. */
function sinceWords(row: MessageRow, { times }: RowContext): string | undefined {
  if (times !== 'request') {
    return undefined;
  }
  const { sinceRequestMs, sincePreviousMs } = row;
  const time = `at ${formatElapsed(row.time)}`;
  if (sinceRequestMs !== undefined) {
    return `${formatDuration(sinceRequestMs)} after the request, ${time}`;
  }
  return sincePreviousMs === undefined
    ? time
    : `${formatDuration(sincePreviousMs)} after the message before it, ${time}`;
}

/** A cell of a row; a screen reader reads it with its column. */
export function cell(name: string): HTMLElement {
  return element('div', `wi-row__cell wi-row__${name}`, { role: 'gridcell' });
}

function railClass({ outcome }: MessageRow): string {
  return outcome === undefined ? '' : `wi-row__rail--in wi-outcome--${outcome}`;
}

function rowIcon(row: MessageRow): IconName | undefined {
  if (row.error !== undefined) {
    return 'error';
  }
  if (row.role === 'unmatched') {
    return 'question';
  }
  if (row.role === 'notification') {
    return 'bell';
  }
  return row.problem === undefined ? undefined : 'warning';
}

function longTitle(text: string, fits: number): string | undefined {
  return text.length > fits ? text : undefined;
}
