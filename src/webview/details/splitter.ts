import { element, setAttribute } from '../base/dom';

const STEP = 24;
const MINIMUM = 220;
/** The ladder keeps at least this share of the room. */
const LADDER_SHARE = 0.35;

/** Pixels of the details beside the ladder, and below it; undefined where the reader chose none. */
export interface DetailsSizes {
  readonly width: number | undefined;
  readonly height: number | undefined;
}

export interface SplitterOptions {
  /** Holds ladder, splitter and details. */
  readonly container: HTMLElement;
  readonly sizes: DetailsSizes;
  readonly onDidResize: (sizes: DetailsSizes) => void;
  /** What is resized, for people, and the property of the container that carries its size. */
  readonly name?: string;
  readonly property?: string;
}

/**
 * Divides the room between ladder and details, by mouse and by arrow keys: their widths beside each other, their
 * heights one below the other, where the view is narrow.
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
    new ResizeObserver(() => this.apply()).observe(options.container);
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
    const wanted = (below ? this.height : this.width) ?? room * (below ? 0.42 : 0.3);
    const most = room * (1 - LADDER_SHARE);
    return Math.round(Math.max(Math.min(wanted, most), Math.min(below ? 120 : MINIMUM, most)));
  }

  private set(wanted: number | undefined): void {
    this.keep(wanted);
    // What did not fit is not kept, or the next step would not be seen.
    this.keep(wanted === undefined ? undefined : this.size);
    this.apply();
    this.options.onDidResize({ width: this.width, height: this.height });
  }

  private keep(size: number | undefined): void {
    if (this.below) {
      this.height = size;
    } else {
      this.width = size;
    }
  }

  private apply(): void {
    const { size, room, below } = this;
    const { container, property = '--wi-details-size' } = this.options;
    container.style.setProperty(property, `${size}px`);
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
