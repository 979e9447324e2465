import type { AttributeNode } from '../../core/protocol/describe';
import { element } from '../base/dom';
import { formatQuantity } from '../base/format';
import { createIcon } from '../base/icons';
import { TreeModel, treeStep, type TreeItem } from './treeModel';
import { createValue } from './valueText';

/** The attributes of one message as a tree, moved through with the arrow keys. */
export class AttributeTree {
  readonly element = element('div', 'wi-tree', { role: 'tree', 'aria-label': 'Attributes' });
  private readonly model: TreeModel;
  private items: readonly TreeItem[] = [];
  private focused = 0;

  constructor(roots: readonly AttributeNode[]) {
    this.model = new TreeModel(roots);
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.element.addEventListener('click', (event) => this.onClick(event));
    this.render();
  }

  private render(): void {
    this.items = this.model.items;
    this.focused = Math.min(this.focused, Math.max(0, this.items.length - 1));
    const lines = this.items.map((item, index) => createLine(item, index === this.focused));
    this.element.replaceChildren(...lines);
  }

  private onKey(event: KeyboardEvent): void {
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
    const line = event.target instanceof Element ? event.target.closest('.wi-tree__line') : null;
    const index = line === null ? -1 : [...this.element.children].indexOf(line);
    const item = this.items[index];
    if (item === undefined || document.getSelection()?.isCollapsed === false) {
      return;
    }
    this.focused = index;
    if (item.expanded !== undefined) {
      this.toggle(item.path, !item.expanded);
    }
    this.focus(index);
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

function createLine(item: TreeItem, focusable: boolean): HTMLElement {
  const { node, level, position, siblings, expanded } = item;
  const line = element('div', 'wi-tree__line', {
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
  line.append(twist, element('span', 'wi-tree__name', {}, node.name), createContent(node));
  return line;
}

function createContent(node: AttributeNode): HTMLElement {
  const content = element('span', 'wi-tree__content');
  if (node.value !== undefined) {
    content.append(createValue(node.value, `wi-value--${node.type}`));
  } else if (node.type === 'list') {
    const count = formatQuantity(node.children?.length ?? 0, 'entry').replace('entrys', 'entries');
    content.append(element('span', 'wi-tree__type', {}, count));
  }
  if (node.meaning !== undefined) {
    content.append(element('span', 'wi-tree__meaning', {}, node.meaning));
  }
  if (node.type !== 'list') {
    content.append(element('span', 'wi-tree__type', {}, node.type));
  }
  return content;
}
