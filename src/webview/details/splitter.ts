import { element, setAttribute } from '../base/dom';

const STEP = 24;
/** Pixels and shares of the room, as the style sheet has them too (`.wi-details`, `.wi-statistics`). */
const BESIDE = { least: 220, share: 0.3 };
const BELOW = { least: 120, share: 0.42 };
/** The ladder keeps the rest. */
const MOST = 0.65;

/** Pixels of the details beside the ladder, and below it; undefined where the reader chose none. */
export interface DetailsSizes {
  readonly width: number | undefined;
  readonly height: number | undefined;
}

export interface SplitterOptions {
  /** Holds ladder, splitter and details. */
  readonly container: HTMLElement;
  /** What is resized. */
  readonly sized: HTMLElement;
  readonly sizes: DetailsSizes;
  readonly onDidResize: (sizes: DetailsSizes) => void;
  /** What is resized, for people. */
  readonly name?: string;
}

/**
 * Divides the room between ladder and details, by mouse and by arrow keys: their widths beside each other, their
 * heights one below the other, where the view is narrow. The style sheet divides it until the reader does, and
 * keeps within bounds what was chosen: the page is laid out once, and its rows need not hear of it.
 */
export class Splitter {
  readonly element = element('div', 'wi-splitter', {
    role: 'separator',
    tabindex: '0',
    title: 'Drag to resize; double-click for the first size',
  });
  private width: number | undefined;
  private height: number | undefined;

  constructor(private readonly options: SplitterOptions) {
    setAttribute(this.element, 'aria-label', `Resize ${options.name ?? 'details'}`);
    this.width = options.sizes.width;
    this.height = options.sizes.height;
    this.element.addEventListener('pointerdown', (event) => this.onPointerDown(event));
    this.element.addEventListener('pointermove', (event) => this.onPointerMove(event));
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.element.addEventListener('dblclick', () => this.set(undefined));
    this.write();
    new ResizeObserver(() => this.tell()).observe(options.container);
  }

  private get below(): boolean {
    return getComputedStyle(this.options.container).flexDirection === 'column';
  }

  private get room(): number {
    const { clientWidth, clientHeight } = this.options.container;
    return this.below ? clientHeight : clientWidth;
  }

  private get size(): number {
    const { room, below } = this;
    const { least, share } = below ? BELOW : BESIDE;
    const wanted = (below ? this.height : this.width) ?? room * share;
    const most = room * MOST;
    return Math.round(Math.max(Math.min(wanted, most), Math.min(least, most)));
  }

  private set(wanted: number | undefined): void {
    this.keep(wanted);
    // What did not fit is not kept, or the next step would not be seen.
    this.keep(wanted === undefined ? undefined : this.size);
    this.write();
    this.tell();
    this.options.onDidResize({ width: this.width, height: this.height });
  }

  private keep(size: number | undefined): void {
    if (this.below) {
      this.height = size;
    } else {
      this.width = size;
    }
  }

  private write(): void {
    const { style } = this.options.sized;
    const write = (property: string, size: number | undefined): void =>
      style.setProperty(property, size === undefined ? '' : `${size}px`);
    write('--wi-wanted-width', this.width);
    write('--wi-wanted-height', this.height);
  }

  private tell(): void {
    const { size, room, below } = this;
    setAttribute(this.element, 'aria-orientation', below ? 'horizontal' : 'vertical');
    setAttribute(this.element, 'aria-valuemin', '0');
    setAttribute(this.element, 'aria-valuemax', String(room));
    setAttribute(this.element, 'aria-valuenow', String(size));
  }

  private onPointerDown(event: PointerEvent): void {
    if (event.button === 0) {
      this.element.setPointerCapture(event.pointerId);
      event.preventDefault();
      this.element.focus();
    }
  }

  private onPointerMove(event: PointerEvent): void {
    if (this.element.hasPointerCapture(event.pointerId)) {
      const { right, bottom } = this.options.container.getBoundingClientRect();
      this.set(this.below ? bottom - event.clientY : right - event.clientX);
    }
  }

  private onKey(event: KeyboardEvent): void {
    const [more, less] = this.below ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
    const steps = new Map([
      [more, this.size + STEP],
      [less, this.size - STEP],
      ['Home', 0],
      ['End', this.room],
    ]);
    const size = steps.get(event.key);
    if (size !== undefined) {
      event.preventDefault();
      this.set(size);
    }
  }
}
