import { DisposableStore, toDisposable, type Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/event';
import { element } from '../base/dom';
import { RowElement } from './rowElement';
import { ScrollMap } from './scrollMap';

/** Rows beyond the edges of the viewport, so that scrolling by the compositor shows no blank. */
const OVERSCAN = 6;

export interface VirtualRowsOptions {
  /** What scrolls: holds the header, which sticks to its top, and the rows. */
  readonly scroller: HTMLElement;
  readonly header: HTMLElement;
  readonly rowHeight: number;
  /** Draws row `index` into an element of the pool. */
  readonly bind: (row: RowElement, index: number) => void;
}

/**
 * The window of rows that exist in the DOM: those in the viewport and a few beside, whatever the number of
 * rows. Elements that leave at one edge are used again at the other.
 */
export class VirtualRows implements Disposable {
  /** Holds the rows and gives the scrollbar its range. */
  readonly element = element('div', 'wi-ladder__rows', { role: 'rowgroup' });
  private readonly store = new DisposableStore();
  private readonly map: ScrollMap;
  private readonly shown = new Map<number, RowElement>();
  private readonly scrolled = this.store.add(new Emitter<{ readonly byReader: boolean }>());
  private rows = 0;
  private expectedTop = 0;
  /** Height of the viewport that the rows were last fitted to. */
  private fitted = -1;
  private frame: number | undefined;
  private rebind = false;
  /** Rows beyond the edges that are drawn; none in the first picture, which comes the earlier. */
  private beside = 0;

  readonly onDidScroll = this.scrolled.event;

  constructor(private readonly options: VirtualRowsOptions) {
    this.map = new ScrollMap(options.rowHeight);
    const { scroller } = options;
    const onScroll = (): void => this.onScroll();
    const onRest = (): void => this.write(this.map.resync());
    scroller.addEventListener('scroll', onScroll, { passive: true });
    scroller.addEventListener('scrollend', onRest);
    this.store.add(
      toDisposable(() => {
        scroller.removeEventListener('scroll', onScroll);
        scroller.removeEventListener('scrollend', onRest);
        if (this.frame !== undefined) {
          cancelAnimationFrame(this.frame);
        }
      }),
    );
    const observer = new ResizeObserver(() => this.fit());
    observer.observe(scroller);
    this.store.add(toDisposable(() => observer.disconnect()));
  }

  get atEnd(): boolean {
    return this.map.atEnd;
  }

  /** First row that is in the viewport. */
  get firstVisible(): number {
    return this.map.visible.first;
  }

  /** First and last row that are in the viewport. */
  get visible(): { readonly first: number; readonly last: number } {
    return this.map.visible;
  }

  /** Whole rows that fit in the viewport. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.viewport / this.options.rowHeight));
  }

  /** The rows in the viewport and beyond its edges. */
  get range(): { readonly first: number; readonly last: number } {
    return this.around(OVERSCAN);
  }

  setRows(rows: number): void {
    this.rows = rows;
    this.resize();
  }

  /** The element of a row, if it exists at present. */
  elementOf(index: number): HTMLElement | undefined {
    return this.shown.get(index)?.root;
  }

  /** Draws from now on also the rows beyond the edges of the viewport. */
  drawBeside(): void {
    if (this.beside === 0) {
      this.beside = OVERSCAN;
      this.frame ??= this.nextFrame();
    }
  }

  /** Draws every row again with the next frame. */
  refresh(): void {
    this.rebind = true;
    this.frame ??= this.nextFrame();
  }

  /** Draws now what is due. */
  flush(): void {
    if (this.frame !== undefined) {
      cancelAnimationFrame(this.frame);
      this.frame = undefined;
    }
    this.render();
  }

  /** Scrolls as little as needed to show a row whole, or puts it in the middle or at the top. */
  reveal(index: number, where: 'nearest' | 'middle' | 'top'): void {
    const { rowHeight } = this.options;
    const top = index * rowHeight;
    const room = this.viewport - rowHeight;
    if (where === 'top') {
      this.goTo(top);
    } else if (top < this.map.top) {
      this.goTo(where === 'nearest' ? top : top - room / 2);
    } else if (top > this.map.top + room) {
      this.goTo(where === 'nearest' ? top - room : top - room / 2);
    }
  }

  /** Scrolls by so many rows, down where it is positive. */
  shift(rows: number): void {
    this.goTo(this.map.top + rows * this.options.rowHeight);
  }

  revealEnd(): void {
    this.goTo(this.map.maxTop);
  }

  dispose(): void {
    this.store.dispose();
    this.shown.clear();
    this.element.replaceChildren();
  }

  private around(beside: number): { readonly first: number; readonly last: number } {
    const { first, last } = this.map.visible;
    return { first: Math.max(0, first - beside), last: Math.min(this.rows - 1, last + beside) };
  }

  private nextFrame(): number {
    return requestAnimationFrame(() => {
      this.frame = undefined;
      this.render();
    });
  }

  private get viewport(): number {
    return Math.max(0, this.options.scroller.clientHeight - this.options.header.offsetHeight);
  }

  /** The viewport has another size: who was at the end stays there. */
  private fit(): void {
    if (this.viewport === this.fitted) {
      return;
    }
    const atEnd = this.map.atEnd && this.map.maxTop > 0;
    this.resize();
    if (atEnd) {
      this.revealEnd();
    }
    this.scrolled.fire({ byReader: false });
  }

  private resize(): void {
    this.fitted = this.viewport;
    const scrollTop = this.map.resize(this.rows, this.fitted);
    this.element.style.height = `${this.map.height}px`;
    this.write(scrollTop);
    this.refresh();
  }

  private goTo(position: number): void {
    this.write(this.map.goTo(position));
    this.refresh();
    this.scrolled.fire({ byReader: false });
  }

  private onScroll(): void {
    const { scrollTop } = this.options.scroller;
    const byReader = Math.abs(scrollTop - this.expectedTop) >= 1;
    if (!byReader) {
      return;
    }
    this.expectedTop = scrollTop;
    const mended = this.map.scrolled(scrollTop);
    if (mended !== undefined) {
      this.write(mended);
    }
    this.render();
    this.scrolled.fire({ byReader });
  }

  /** Sets the scroll position; the event that follows is known to be ours. */
  private write(scrollTop: number): void {
    const { scroller } = this.options;
    if (Math.abs(scroller.scrollTop - scrollTop) >= 1) {
      scroller.scrollTop = scrollTop;
      this.place();
    }
    this.expectedTop = scroller.scrollTop;
  }

  private render(): void {
    const { first, last } = this.around(this.beside);
    const free: RowElement[] = [];
    for (const [index, row] of this.shown) {
      if (index < first || index > last) {
        this.shown.delete(index);
        free.push(row);
      }
    }
    free.sort((a, b) => a.index - b.index);
    let previous: RowElement | undefined;
    for (let index = first; index <= last; index++) {
      const held = this.shown.get(index);
      const row = held ?? free.shift() ?? new RowElement(this.options.rowHeight);
      if (held === undefined) {
        this.release(row);
        this.shown.set(index, row);
        this.putAfter(row, previous);
      }
      if (held === undefined || this.rebind) {
        this.options.bind(row, index);
      }
      previous = row;
    }
    this.rebind = false;
    for (const row of free) {
      this.release(row);
      row.root.remove();
    }
    this.place();
  }

  /** Keeps the elements in the order of the rows, for screen readers and for selecting text. */
  private putAfter({ root }: RowElement, previous: RowElement | undefined): void {
    if (previous === undefined) {
      if (this.element.firstChild !== root) {
        this.element.prepend(root);
      }
    } else if (previous.root.nextSibling !== root) {
      previous.root.after(root);
    }
  }

  /** The focus must not go with an element that leaves: the ladder keeps it and hears the next key. */
  private release({ root }: RowElement): void {
    if (root.contains(document.activeElement)) {
      this.options.scroller.focus({ preventScroll: true });
    }
  }

  private place(): void {
    for (const [index, row] of this.shown) {
      row.moveTo(index * this.options.rowHeight + this.map.offset);
    }
  }
}
