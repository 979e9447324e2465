/** The attributes of a message: a line to search in them, the tree, and what can be done with a line of it. */
import type { MessageDetails } from '../../bridge/traceView';
import type { ContextMenu } from '../base/contextMenu';
import { element, plainButton, setHidden, setText } from '../base/dom';
import { formatCount } from '../base/format';
import { AttributeTree, type TreeLine } from './attributeTree';
import type { DetailsMemory } from './detailsMemory';
import { attributePath, findInTree } from './treeSearch';

export interface AttributeActions {
  copyAttribute(message: number, place: readonly number[]): void;
  copyPath(path: string): void;
}

/** Made anew for each message; what is sought and which lists are open it takes from the memory. */
export class AttributePanel {
  readonly element = element('div', 'wi-attributes');
  private readonly input = element('input', 'wi-attributes__input', {
    type: 'text',
    placeholder: 'Search attributes (Ctrl+F or /)',
    'aria-label': 'Search attributes',
    spellcheck: 'false',
  });
  private readonly count = element('span', 'wi-attributes__count', { role: 'status' });
  private readonly steps = element('span', 'wi-attributes__steps');
  private readonly tree: AttributeTree;
  private hits: readonly string[] = [];
  private at = -1;

  constructor(
    private readonly details: MessageDetails,
    private readonly memory: DetailsMemory,
    private readonly actions: AttributeActions,
    private readonly menu: ContextMenu,
  ) {
    const { attributes, name } = details;
    this.tree = new AttributeTree(attributes, memory.treeOf(name), {
      copyValue: (line) => this.copyValue(line),
      copyPath: (line) => this.copyPath(line),
      openMenu: (line, x, y) => this.openMenu(line, x, y),
    });
    this.steps.append(
      plainButton('', 'arrowUp', 'Previous match (Shift+Enter)', () => this.step(-1)),
      plainButton('', 'arrowDown', 'Next match (Enter)', () => this.step(1)),
    );
    this.input.value = memory.sought;
    this.input.addEventListener('input', () => this.search(this.input.value));
    this.input.addEventListener('keydown', (event) => this.onKey(event));
    const line = element(
      'div',
      'wi-attributes__search',
      { role: 'search' },
      this.input,
      this.count,
      this.steps,
    );
    this.element.append(line, this.tree.element);
    // What is sought stays marked from message to message; the view does not jump to it unasked.
    this.look(memory.sought);
  }

  /** Puts the caret into the line to search in. */
  focusSearch(): void {
    this.input.focus();
    this.input.select();
  }

  private search(text: string): void {
    this.memory.sought = text;
    this.look(text);
    if (this.hits.length > 0) {
      this.goTo(0);
    }
  }

  private look(text: string): void {
    this.hits = findInTree(this.details.attributes, text);
    this.at = -1;
    this.tree.mark(text);
    this.tell();
  }

  private step(step: 1 | -1): void {
    const { length } = this.hits;
    if (length > 0) {
      const from = this.at < 0 && step < 0 ? 0 : this.at;
      this.goTo((from + step + length) % length);
    }
  }

  private goTo(at: number): void {
    const path = this.hits[at];
    if (path !== undefined) {
      this.at = at;
      this.tree.reveal(path);
      this.tell();
    }
  }

  private tell(): void {
    const { length } = this.hits;
    const place = this.at < 0 ? '' : `${formatCount(this.at + 1)} of `;
    const text = length === 0 ? 'No match' : `${place}${formatCount(length)}`;
    setText(this.count, this.memory.sought === '' ? '' : text);
    this.count.classList.toggle('wi-attributes__count--none', length === 0);
    setHidden(this.steps, length === 0);
  }

  private onKey(event: KeyboardEvent): void {
    const { key, shiftKey } = event;
    if (key === 'Enter') {
      this.step(shiftKey ? -1 : 1);
    } else if (key === 'Escape') {
      // First the search ends; pressed again, in the tree, the key leaves the details.
      this.input.value = '';
      this.search('');
      this.tree.focusLine();
    } else if (key === 'ArrowDown') {
      this.tree.focusLine();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private openMenu(line: TreeLine, x: number, y: number): void {
    const { group, more } = line.node;
    const isOnWire = group === undefined && more !== true;
    this.menu.open(
      [
        [
          {
            label: 'Copy Value',
            keys: 'Ctrl+C',
            enabled: more !== true,
            run: () => this.copyValue(line),
          },
          {
            label: 'Copy Path',
            keys: 'Ctrl+Shift+C',
            enabled: isOnWire,
            run: () => this.copyPath(line),
          },
        ],
      ],
      { x, y },
      () => this.tree.focusLine(),
    );
  }

  private copyValue({ path, node }: TreeLine): void {
    if (node.more !== true) {
      this.actions.copyAttribute(this.details.message, path.split('.').map(Number));
    }
  }

  private copyPath({ path, node }: TreeLine): void {
    if (node.group === undefined && node.more !== true) {
      this.actions.copyPath(attributePath(this.details.attributes, path));
    }
  }
}
