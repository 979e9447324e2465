/**
 * The whole session on one line, to look at and to move by. Clicking or dragging leads to a time; dragging with
 * Shift, or in the lower lane, limits everything to a range.
 */
import type { TimeRange } from '../../core/filter/query';
import type { TimeStrip } from '../../core/ladder/timeStrip';
import { element, plainButton, setAttribute, setHidden, setText } from '../base/dom';
import { formatCount } from '../base/format';
import { PositionMark } from './positionMark';
import { drawStrip, LANES } from './stripPicture';
import { rangeBetween, stretched, timeAt, xOf, type StripScale } from './stripScale';

export interface TimeStripActions {
  goTo(time: number): void;
  /** Limits everything to a range; undefined: to none. */
  limit(range: TimeRange | undefined): void;
  /** The range that was asked for last, whether it is in force yet or not. */
  limited(): TimeRange | undefined;
  /** Moves playback to a time. */
  seek(time: number): void;
  /** The width has changed: another number of parts is needed. */
  resized(): void;
  /** A time for people. */
  format(time: number): string;
}

/** A drag of fewer pixels is a click. */
const LEAST_DRAG = 4;

export class TimeStripView {
  readonly element: HTMLElement;
  private readonly canvas = element('canvas', 'wi-strip__canvas', { 'aria-hidden': 'true' });
  private readonly view = element('div', 'wi-strip__view');
  private readonly range = element('div', 'wi-strip__range');
  private readonly clear: HTMLButtonElement;
  private readonly pointer = element('div', 'wi-strip__pointer');
  private readonly position = new PositionMark();
  private readonly start = element('span', 'wi-strip__start');
  private readonly end = element('span', 'wi-strip__end');
  private readonly slider = element('div', 'wi-strip__slider', {
    role: 'slider',
    tabindex: '0',
    'aria-label': 'Time in the session',
    'aria-description': 'Arrows move; Shift with arrows limits to a range; Delete clears it',
  });
  private strip: TimeStrip | undefined;
  private width = 0;
  private at = 0;
  private limited: TimeRange | undefined;
  private drag:
    { readonly kind: 'look' | 'limit' | 'seek'; readonly x: number; to: number } | undefined;
  private frame: number | undefined;

  constructor(private readonly actions: TimeStripActions) {
    this.clear = plainButton('wi-strip__clear', 'close', 'Show All Times', () =>
      actions.limit(undefined),
    );
    this.element = element(
      'div',
      'wi-strip',
      { role: 'group', 'aria-label': 'Time strip' },
      this.canvas,
      this.range,
      this.view,
      this.start,
      this.end,
      this.position.element,
      this.slider,
      this.pointer,
      this.clear,
    );
    setHidden(this.element, true);
    setHidden(this.pointer, true);
    this.listen();
    new ResizeObserver(() => this.fit()).observe(this.canvas);
  }

  /** Parts that the strip can show; 0 while it is not on the screen. */
  get parts(): number {
    return Math.min(2000, Math.floor(this.width / 2));
  }

  show(strip: TimeStrip): void {
    if (this.strip === undefined) {
      this.watch();
    }
    this.strip = strip;
    this.draw();
  }

  /**
   * The times that the ladder shows; undefined where none is known. `leads`: the reader has come there otherwise than
   * by the strip, and goes on from there.
   */
  setView(view: TimeRange | undefined, leads: boolean): void {
    setHidden(this.view, view === undefined || this.strip === undefined);
    if (view !== undefined && this.strip !== undefined) {
      this.place(this.view, view);
      if (leads && this.drag === undefined) {
        this.setAt((view.from + view.to) / 2);
      }
    }
  }

  /** Where playback stands. */
  setPosition(time: number): void {
    this.position.move(time);
    this.showPosition();
  }

  /** The range that everything is limited to. */
  setRange(range: TimeRange | undefined): void {
    this.limited = range;
    this.showRange(range);
  }

