import { element, setHidden } from './dom';

/** One line of a menu. */
export interface MenuEntry {
  readonly label: string;
  /** The keys that do the same, for people, such as `Ctrl+C`. */
  readonly keys?: string;
  /** False: shown, and cannot be chosen. */
  readonly enabled?: boolean;
  readonly run: () => void;
}

export type MenuGroup = readonly MenuEntry[];

/** Where a menu opens, in pixels of the page. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

/** Letters that are typed within so many milliseconds are one word. */
const TYPING_MS = 800;
/** Pixels that stay free between the menu and the edge of the page. */
const EDGE = 4;

/** A menu at a place in the page, complete by keyboard. Made once, opened with other entries each time. */
export class ContextMenu {
  readonly element = element('div', 'wi-context', { role: 'menu', tabindex: '-1' });
  private readonly runs = new Map<Element, () => void>();
  private leave: () => void = () => undefined;
  private typed = { text: '', at: -Infinity };

  /** `label` is read out when the menu opens. */
  constructor(label: string) {
    this.element.setAttribute('aria-label', label);
    setHidden(this.element, true);
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.element.addEventListener('click', (event) => this.choose(event.target));
    this.element.addEventListener('pointermove', ({ target }) => this.point(target));
    // The editor's own menu has nothing to say here.
    this.element.addEventListener('contextmenu', (event) => event.preventDefault());
    document.addEventListener('pointerdown', (event) => this.onPress(event), true);
    for (const name of ['blur', 'resize', 'wheel'] as const) {
      window.addEventListener(name, () => this.close(false), { passive: true });
    }
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** Opens the menu; groups without entries are left out. `leave` is called when it closes by keyboard or choice. */
  open(groups: readonly MenuGroup[], place: MenuPlace, leave: () => void): void {
    this.close(false);
    this.leave = leave;
    this.typed = { text: '', at: -Infinity };
    for (const group of groups.filter(({ length }) => length > 0)) {
      if (this.runs.size > 0) {
        this.element.append(element('div', 'wi-context__line', { role: 'separator' }));
      }
      group.forEach((entry) => this.add(entry));
    }
    if (this.runs.size > 0) {
      setHidden(this.element, false);
      this.place(place);
      (this.choosable()[0] ?? this.element).focus();
    }
  }

  /** `back`: the focus returns to where it came from. */
  close(back: boolean): void {
    if (this.isOpen) {
      setHidden(this.element, true);
      this.element.replaceChildren();
      this.runs.clear();
      if (back) {
        this.leave();
      }
    }
  }

  private add({ label, keys, enabled = true, run }: MenuEntry): void {
    const item = element(
      'div',
      'wi-context__item',
      { role: 'menuitem', tabindex: '-1' },
      element('span', 'wi-context__label', {}, label),
    );
    if (keys !== undefined) {
      item.append(element('span', 'wi-context__keys', { 'aria-hidden': 'true' }, keys));
      item.setAttribute('aria-keyshortcuts', keys.replaceAll('Ctrl', 'Control'));
    }
    if (!enabled) {
      item.setAttribute('aria-disabled', 'true');
    }
    this.runs.set(item, run);
    this.element.append(item);
  }

  private place({ x, y }: MenuPlace): void {
    const { style } = this.element;
    style.left = '0';
    style.top = '0';
    const { width, height } = this.element.getBoundingClientRect();
    const { innerWidth, innerHeight } = window;
    const left = x + width + EDGE > innerWidth ? x - width : x;
    const top = y + height + EDGE > innerHeight ? y - height : y;
    style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
    style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
  }

  private choosable(): readonly HTMLElement[] {
    return [
      ...this.element.querySelectorAll<HTMLElement>('.wi-context__item:not([aria-disabled])'),
    ];
  }

  private choose(target: EventTarget | null): void {
    const item = itemOf(target);
    const run = item === undefined ? undefined : this.runs.get(item);
    if (item !== undefined && run !== undefined && !item.hasAttribute('aria-disabled')) {
      this.close(true);
      run();
    }
  }

  private point(target: EventTarget | null): void {
    const item = itemOf(target);
    if (item !== undefined && !item.hasAttribute('aria-disabled')) {
      item.focus({ preventScroll: true });
    }
  }

  private onPress({ target }: PointerEvent): void {
    if (this.isOpen && !(target instanceof Node && this.element.contains(target))) {
      this.close(false);
    }
  }

  private onKey(event: KeyboardEvent): void {
    const { key } = event;
    // No key that is pressed in a menu means anything elsewhere.
    event.stopPropagation();
    if (key === 'Escape' || key === 'Tab') {
      this.close(true);
    } else if (key === 'Enter' || key === ' ') {
      this.choose(document.activeElement);
    } else {
      const target = this.targetOf(event);
      if (target === undefined) {
        return;
      }
      target.focus();
    }
    event.preventDefault();
  }

  private targetOf({ key, timeStamp, ctrlKey, metaKey, altKey }: KeyboardEvent) {
    const items = this.choosable();
    const at = items.findIndex((item) => item === document.activeElement);
    switch (key) {
      case 'ArrowDown':
        return items[(at + 1) % items.length];
      case 'ArrowUp':
        return items[at <= 0 ? items.length - 1 : at - 1];
      case 'Home':
        return items[0];
      case 'End':
        return items.at(-1);
      default:
        return key.length === 1 && !ctrlKey && !metaKey && !altKey
          ? this.type(key.toLowerCase(), timeStamp, items, at)
          : undefined;
    }
  }

  /** The next entry that begins with what was typed; one letter again and again goes through all of its entries. */
  private type(letter: string, at: number, items: readonly HTMLElement[], from: number) {
    const goesOn = at - this.typed.at < TYPING_MS;
    const text = goesOn && this.typed.text !== letter ? this.typed.text + letter : letter;
    this.typed = { text, at };
    const first = text.length === 1 ? from + 1 : Math.max(0, from);
    const order = [...items.slice(first), ...items.slice(0, first)];
    return order.find((item) => item.textContent.toLowerCase().startsWith(text));
  }
}

function itemOf(target: EventTarget | null): HTMLElement | undefined {
  const item = target instanceof Element ? target.closest('.wi-context__item') : null;
  return item instanceof HTMLElement ? item : undefined;
}
