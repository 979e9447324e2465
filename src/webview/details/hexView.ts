/** The bytes of a frame: offset, hexadecimal, ASCII. Only the lines on the screen are there, and only their bytes. */
import type { FrameBytes } from '../../bridge/detailsMethods';
import type { ContextMenu } from '../base/contextMenu';
import { element, setText } from '../base/dom';
import { formatCount, formatQuantity } from '../base/format';
import { ScrollMap } from '../ladder/scrollMap';
import { BytePages } from './bytePages';
import {
  bytesPerLine,
  hexOf,
  movedHead,
  offsetDigits,
  rangeOf,
  signOf,
  type ByteSelection,
} from './hexModel';

const LINE_HEIGHT = 18;

export interface HexActions {
  load(offset: number, count: number): Promise<FrameBytes>;
  copy(from: number, to: number, form: 'hex' | 'text'): void;
  fail(error: unknown): void;
}

export class HexView {
  readonly element = element('div', 'wi-hex');
  private readonly scroller = element('div', 'wi-hex__scroller', {
    role: 'group',
    tabindex: '0',
    'aria-label': 'Bytes of the body',
    'aria-describedby': 'wi-hex-status',
  });
  private readonly sheet = element('div', 'wi-hex__sheet');
  private readonly lines = element('div', 'wi-hex__lines');
  private readonly status = element('p', 'wi-hex__status', { id: 'wi-hex-status', role: 'status' });
  private readonly map = new ScrollMap(LINE_HEIGHT);
  private readonly pages: BytePages;
  private total: number | undefined;
  private perLine = 16;
  private selection: ByteSelection | undefined;

  constructor(
    private readonly actions: HexActions,
    private readonly menu: ContextMenu,
  ) {
    this.pages = new BytePages(
      (offset, count) => actions.load(offset, count),
      (total) => this.loaded(total),
      (error) => actions.fail(error),
    );
    this.sheet.append(this.lines);
    this.scroller.append(this.sheet);
    this.element.append(this.scroller, this.status);
    this.scroller.addEventListener('scroll', () => this.scrolled(), { passive: true });
    this.scroller.addEventListener('keydown', (event) => this.onKey(event));
    this.scroller.addEventListener('pointerdown', (event) => this.onPress(event));
    this.scroller.addEventListener('pointermove', (event) => this.onDrag(event));
    this.scroller.addEventListener('contextmenu', (event) => this.onMenu(event));
    new ResizeObserver(() => this.layOut()).observe(this.scroller);
    this.pages.want(0, 1);
  }

  private loaded(total: number): void {
    const isFirst = this.total === undefined;
    this.total = total;
    if (isFirst) {
      this.layOut();
    }
    this.render();
  }

  private layOut(): void {
    const { total, scroller } = this;
    if (total === undefined || scroller.clientHeight === 0) {
      return;
    }
    this.lines.replaceChildren(element('span', 'wi-hex__probe', {}, '0'.repeat(10)));
    const width = (this.lines.firstElementChild?.getBoundingClientRect().width ?? 70) / 10;
    const first = this.map.visible.first * this.perLine;
    this.perLine = bytesPerLine((scroller.clientWidth - 10) / width, offsetDigits(total));
    this.map.resize(Math.ceil(total / this.perLine), scroller.clientHeight);
    this.sheet.style.height = `${this.map.height}px`;
    scroller.scrollTop = this.map.goTo(Math.floor(first / this.perLine) * LINE_HEIGHT);
    this.render();
  }

  private scrolled(): void {
    const to = this.map.scrolled(this.scroller.scrollTop);
    if (to !== undefined) {
      this.scroller.scrollTop = to;
    }
    this.render();
  }

  private render(): void {
    const { total = 0, perLine, map } = this;
    const { first, last } = map.visible;
    this.pages.want(first * perLine, Math.min(total, (last + 1) * perLine));
    const digits = offsetDigits(total);
    const lines: HTMLElement[] = [];
    for (let line = first; line <= last; line++) {
      const made = this.createLine(line * perLine, Math.min(total, (line + 1) * perLine), digits);
      made.style.top = `${line * LINE_HEIGHT + map.offset}px`;
      lines.push(made);
    }
    this.lines.replaceChildren(...lines);
    setText(this.status, this.statusText());
  }

  private createLine(from: number, to: number, digits: number): HTMLElement {
    const hex = element('span', 'wi-hex__bytes');
    const signs = element('span', 'wi-hex__signs');
    const range = this.selection && rangeOf(this.selection);
    for (let offset = from; offset < to; offset++) {
      const byte = this.pages.at(offset);
      const marks = [
        ...(range !== undefined && offset >= range.from && offset < range.to ? ['selected'] : []),
        ...(this.pages.isSecret(offset) ? ['secret'] : []),
        ...(offset === this.selection?.head ? ['head'] : []),
      ];
      const className = marks.map((mark) => `wi-hex__byte--${mark}`).join(' ');
      const at = { 'data-offset': String(offset) };
      hex.append(
        element('span', `wi-hex__byte ${className}`, at, byte === undefined ? '··' : hexOf(byte)),
      );
      signs.append(
        element('span', `wi-hex__sign ${className}`, at, byte === undefined ? '·' : signOf(byte)),
      );
    }
    hex.style.width = `${this.perLine * 3}ch`;
    return element(
      'div',
      'wi-hex__line',
      {},
      element('span', 'wi-hex__offset', {}, from.toString(16).padStart(digits, '0')),
      hex,
      signs,
    );
  }

