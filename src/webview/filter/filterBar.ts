/**
 * The bar in which the view is limited and ordered. It holds what is being written; what is in force is its
 * owner's, who is told when that should change.
 */
import type { FilterMemory, FilterState, TraceViewMethods } from '../../bridge/traceView';
import type { Timer } from '../../bridge/rpcChannel';
import type { Disposable } from '../../core/base/disposable';
import type {
  Completion,
  Completions,
  FilterProblem,
  FilterScope,
  LadderOrder,
  LadderQuery,
} from '../../core/filter/query';
import { element, plainButton, setHidden } from '../base/dom';
import { createIcon } from '../base/icons';
import { LatestWins } from '../base/latest';
import { Segments } from '../base/segments';
import { CompletionList } from './completionList';
import { FilterCount } from './filterCount';
import { FilterLine } from './filterLine';
import { FilterSettling } from './filterSettling';
import { HistoryWalk } from './historyWalk';
import { MemoryMenu } from './memoryMenu';

/** Milliseconds after the last key before a filter is applied by itself. */
const APPLY_DELAY_MS = 250;

export interface FilterBarActions {
  apply(filter: string): void;
  setScope(scope: FilterScope): void;
  setOrder(order: LadderOrder): void;
  cancel(): void;
  /** The reader is done here. */
  leave(): void;
  fail(what: string, error: unknown): void;
}

export interface FilterBarOptions {
  readonly host: Pick<
    TraceViewMethods,
    'completeFilter' | 'getFilterMemory' | 'rememberFilter' | 'saveFilter'
  >;
  readonly timer: Timer;
  readonly actions: FilterBarActions;
}

export class FilterBar {
  readonly element: HTMLElement;
  private readonly line = new FilterLine();
  private readonly count: FilterCount;
  private readonly scope: Segments<FilterScope>;
  private readonly order: Segments<LadderOrder>;
  private readonly field: HTMLElement;
  private readonly clearing: HTMLButtonElement;
  private readonly star: HTMLButtonElement;
  private readonly recent: HTMLButtonElement;
  private readonly completing: LatestWins;
  private readonly walk = new HistoryWalk();
  private readonly settling: FilterSettling;
  private completions: CompletionList | undefined;
  private menu: MemoryMenu | undefined;
  private due: Disposable | undefined;
  /** The filter that was last asked for. */
  private applied = '';
  private inForce: { readonly state: FilterState; readonly messages: number } | undefined;
  /** False once the line was confirmed: ways to go on with it that come later are not wanted any more. */
  private isWriting = false;

  constructor(private readonly options: FilterBarOptions) {
    const { actions, host, timer } = options;
    this.settling = new FilterSettling(timer, (filter) => {
      host.rememberFilter(filter).catch((error: unknown) => {
        actions.fail('The filter could not be kept', error);
      });
    });
    this.count = new FilterCount(() => actions.cancel());
    this.scope = new Segments('scope', 'What the filter shows', SCOPES, (scope) =>
      actions.setScope(scope),
    );
    this.order = new Segments('order', 'Order', ORDERS, (order) => actions.setOrder(order));
    this.completing = new LatestWins((error) => actions.fail('The filter', error));
    this.clearing = plainButton('', 'close', 'Clear Filter', () => this.clear());
    this.star = plainButton('', 'star', 'Save Filter', () => this.openMenu('name'));
    this.recent = plainButton('', 'history', 'Saved and Recent Filters', () =>
      this.openMenu('list'),
    );
    this.recent.setAttribute('aria-haspopup', 'dialog');
    this.star.setAttribute('aria-haspopup', 'dialog');
    this.field = element(
      'div',
      'wi-filter__field',
      {},
      createIcon('filter'),
      this.line.element,
      this.clearing,
      this.star,
      this.recent,
    );
    this.element = element(
      'div',
      'wi-filter',
      { role: 'search', 'aria-label': 'Filter' },
      this.field,
      this.scope.element,
      this.order.element,
      this.count.element,
      this.line.problem,
      this.count.track,
    );
    this.listen();
    this.showButtons();
  }

  /** Moves the focus to the line and marks its text. */
  focus(): void {
    this.line.input.focus();
    this.line.input.select();
  }

  /** What is in force. A line that is being written stays as it is. */
  update(state: FilterState, messages: number): void {
    this.inForce = { state, messages };
    this.count.update(state, messages, this.line.isWrong);
  }

  /** What was asked for, by this bar or by another part of the view. */
  setQuery({ filter, scope, order }: LadderQuery): void {
    this.scope.set(scope);
    this.order.set(order);
    if (filter !== this.applied) {
      this.stopWaiting();
      this.applied = filter;
      this.line.set(filter);
      this.line.show(undefined);
    }
    this.showButtons();
  }

  /** The filter that was asked for is none, and why; undefined when it is one. */
  showProblem(problem: FilterProblem | undefined): void {
    // Who has written on since then is told of the next answer.
    if (this.line.text === this.applied) {
      this.line.show(problem);
      if (this.inForce !== undefined) {
        this.update(this.inForce.state, this.inForce.messages);
      }
    }
  }

  /** A filter that was chosen elsewhere is one to come back to. */
  settle(filter: string): void {
    this.settling.settle(filter);
  }

  private clear(): void {
    this.settling.drop();
    this.line.set('');
    this.apply();
    this.line.input.focus();
  }

  private apply(): void {
    this.stopWaiting();
    this.line.show(undefined);
    this.applied = this.line.text;
    this.showButtons();
    this.options.actions.apply(this.applied);
  }

