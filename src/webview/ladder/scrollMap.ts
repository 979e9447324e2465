/**
 * Maps the browser's scroll position, whose range is capped, to the position among all rows.
 *
 * Below the cap both are the same. Above it they are the same near both ends, so that the first and the last
 * row can be reached, and proportional in between. Small movements (wheel, keys, a touch) move the rows
 * pixel by pixel, large ones (dragging the thumb) go to the corresponding place. Small movements let the two
 * drift apart, which `resync` mends when scrolling has come to rest. `offset` is a whole number, so that
 * rows stand on whole pixels, and does not change while rows move pixel by pixel.
 */
export class ScrollMap {
  private rows = 0;
  private viewport = 0;
  private last = 0;
  private shift = 0;

  constructor(
    readonly rowHeight: number,
    /** Chromium stops at 16.7 million pixels at scale 2; half of that leaves room for zoom. */
    private readonly maxHeight = 8_000_000,
  ) {}

  /** Height in pixels of the element that gives the scrollbar its range. */
  get height(): number {
    return Math.min(this.rows * this.rowHeight, this.maxHeight);
  }

  /** Add this to a row's place among all rows to get its place in the scrolled element. */
  get offset(): number {
    return this.shift;
  }

  /** Pixels of all rows above the viewport's top. */
  get top(): number {
    return clamp(this.last - this.shift, 0, this.maxTop);
  }

  get maxTop(): number {
    return Math.max(0, this.rows * this.rowHeight - this.viewport);
  }

  get atEnd(): boolean {
    return this.top >= this.maxTop - this.rowHeight / 2;
  }

  /** First and last row that are at least partly in the viewport; last < first when there are none. */
  get visible(): { readonly first: number; readonly last: number } {
    const first = Math.floor(this.top / this.rowHeight);
    const last = Math.ceil((this.top + this.viewport) / this.rowHeight) - 1;
    return {
      first: Math.min(first, Math.max(0, this.rows - 1)),
      last: Math.min(last, this.rows - 1),
    };
  }

  /** The number of rows or the viewport's height has changed. Returns the scroll position to set. */
  resize(rows: number, viewport: number): number {
    const top = this.top;
    this.rows = rows;
    this.viewport = viewport;
    return this.goTo(top);
  }

  /** The browser scrolled. Returns a scroll position to set when an end of the range was hit too early. */
  scrolled(scrollTop: number): number | undefined {
    const moved = Math.abs(scrollTop - this.last);
    this.last = scrollTop;
    if (!this.scaled) {
      this.shift = 0;
      return undefined;
    }
    if (moved > this.viewport * 3) {
      this.shift = Math.round(scrollTop) - this.positionAt(scrollTop);
      return undefined;
    }
    const position = scrollTop - this.shift;
    const early =
      (scrollTop <= 0 && position > 0) || (scrollTop >= this.maxScroll && position < this.maxTop);
    const beyond = position < 0 || position > this.maxTop;
    return early || beyond ? this.goTo(position) : undefined;
  }

  /** Brings scroll position and row position together again, without moving a row. */
  resync(): number {
    return this.goTo(this.top);
  }

  /** Goes to a position among all rows. Returns the scroll position to set. */
  goTo(position: number): number {
    const top = clamp(position, 0, this.maxTop);
    if (!this.scaled) {
      this.shift = 0;
      this.last = top;
      return top;
    }
    const scrollTop = this.scrollTopAt(top);
    this.shift = scrollTop - Math.round(top);
    this.last = scrollTop;
    return scrollTop;
  }

  private get scaled(): boolean {
    return this.rows * this.rowHeight > this.maxHeight;
  }

  /** Pixels at both ends where scroll position and position among the rows go together. */
  private get edge(): number {
    return Math.min(100_000, Math.floor(this.maxScroll / 4));
  }

  /** Position among all rows for a scroll position, in whole pixels. */
  private positionAt(scrollTop: number): number {
    const { edge, maxScroll, maxTop } = this;
    if (scrollTop <= edge) {
      return Math.round(scrollTop);
    }
    if (scrollTop >= maxScroll - edge) {
      return Math.round(maxTop - (maxScroll - scrollTop));
    }
    const share = (scrollTop - edge) / (maxScroll - 2 * edge);
    return Math.round(edge + share * (maxTop - 2 * edge));
  }

  /** The other way round. */
  private scrollTopAt(top: number): number {
    const { edge, maxScroll, maxTop } = this;
    if (top <= edge) {
      return Math.round(top);
    }
    if (top >= maxTop - edge) {
      return Math.round(maxScroll - (maxTop - top));
    }
    const share = (top - edge) / (maxTop - 2 * edge);
    return Math.round(edge + share * (maxScroll - 2 * edge));
  }

  private get maxScroll(): number {
    return Math.max(0, this.height - this.viewport);
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
