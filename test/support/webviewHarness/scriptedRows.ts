/** One view's rows of the scripted trace: limited, ordered and folded as the view's host does it, by the plainest means. */
import { EVERYTHING, type LadderQuery } from '../../../src/core/filter/query';
import type {
  FoldRow,
  HeadingRow,
  LadderRow,
  MarkRow,
  MessageRow,
} from '../../../src/core/ladder/rows';
import { syntheticRow, type ScenarioRows } from './scenario';
import type { RowTest } from './scriptedFilter';

/** Synthetic rows repeat after so many. */
const PERIOD = 525;
/** Up to so many rows they are listed one by one; beyond, only synthetic ones are made. */
const LISTED = 20_000;

export class ScriptedRows {
  query: LadderQuery = EVERYTHING;
  /** The messages that the search has found. */
  found: (row: MessageRow) => boolean = () => false;
  generation = 0;
  private matches: RowTest = () => true;
  private readonly toggled = new Set<string>();
  private list: readonly LadderRow[] | undefined;
  private tiles: readonly number[] | undefined;

  constructor(
    private readonly scenario: ScenarioRows,
    private total: number,
  ) {}

  /** Rows of the whole trace. */
  get size(): number {
    return this.total;
  }

  set size(total: number) {
    this.total = total;
    this.forget();
  }

  /** False where the rows are too many to look at one by one. */
  get isListed(): boolean {
    return this.total <= LISTED;
  }

  get count(): number {
    return this.isListed ? this.rowList().length : this.tiled(this.total);
  }

  /** Rows that opened folds add. */
  get inFolds(): number {
    return this.isListed
      ? this.rowList().filter((row) => row.kind === 'message' && row.inFold !== undefined).length
      : 0;
  }

  /** Messages that the view shows. */
  get matching(): number {
    const isMessage = (row: LadderRow): boolean => row.kind === 'message';
    return this.isListed
      ? this.rowList().filter(isMessage).length
      : Math.round(this.count * (this.query.filter === '' ? 0.96 : 1));
  }

  /** All rows of the trace, where they are few. */
  base(): readonly LadderRow[] {
    return Array.from({ length: Math.min(this.total, LISTED) }, (_, index) => this.at(index));
  }

  set(query: LadderQuery, matches: RowTest): void {
    this.query = query;
    this.matches = matches;
    this.generation++;
    this.forget();
  }

  toggle(index: number): void {
    const row = this.rows(index, 1)[0];
    if (row?.kind === 'fold' || row?.kind === 'heading') {
      this.flip(keyOf(row));
    }
  }

  rows(first: number, count: number): readonly LadderRow[] {
    const shown = Math.max(0, Math.min(count, this.count - first));
    const rows = this.isListed
      ? this.rowList().slice(first, first + shown)
      : Array.from({ length: shown }, (_, place) => this.at(this.untiled(first + place)));
    return rows.map((row) =>
      row.kind === 'message' && this.found(row) ? { ...row, found: true } : row,
    );
  }

  /** Row of a message, or of the nearest that is shown; opens what hides it. True when rows moved by it. */
  openFor(message: number): boolean {
    for (const [at, messages] of this.scenario.folds) {
      const fold = this.at(at);
      const holds = messages.some((other) => other.message === message);
      if (holds && fold.kind === 'fold' && !this.toggled.has(keyOf(fold))) {
        this.flip(keyOf(fold));
        return true;
      }
    }
    return false;
  }

  rowOf(message: number): number {
    if (!this.isListed) {
      return this.tiled(message);
    }
    let best = 0;
    let distance = Infinity;
    for (const [index, row] of this.rowList().entries()) {
      const away = row.kind === 'message' ? Math.abs(row.message - message) : Infinity;
      if (away < distance) {
        best = index;
        distance = away;
      }
    }
    return best;
  }

  shows(message: number): boolean {
    const row = this.rows(this.rowOf(message), 1)[0];
    return row?.kind === 'message' && row.message === message;
  }

  rowAtTime(time: number): number {
    if (!this.isListed) {
      return Math.min(this.tiled(Math.ceil(time / 12.5)), this.count - 1);
    }
    const list = this.rowList();
    const at = list.findIndex((row) => row.kind !== 'heading' && row.time >= time);
    return at < 0 ? Math.max(0, list.length - 1) : at;
  }

  messageRow(message: number): MessageRow {
    for (const messages of this.scenario.folds.values()) {
      const folded = messages.find((other) => other.message === message);
      if (folded !== undefined) {
        return folded;
      }
    }
    const listed = this.scenario.rows.find(
      (row) => row.kind === 'message' && row.message === message,
    );
    const row = listed ?? syntheticRow(message);
    if (row.kind !== 'message') {
      throw new Error(`No message ${message}`);
    }
    return row;
  }

  foldOf(message: number): { readonly first: number; readonly count: number } | undefined {
    for (const messages of this.scenario.folds.values()) {
      const first = messages[0]?.message;
      if (first !== undefined && messages.some((other) => other.message === message)) {
        return { first, count: messages.length };
      }
    }
    return undefined;
  }

  findHeading(from: number, step: 1 | -1): number | undefined {
    for (let index = from + step; index >= 0 && index < this.count; index += step) {
      const row = this.rows(index, 1)[0];
      if (row?.kind === 'heading' && !row.continued) {
        return index;
      }
    }
    return undefined;
  }