  /** Applies what is meant. */
  private confirm(): void {
    this.apply();
    this.settle(this.line.text);
  }

  private stopWaiting(): void {
    this.due?.dispose();
    this.due = undefined;
  }

  private showButtons(): void {
    setHidden(this.clearing, this.line.text === '');
    setHidden(this.star, this.line.text === '');
  }

  private written(): void {
    this.showButtons();
    this.line.show(undefined);
    this.stopWaiting();
    this.due = this.options.timer(APPLY_DELAY_MS, () => this.apply());
    this.settling.write(this.line.text);
    if (this.line.text === '') {
      this.completions?.close();
    } else {
      this.complete(false);
    }
  }

  private complete(choose: boolean): void {
    const { text, caret } = this.line;
    this.isWriting = true;
    this.completing.run(async () => {
      const found = await this.options.host.completeFilter(text, caret);
      const same = this.line.text === text && this.line.caret === caret;
      if (same && this.isWriting && document.activeElement === this.line.input) {
        this.completionList().open(found, choose);
      }
    });
  }

  private completionList(): CompletionList {
    if (this.completions === undefined) {
      this.completions = new CompletionList(this.line.input, (completion, of) =>
        this.accept(completion, of),
      );
      this.field.append(this.completions.element);
    }
    return this.completions;
  }

  private accept({ text, kind }: Completion, { from, to }: Completions): void {
    const before = this.line.text;
    this.line.set(before.slice(0, from) + text + before.slice(to), from + text.length);
    this.written();
    if (kind !== 'field') {
      // Its word is whole: what is on its way for it must not open the list again.
      this.isWriting = false;
      this.completions?.close();
      this.settle(this.line.text);
    }
  }

  private openMenu(focus: 'name' | 'list'): void {
    if (this.menu?.isOpen === true) {
      this.menu.close();
      return;
    }
    this.completions?.close();
    this.remember(this.options.host.getFilterMemory(), (memory) => {
      this.memoryMenu().open(memory, this.line.text, focus);
    });
  }

  private memoryMenu(): MemoryMenu {
    if (this.menu === undefined) {
      const save = (name: string, filter: string): void =>
        this.remember(this.options.host.saveFilter(name, filter), (memory) => {
          this.menu?.update(memory);
        });
      this.menu = new MemoryMenu({
        use: (filter) => {
          this.menu?.close();
          this.line.set(filter);
          this.confirm();
          this.line.input.focus();
        },
        keep: (name) => save(name, this.line.text),
        forget: (name) => save(name, ''),
        leave: () => this.line.input.focus(),
      });
      this.field.append(this.menu.element);
    }
    return this.menu;
  }

  private remember(asked: Promise<FilterMemory>, then: (memory: FilterMemory) => void): void {
    asked.then(then).catch((error: unknown) => {
      this.options.actions.fail('The saved filters could not be had', error);
    });
  }

  private listen(): void {
    const { input } = this.line;
    input.addEventListener('input', () => this.written());
    input.addEventListener('keydown', (event) => this.onKey(event));
    input.addEventListener('blur', ({ relatedTarget }) => {
      this.completions?.close();
      // The buttons of the line say themselves what becomes of it.
      if (!(relatedTarget instanceof Node && this.field.contains(relatedTarget))) {
        this.settling.leave();
      }
    });
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      const inside = relatedTarget instanceof Node && this.field.contains(relatedTarget);
      if (!inside && relatedTarget !== null) {
        this.menu?.close();
      }
    });
    document.addEventListener('mousedown', ({ target }) => {
      if (target instanceof Node && !this.field.contains(target)) {
        this.menu?.close();
      }
    });
  }

  private onKey(event: KeyboardEvent): void {
    const list = this.completions;
    const open = list?.isOpen === true;
    if (event.key === ' ' && event.ctrlKey) {
      this.complete(true);
    } else if (event.key === 'Enter') {
      if (open && list.hasActive) {
        list.accept();
      } else {
        list?.close();
        this.isWriting = false;
        this.confirm();
      }
    } else if (event.key === 'Tab' && open && !event.shiftKey) {
      list.accept();
    } else if (event.key === 'Escape') {
      if (open) {
        list.close();
      } else {
        this.options.actions.leave();
      }
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const down = event.key === 'ArrowDown';
      if (open) {
        list.move(down ? 1 : -1);
      } else {
        this.walkHistory(down ? -1 : 1);
      }
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** Goes through what was filtered for before, where nothing was written since. */
  private walkHistory(step: 1 | -1): void {
    const { text } = this.line;
    if (this.walk.isAt(text)) {
      this.put(this.walk.step(step));
    } else if (text === '' || text === this.applied) {
      this.remember(this.options.host.getFilterMemory(), ({ history }) => {
        if (this.line.text === text) {
          this.walk.begin(history, text);
          // In an empty line either key leads to the latest.
          this.put(this.walk.step(text === '' ? 1 : step));
        }
      });
    }
  }

  private put(filter: string | undefined): void {
    if (filter !== undefined) {
      this.line.set(filter);
      this.showButtons();
    }
  }
}

const SCOPES = [
  {
    value: 'messages',
    word: 'Messages that match',
    hint: 'Show the messages that match and no others',
  },
  {
    value: 'phases',
    word: 'Whole phases',
    hint: 'Show every message of a phase in which one matches',
  },
] as const;

const ORDERS = [
  { value: 'time', word: 'By time', hint: 'In the order of the recording' },
  { value: 'phase', word: 'By phase', hint: 'Phase after phase, in the order of their requests' },
] as const;