  /** Draws again: the theme, the size or the way in which times are written has changed. */
  draw(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.drawNow();
    });
  }

  private get scale(): StripScale {
    return { from: this.strip?.from ?? 0, to: this.strip?.to ?? 0, width: this.width };
  }

  private drawNow(): void {
    const { strip, width } = this;
    if (strip === undefined || width === 0) {
      return;
    }
    drawStrip(this.canvas, strip, { width, height: this.canvas.clientHeight });
    setText(this.start, this.actions.format(strip.from));
    setText(this.end, this.actions.format(strip.to));
    setAttribute(this.slider, 'aria-valuemin', String(Math.round(strip.from)));
    setAttribute(this.slider, 'aria-valuemax', String(Math.round(strip.to)));
    this.showRange(this.limited);
    this.showPosition();
    this.setAt(this.at);
  }

  private setAt(time: number): void {
    this.at = time;
    setAttribute(this.slider, 'aria-valuenow', String(Math.round(time)));
    setAttribute(this.slider, 'aria-valuetext', this.describe(time));
  }

  /** What happened at a time, in words: the picture for those who do not see it. */
  private describe(time: number): string {
    const part = this.partAt(time);
    const { strip } = this;
    if (strip === undefined) {
      return this.actions.format(time);
    }
    const messages = strip.messages[part] ?? 0;
    const matching = strip.matching[part] ?? 0;
    const failures = strip.failures[part] ?? 0;
    const counts =
      matching === messages
        ? `${formatCount(messages)} messages`
        : `${formatCount(matching)} of ${formatCount(messages)} messages`;
    const failed = failures === 0 ? '' : `, ${formatCount(failures)} failed`;
    return `${this.actions.format(time)}: ${counts}${failed}`;
  }

  private partAt(time: number): number {
    const { strip } = this;
    const parts = strip?.messages.length ?? 0;
    const { from, to } = this.scale;
    return to > from ? Math.min(parts - 1, Math.floor(((time - from) / (to - from)) * parts)) : 0;
  }

  private place(target: HTMLElement, { from, to }: TimeRange): void {
    const left = Math.max(0, xOf(this.scale, from));
    const right = Math.min(this.width, xOf(this.scale, to));
    target.style.left = `${left}px`;
    target.style.width = `${Math.max(2, right - left)}px`;
  }

  private showPosition(): void {
    this.position.show(this.strip === undefined ? undefined : this.scale, (time) =>
      this.actions.format(time),
    );
  }

  private showRange(range: TimeRange | undefined): void {
    const shown = range !== undefined && this.strip !== undefined;
    setHidden(this.range, !shown);
    setHidden(this.clear, !shown || this.drag !== undefined);
    if (shown) {
      this.place(this.range, range);
      const right = Math.min(this.width, xOf(this.scale, range.to));
      this.clear.style.left = `${Math.min(Math.max(right + 2, 0), this.width - 22)}px`;
    }
  }

  private listen(): void {
    const { slider } = this;
    slider.addEventListener('pointerdown', (event) => this.onDown(event));
    slider.addEventListener('pointermove', (event) => this.onMove(event));
    slider.addEventListener('pointerup', () => this.onUp());
    slider.addEventListener('pointercancel', () => this.stopDrag());
    slider.addEventListener('pointerleave', () => setHidden(this.pointer, true));
    slider.addEventListener('keydown', (event) => this.onKey(event));
  }

  private fit(): void {
    const width = this.canvas.clientWidth;
    if (width !== this.width) {
      this.width = width;
      this.draw();
      this.actions.resized();
    }
  }

  private watch(): void {
    const themed = new MutationObserver(() => this.draw());
    themed.observe(document.body, { attributeFilter: ['class'] });
    themed.observe(document.documentElement, { attributeFilter: ['style', 'class'] });
    this.watchRatio();
  }

  /** The window may move to a screen with other pixels. */
  private watchRatio(): void {
    const query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener(
      'change',
      () => {
        this.draw();
        this.watchRatio();
      },
      { once: true },
    );
  }

  private xIn({ clientX }: PointerEvent): number {
    return clientX - this.slider.getBoundingClientRect().left;
  }

  private onDown(event: PointerEvent): void {
    if (event.button !== 0 || this.strip === undefined) {
      return;
    }
    const x = this.xIn(event);
    const inLane = event.clientY - this.slider.getBoundingClientRect().top >= LANES.brush;
    const kind = this.position.isAt(this.scale, x) ? 'seek' : 'look';
    this.drag = { kind: event.shiftKey || inLane ? 'limit' : kind, x, to: x };
    this.slider.setPointerCapture(event.pointerId);
    this.lead(x);
  }

  private onMove(event: PointerEvent): void {
    if (this.strip === undefined) {
      return;
    }
    const x = this.xIn(event);
    this.showPointer(x);
    const inLane = event.clientY - this.slider.getBoundingClientRect().top >= LANES.brush;
    const limits = event.shiftKey || inLane;
    this.slider.classList.toggle('wi-strip__slider--limit', limits);
    const grips = this.drag?.kind === 'seek' || this.position.isAt(this.scale, x);
    this.slider.classList.toggle('wi-strip__slider--seek', grips && !limits);
    if (this.drag !== undefined) {
      this.drag.to = x;
      if (this.drag.kind === 'limit') {
        this.showRange(this.dragged());
      } else {
        this.lead(x);
      }
    }
  }

  private onUp(): void {
    const { drag } = this;
    if (drag === undefined) {
      return;
    }
    const range = this.dragged();
    this.stopDrag();
    if (drag.kind === 'limit' && range !== undefined) {
      this.actions.limit(range);
    } else if (drag.kind === 'limit') {
      this.look(drag.x);
    }
  }

  private stopDrag(): void {
    this.drag = undefined;
    this.showRange(this.limited);
  }

  private dragged(): TimeRange | undefined {
    const { drag, scale } = this;
    return drag === undefined || Math.abs(drag.to - drag.x) < LEAST_DRAG
      ? undefined
      : rangeBetween(timeAt(scale, drag.x), timeAt(scale, drag.to), scale.to);
  }

  /** A drag leads the ladder, or playback, through the times below the pointer. */
  private lead(x: number): void {
    if (this.drag?.kind === 'look') {
      this.look(x);
    } else if (this.drag?.kind === 'seek') {
      this.actions.seek(timeAt(this.scale, x));
    }
  }

  private look(x: number): void {
    const time = timeAt(this.scale, x);
    this.setAt(time);
    this.actions.goTo(time);
  }

  private showPointer(x: number): void {
    setHidden(this.pointer, false);
    setText(this.pointer, this.describe(timeAt(this.scale, x)));
    const half = this.pointer.offsetWidth / 2;
    const left = Math.min(Math.max(x, half), Math.max(half, this.width - half));
    this.pointer.style.left = `${left}px`;
  }

  private onKey(event: KeyboardEvent): void {
    const { scale } = this;
    const whole = scale.to - scale.from;
    const step = { ArrowLeft: -0.01, ArrowRight: 0.01, PageUp: -0.1, PageDown: 0.1 }[event.key];
    if (step !== undefined && event.shiftKey) {
      this.actions.limit(stretched(this.actions.limited(), this.at, step * whole, scale));
    } else if (step !== undefined) {
      this.goTo(this.at + step * whole);
    } else if (event.key === 'Home') {
      this.goTo(scale.from);
    } else if (event.key === 'End') {
      this.goTo(scale.to);
    } else if (event.key === 'Delete' || event.key === 'Escape') {
      this.actions.limit(undefined);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private goTo(time: number): void {
    const { from, to } = this.scale;
    const bounded = Math.min(Math.max(time, from), to);
    this.setAt(bounded);
    this.actions.goTo(bounded);
  }
}