  /** Title of the phase that a message belongs to. */
  titleOf({ phase }: MessageRow): string {
    const heading = this.scenario.rows.find((row) => row.kind === 'heading' && row.phase === phase);
    return heading?.kind === 'heading' ? heading.title : 'Agent Requests Workbin Notification';
  }

  private get limited(): boolean {
    const { filter, range, hidden } = this.query;
    return filter !== '' || range !== undefined || hidden !== undefined;
  }

  private flip(key: string): void {
    if (!this.toggled.delete(key)) {
      this.toggled.add(key);
    }
    this.generation++;
    this.forget();
  }

  private forget(): void {
    this.list = undefined;
    this.tiles = undefined;
  }

  private at(index: number): LadderRow {
    return this.scenario.rows[index] ?? syntheticRow(index);
  }

  /** How many of the rows below an index are shown, where they are not listed. */
  private tiled(index: number): number {
    const tiles = this.tileList();
    const rest = index % PERIOD;
    const before = tiles.filter((tile) => tile < rest).length;
    return Math.floor(index / PERIOD) * tiles.length + before;
  }

  private untiled(row: number): number {
    const tiles = this.tileList();
    const round = Math.floor(row / tiles.length);
    return round * PERIOD + (tiles[row % tiles.length] ?? 0);
  }

  private tileList(): readonly number[] {
    this.tiles ??= Array.from({ length: PERIOD }, (_, index) => index).filter((index) => {
      const row = this.at(index);
      return (
        this.query.filter === '' || (row.kind === 'message' && this.matches(row, this.titleOf(row)))
      );
    });
    return this.tiles;
  }

  private rowList(): readonly LadderRow[] {
    this.list ??= this.makeList();
    return this.list;
  }

  private makeList(): readonly LadderRow[] {
    const base = this.base();
    const { order } = this.query;
    if (!this.limited && order === 'time') {
      return this.folded(base);
    }
    const shown = this.shownMessages(base);
    const headings = new Map<number, HeadingRow>();
    for (const row of base) {
      if (row.kind === 'heading' && !headings.has(row.phase)) {
        headings.set(row.phase, { ...row, continued: false });
      }
    }
    const gaps = base.flatMap((row) => (row.kind === 'mark' && row.mark === 'gap' ? [row] : []));
    return order === 'time'
      ? this.folded(withGaps(withHeadings(shown, headings), gaps))
      : this.folded(byPhase(shown, headings));
  }

  private shownMessages(base: readonly LadderRow[]): readonly MessageRow[] {
    const { scope, range } = this.query;
    const messages = base.filter((row) => row.kind === 'message');
    const inRange = messages.filter(
      ({ time }) => range === undefined || (time >= range.from && time < range.to),
    );
    const matching = inRange.filter((row) => this.matches(row, this.titleOf(row)));
    if (scope === 'messages') {
      return matching;
    }
    const phases = new Set(matching.map((row) => row.phase));
    return messages.filter((row) =>
      row.phase === undefined ? matching.includes(row) : phases.has(row.phase),
    );
  }

  /** Opens the folds and closes the phases that were toggled. */
  private folded(rows: readonly LadderRow[]): readonly LadderRow[] {
    const result: LadderRow[] = [];
    let closed = false;
    for (const row of rows) {
      if (row.kind === 'heading') {
        closed = this.toggled.has(keyOf(row));
        result.push(closed ? { ...row, open: false } : row);
      } else if (row.kind === 'fold' && this.toggled.has(keyOf(row))) {
        const at = this.scenario.rows.indexOf(row);
        const inside = this.scenario.folds.get(at) ?? [];
        result.push({ ...row, open: true }, ...inside.map((one, inFold) => ({ ...one, inFold })));
      } else if (row.kind !== 'message' || !closed) {
        result.push(row);
      }
    }
    return result;
  }
}

function keyOf(row: FoldRow | HeadingRow): string {
  return row.kind === 'fold' ? `fold ${row.time}` : `phase ${row.phase} ${String(row.continued)}`;
}

/** Gaps stand before the first message that came after them. */
function withGaps(rows: readonly LadderRow[], gaps: readonly MarkRow[]): readonly LadderRow[] {
  const result = [...rows];
  for (const gap of gaps) {
    const at = result.findIndex((row) => row.kind === 'message' && row.time > gap.time);
    result.splice(at < 0 ? result.length : at, 0, gap);
  }
  return result;
}

function withHeadings(
  messages: readonly MessageRow[],
  headings: ReadonlyMap<number, HeadingRow>,
): readonly LadderRow[] {
  const rows: LadderRow[] = [];
  const begun = new Set<number>();
  let last: number | undefined;
  for (const message of messages) {
    const heading = headings.get(message.phase ?? -1);
    if (heading !== undefined && heading.phase !== last) {
      rows.push({ ...heading, continued: begun.has(heading.phase) });
      begun.add(heading.phase);
    }
    last = message.phase;
    rows.push(message);
  }
  return rows;
}

function byPhase(
  messages: readonly MessageRow[],
  headings: ReadonlyMap<number, HeadingRow>,
): readonly LadderRow[] {
  const rows: LadderRow[] = [];
  for (const [phase, heading] of [...headings].sort(([one], [other]) => one - other)) {
    const own = messages.filter((message) => message.phase === phase);
    rows.push(...(own.length === 0 ? [] : [heading, ...own]));
  }
  const others = messages.filter(({ phase }) => phase === undefined);
  const [first] = others;
  return first === undefined
    ? rows
    : [
        ...rows,
        { kind: 'mark', mark: 'outside', time: first.time, text: 'Outside any documented phase' },
        ...others,
      ];
}
