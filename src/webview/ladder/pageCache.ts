import { Emitter } from '../../core/base/event';
import { messageOf } from '../../core/base/result';
import type { LadderRow } from '../../core/ladder/rows';
import type { RowsPage } from '../../bridge/traceView';

export interface PageCacheOptions {
  readonly fetch: (first: number, count: number) => Promise<RowsPage>;
  readonly pageSize?: number;
  /** Pages kept; the one used longest ago goes first. */
  readonly maxPages?: number;
  /** Requests on their way at a time. */
  readonly maxRequests?: number;
}

interface Page {
  readonly rows: readonly LadderRow[];
  readonly generation: number;
}

/**
 * The rows near the screen, by page. Says what it has at once and asks for the rest; only what was
 * wanted last is asked for. Rows of an older generation are shown until the newer ones have come.
 */
export class PageCache {
  private readonly pages = new Map<number, Page>();
  private readonly requested = new Set<number>();
  private readonly failed = new Set<number>();
  private readonly loaded = new Emitter<readonly LadderRow[]>();
  private readonly failure = new Emitter<string>();
  private readonly pageSize: number;
  private readonly maxPages: number;
  private readonly maxRequests: number;
  private rows = 0;
  private generation = 0;
  private wanted: readonly number[] = [];
  private disposed = false;

  /** Rows that have come. */
  readonly onDidLoad = this.loaded.event;
  /** Rows could not be had, and why. They are not asked for again before `retry`. */
  readonly onDidFail = this.failure.event;

  constructor(private readonly options: PageCacheOptions) {
    this.pageSize = options.pageSize ?? 100;
    this.maxPages = options.maxPages ?? 60;
    this.maxRequests = options.maxRequests ?? 2;
  }

  /** Number of pages held. */
  get size(): number {
    return this.pages.size;
  }

  /** The row, as far as it is known. */
  row(index: number): LadderRow | undefined {
    return this.pages.get(Math.floor(index / this.pageSize))?.rows[index % this.pageSize];
  }

  /** The row, if it is known as it is now: one of an older generation may have changed or moved. */
  currentRow(index: number): LadderRow | undefined {
    const generation = this.pages.get(Math.floor(index / this.pageSize))?.generation ?? -1;
    return generation >= this.generation ? this.row(index) : undefined;
  }

  /** How many rows there are, and from which generation on they are valid. */
  setExtent(rows: number, generation: number): void {
    if (rows < this.rows && generation === this.generation) {
      this.pages.clear();
    }
    this.rows = rows;
    this.generation = generation;
    this.pump();
  }

  /** The rows from `first` to `last` are on the screen: replaces what was wanted before. */
  want(first: number, last: number): void {
    const wanted: number[] = [];
    for (let page = this.pageOf(first); page <= this.pageOf(last); page++) {
      wanted.push(page);
      this.touch(page);
    }
    this.wanted = wanted;
    this.pump();
  }

  /**
   * Asks for the page of a row before the number of rows is known: it is likely to be shown first. Resolves when
   * it has come or could not be had.
   */
  async prefetch(row: number): Promise<void> {
    const page = Math.floor(row / this.pageSize);
    if (this.isUnknown(page)) {
      await this.load(page);
    }
  }

  /** Takes rows that the page has brought with it, from row 0 on. */
  begin(answer: RowsPage): void {
    this.pages.set(0, { rows: answer.rows.slice(0, this.pageSize), generation: answer.generation });
  }

  /** Asks again for what could not be had. */
  retry(): void {
    this.failed.clear();
    this.pump();
  }

  dispose(): void {
    this.disposed = true;
    this.pages.clear();
    this.loaded.dispose();
    this.failure.dispose();
  }

  private pageOf(index: number): number {
    return Math.floor(Math.max(0, Math.min(index, this.rows - 1)) / this.pageSize);
  }

  private pump(): void {
    for (const page of this.wanted) {
      if (this.requested.size >= this.maxRequests || this.disposed) {
        return;
      }
      if (this.isDue(page)) {
        void this.load(page);
      }
    }
  }

  private isUnknown(page: number): boolean {
    return !this.pages.has(page) && !this.requested.has(page) && !this.disposed;
  }

  private isDue(page: number): boolean {
    const expected = this.expectedRows(page);
    if (expected <= 0 || this.requested.has(page) || this.failed.has(page)) {
      return false;
    }
    const held = this.pages.get(page);
    return held === undefined || held.generation < this.generation || held.rows.length < expected;
  }

  private expectedRows(page: number): number {
    return Math.min(this.pageSize, this.rows - page * this.pageSize);
  }

  private async load(page: number): Promise<void> {
    this.requested.add(page);
    try {
      const first = page * this.pageSize;
      // Rows that are added meanwhile are not missing from this answer.
      const expected = this.expectedRows(page);
      const answer = await this.options.fetch(first, this.pageSize);
      this.take(page, answer, expected);
    } catch (error) {
      this.failed.add(page);
      this.report(messageOf(error));
    } finally {
      this.requested.delete(page);
    }
    this.pump();
  }

  private take(page: number, answer: RowsPage, expected: number): void {
    if (this.disposed) {
      return;
    }
    // A fold may have been closed meanwhile.
    const least = Math.min(expected, this.expectedRows(page));
    if (answer.first !== page * this.pageSize || answer.rows.length < least) {
      throw new Error('The rows that came are not those that were asked for.');
    }
    this.pages.delete(page);
    this.pages.set(page, { rows: answer.rows, generation: answer.generation });
    this.evict();
    this.loaded.fire(answer.rows);
  }

  private report(message: string): void {
    if (!this.disposed) {
      this.failure.fire(message);
    }
  }

  /** Moves a page to the end of the map, which is in the order of use. */
  private touch(page: number): void {
    const held = this.pages.get(page);
    if (held !== undefined) {
      this.pages.delete(page);
      this.pages.set(page, held);
    }
  }

  private evict(): void {
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= this.maxPages) {
        return;
      }
      this.pages.delete(oldest);
    }
  }
}