  private statusText(): string {
    const { total, selection } = this;
    if (total === undefined) {
      return 'Reading…';
    }
    if (selection === undefined) {
      return formatQuantity(total, 'byte');
    }
    const { from, to } = rangeOf(selection);
    const secret = this.pages.isSecret(selection.head) ? ', in a replaced secret' : '';
    const byte = this.pages.at(from);
    return to - from === 1
      ? `Offset ${formatCount(from)} (0x${from.toString(16)})${byte === undefined ? '' : `: ${byte}`}${secret}`
      : `${formatQuantity(to - from, 'byte')} selected, from offset ${formatCount(from)}${secret}`;
  }

  private select(selection: ByteSelection): void {
    this.selection = selection;
    const { first, last } = this.map.visible;
    const line = Math.floor(selection.head / this.perLine);
    if (line <= first) {
      this.scroller.scrollTop = this.map.goTo(line * LINE_HEIGHT);
    } else if (line >= last) {
      const below = (line + 1) * LINE_HEIGHT - this.scroller.clientHeight;
      this.scroller.scrollTop = this.map.goTo(Math.max(0, below));
    }
    this.render();
  }

  private onKey(event: KeyboardEvent): void {
    const { key, shiftKey } = event;
    const { total = 0, selection } = this;
    if (total === 0 || event.altKey) {
      return;
    }
    if (event.ctrlKey || event.metaKey) {
      this.onControlKey(event, total);
      return;
    }
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / LINE_HEIGHT) - 1);
    const head = movedHead(key, selection?.head ?? 0, { perLine: this.perLine, total, page });
    if (head !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      const start = selection === undefined && !key.startsWith('Page') ? 0 : head;
      const to = selection === undefined && key.startsWith('Arrow') ? start : head;
      this.select({ anchor: shiftKey ? (selection?.anchor ?? to) : to, head: to });
    } else if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) {
      event.preventDefault();
      event.stopPropagation();
      const box = this.scroller.getBoundingClientRect();
      this.openMenu(box.left + 40, box.top + 40);
    }
  }

  private onControlKey(event: KeyboardEvent, total: number): void {
    const key = event.key.toLowerCase();
    if (key === 'a') {
      this.selection = { anchor: 0, head: total - 1 };
      this.render();
    } else if (key === 'c') {
      this.copy(event.shiftKey ? 'text' : 'hex');
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private onPress(event: PointerEvent): void {
    const offset = offsetAt(event.target);
    if (event.button === 0 && offset !== undefined) {
      const anchor = event.shiftKey ? (this.selection?.anchor ?? offset) : offset;
      this.selection = { anchor, head: offset };
      this.render();
      this.scroller.focus({ preventScroll: true });
      event.preventDefault();
    }
  }

  private onDrag(event: PointerEvent): void {
    const offset = offsetAt(event.target);
    if ((event.buttons & 1) !== 0 && offset !== undefined && this.selection !== undefined) {
      if (offset !== this.selection.head) {
        this.selection = { ...this.selection, head: offset };
        this.render();
      }
    }
  }

  private onMenu(event: MouseEvent): void {
    const offset = offsetAt(event.target);
    const range = this.selection && rangeOf(this.selection);
    const isInside = range !== undefined && offset !== undefined;
    if (offset !== undefined && !(isInside && offset >= range.from && offset < range.to)) {
      this.selection = { anchor: offset, head: offset };
      this.render();
    }
    event.preventDefault();
    this.openMenu(event.clientX, event.clientY);
  }

  private openMenu(x: number, y: number): void {
    const enabled = this.selection !== undefined;
    this.menu.open(
      [
        [
          { label: 'Copy as Hex', keys: 'Ctrl+C', enabled, run: () => this.copy('hex') },
          { label: 'Copy as Text', keys: 'Ctrl+Shift+C', enabled, run: () => this.copy('text') },
        ],
      ],
      { x, y },
      () => this.scroller.focus(),
    );
  }

  private copy(form: 'hex' | 'text'): void {
    if (this.selection !== undefined) {
      const { from, to } = rangeOf(this.selection);
      this.actions.copy(from, to, form);
    }
  }
}

function offsetAt(target: EventTarget | null): number | undefined {
  const byte = target instanceof Element ? target.closest('[data-offset]') : null;
  return byte instanceof HTMLElement ? Number(byte.dataset['offset']) : undefined;
}
