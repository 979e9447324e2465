import type { AttributeNode } from '../../core/protocol/describe';
import { element } from '../base/dom';
import { formatQuantity } from '../base/format';
import { createIcon } from '../base/icons';
import { TreeModel, treeStep, type TreeItem, type TreeMemory } from './treeModel';
import { createValue, marked } from './valueText';

/** A line of the tree that something is to be done with. */
export interface TreeLine {
  readonly path: string;
  readonly node: AttributeNode;
}

export interface TreeActions {
  copyValue(line: TreeLine): void;
  copyPath(line: TreeLine): void;
  /** Opens the menu of a line at a place of the page; the focus goes back to the line. */
  openMenu(line: TreeLine, x: number, y: number): void;
}

/** The attributes of one message as a tree, moved through with the arrow keys. */
export class AttributeTree {
  readonly element = element('div', 'wi-tree', { role: 'tree', 'aria-label': 'Attributes' });
  private readonly model: TreeModel;
  private items: readonly TreeItem[] = [];
  private focused = 0;
  private sought = '';

  constructor(
    roots: readonly AttributeNode[],
    memory: TreeMemory,
    private readonly actions: TreeActions,
  ) {
    this.model = new TreeModel(roots, memory);
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.element.addEventListener('click', (event) => this.onClick(event));
    this.element.addEventListener('contextmenu', (event) => this.onMenu(event));
    this.render();
  }

  /** Marks a text wherever it stands; empty: marks nothing. */
  mark(sought: string): void {
    this.sought = sought;
    this.render();
  }

  /** Shows a line: opens what it stands in, and makes it the one that keys act on. */
  reveal(path: string): void {
    this.model.reveal(path);
    this.render();
    const index = this.items.findIndex((item) => item.path === path);
    this.line(this.focused)?.setAttribute('tabindex', '-1');
    this.focused = Math.max(0, index);
    const line = this.line(this.focused);
    line?.setAttribute('tabindex', '0');
    line?.classList.add('wi-tree__line--found');
    line?.scrollIntoView({ block: 'nearest' });
  }

  /** Moves the focus to the line that keys act on. */
  focusLine(): void {
    this.focus(this.focused);
  }

  private render(): void {
    this.items = this.model.items;
    this.focused = Math.min(this.focused, Math.max(0, this.items.length - 1));
    const lines = this.items.map((item, index) =>
      createLine(item, index === this.focused, this.sought),
    );
    this.element.replaceChildren(...lines);
  }

  private onKey(event: KeyboardEvent): void {
    const item = this.items[this.focused];
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c' && !event.altKey) {
      // Who has marked a text copies that.
      if (item !== undefined && (event.shiftKey || isNothingMarked())) {
        event.preventDefault();
        event.stopPropagation();
        this.actions[event.shiftKey ? 'copyPath' : 'copyValue'](item);
      }
      return;
    }
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const box = this.line(this.focused)?.getBoundingClientRect();
      if (item !== undefined && box !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        this.actions.openMenu(item, box.left + 20, box.bottom);
      }
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    if (event.target instanceof HTMLButtonElement && (event.key === 'Enter' || event.key === ' ')) {
      return;
    }
    // Shows a long value whole: Enter on its line is its button.
    if (event.key === 'Enter') {
      this.line(this.focused)?.querySelector('button')?.click();
    }
    const step = treeStep(event.key, this.items, this.focused);
    if (step === undefined) {
      return;
    }
    event.preventDefault();
    if (step.kind === 'toggle') {
      this.toggle(step.path, step.expanded);
      this.focus(this.focused);
    } else {
      this.focus(step.index);
    }
  }

  private onClick(event: MouseEvent): void {
    const index = this.indexAt(event.target);
    const item = this.items[index];
    if (item === undefined || !isNothingMarked()) {
      return;
    }
    this.focused = index;
    if (item.expanded !== undefined) {
      this.toggle(item.path, !item.expanded);
    }
    this.focus(index);
  }

  private onMenu(event: MouseEvent): void {
    const index = this.indexAt(event.target);
    const item = this.items[index];
    if (item !== undefined) {
      event.preventDefault();
      this.focus(index);
      this.actions.openMenu(item, event.clientX, event.clientY);
    }
  }

  private indexAt(target: EventTarget | null): number {
    const line = target instanceof Element ? target.closest('.wi-tree__line') : null;
    return line === null ? -1 : [...this.element.children].indexOf(line);
  }

  private toggle(path: string, expanded: boolean): void {
    this.model.setExpanded(path, expanded);
    this.render();
  }

  private focus(index: number): void {
    this.line(this.focused)?.setAttribute('tabindex', '-1');
    this.focused = index;
    const line = this.line(index);
    line?.setAttribute('tabindex', '0');
    line?.focus();
  }

  private line(index: number): HTMLElement | undefined {
    const line = this.element.children[index];
    return line instanceof HTMLElement ? line : undefined;
  }
}

function isNothingMarked(): boolean {
  return document.getSelection()?.isCollapsed !== false;
}

function createLine(item: TreeItem, focusable: boolean, sought: string): HTMLElement {
  const { node, level, position, siblings, expanded } = item;
  const group = node.group === undefined ? '' : ' wi-tree__line--group';
  const line = element('div', `wi-tree__line${group}`, {
    role: 'treeitem',
    tabindex: focusable ? '0' : '-1',
    'aria-level': String(level),
    'aria-posinset': String(position),
    'aria-setsize': String(siblings),
    ...(expanded === undefined ? {} : { 'aria-expanded': String(expanded) }),
  });
  line.style.setProperty('--wi-level', String(level - 1));
  const twist = element('span', 'wi-tree__twist');
  if (expanded !== undefined) {
    twist.append(createIcon(expanded ? 'chevronDown' : 'chevronRight'));
  }
  const name = element('span', 'wi-tree__name', {}, ...marked(node.name, sought));
  line.append(twist, name, createContent(node, sought));
  return line;
}

function createContent(node: AttributeNode, sought: string): HTMLElement {
  const content = element('span', 'wi-tree__content');
  if (node.group !== undefined) {
    line(content, node.group === 'system' ? 'by name' : 'all others');
    content.title = 'Told apart by the names that Platform SDK has for system properties';
  } else if (node.value !== undefined) {
    content.append(createValue(node.value, `wi-value--${node.type}`, sought));
  } else if (node.type === 'list') {
    const count = formatQuantity(node.children?.length ?? 0, 'entry').replace('entrys', 'entries');
    line(content, count);
  }
  if (node.meaning !== undefined) {
    content.append(element('span', 'wi-tree__meaning', {}, ...marked(node.meaning, sought)));
  }
  if (node.type !== 'list' && node.more !== true) {
    content.append(element('span', 'wi-tree__type wi-tree__type--value', {}, node.type));
    content.title = node.type;
  }
  return content;
}

function line(content: HTMLElement, text: string): void {
  content.append(element('span', 'wi-tree__type', {}, text));
}
