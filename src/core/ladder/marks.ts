/** The marks of a ladder in columns, so that a million connections are not a million objects. */
import { Interner } from '../base/growing';
import type { OtherRecord } from '../trace/records';
import { pagedBytes, pagedFractions, pagedNumbers } from './pages';
import type { MarkRow } from './rows';

const KINDS = ['open', 'close', 'gap', 'end'] as const;
export type MarkKind = (typeof KINDS)[number];

/** Longer words of a wire are cut: marks stand in one line. */
const MAX_TEXT = 500;

export class Marks {
  private readonly kinds = pagedBytes();
  private readonly times = pagedFractions();
  private readonly connections = pagedNumbers();
  private readonly texts = pagedNumbers();
  private readonly befores = pagedNumbers();
  private readonly words = new Interner();

  get count(): number {
    return this.kinds.length;
  }

  /** Adds the mark of a record that stands before message `before`; returns its number. */
  add(record: OtherRecord, before: number): number {
    this.kinds.push(KINDS.indexOf(record.kind));
    this.times.push(record.time);
    // Connections are numbered from 1.
    this.connections.push('connection' in record ? (record.connection ?? 0) : 0);
    this.texts.push(this.words.id(textOf(record).slice(0, MAX_TEXT)));
    this.befores.push(before);
    return this.count - 1;
  }

  kind(mark: number): MarkKind {
    return KINDS[this.kinds.at(mark)] ?? 'gap';
  }

  /** Milliseconds since the recording started. */
  time(mark: number): number {
    return this.times.at(mark);
  }

  /** The message that it stands before: how many there were when it came. */
  before(mark: number): number {
    return this.befores.at(mark);
  }

  row(mark: number): MarkRow {
    const connection = this.connections.at(mark);
    return {
      kind: 'mark',
      mark: this.kind(mark),
      time: this.time(mark),
      text: this.words.text(this.texts.at(mark)),
      ...(connection === 0 ? {} : { connection }),
    };
  }
}

const ENDED_BY = {
  application: 'the application',
  server: 'the server',
  network: 'the network',
  inspector: 'Workbin Inspector',
} as const;

function textOf(record: OtherRecord): string {
  switch (record.kind) {
    case 'open':
      return `${record.application} connected to ${record.server}`;
    case 'close': {
      const why = record.reason === '' ? '' : `: ${record.reason}`;
      return `Connection closed by ${ENDED_BY[record.by]}${why}`;
    }
    case 'gap': {
      const missed = record.missed === undefined ? '' : ` (${record.missed} frames missed)`;
      return `${record.reason}${missed}`;
    }
    case 'end': {
      const next =
        record.continuedIn === undefined ? '' : `; the session goes on in ${record.continuedIn}`;
      return `Recording ended: ${record.frames} frames, ${record.messages} messages${next}`;
    }
  }
}
