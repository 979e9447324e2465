import { assertNever } from '../../core/base/assert';
import { messageOf } from '../../core/base/result';
import type { LadderRow } from '../../core/ladder/rows';
import type { MessageDetails } from '../../bridge/traceView';
import type { NoteOf } from '../annotations/noteOf';
import { element } from '../base/dom';
import { ContextMenu } from '../base/contextMenu';
import type { DetailsMemory } from './detailsMemory';
import { framePlace } from './frameSection';
import {
  createMessagePanel,
  createPhase,
  createProblem,
  type MessageActions,
} from './messagePanel';
import { createFoldPanel, createMarkPanel, createPhasePanel } from './rowPanel';

export interface DetailsActions extends MessageActions {
  getMessage(message: number): Promise<MessageDetails>;
  /** The reader is done here. */
  leave(): void;
}

/** The pane beside the ladder: what is known of the selected row. The newest selection wins. */
export class DetailsPane {
  readonly element = element('aside', 'wi-details', { 'aria-label': 'Details', tabindex: '-1' });
  private readonly menu = new ContextMenu('Details');
  private focusSearch: (() => void) | undefined;
  private note: NoteOf | undefined;
  private wanted: number | undefined;

  constructor(
    private readonly actions: DetailsActions,
    private readonly memory: DetailsMemory,
  ) {
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.clear();
  }

  /** Shows the note of the selected message above its details from now on. */
  setNote(note: NoteOf): void {
    this.note = note;
    this.element.prepend(note.element);
  }

  clear(): void {
    this.wanted = undefined;
    const text = 'Select a message to see its attributes.';
    this.note?.show(undefined);
    this.focusSearch = undefined;
    this.fill(element('p', 'wi-details__hint', {}, text));
  }

  private onKey(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (key === 'Escape') {
      event.preventDefault();
      this.actions.leave();
      return;
    }
    const isWriting =
      event.target instanceof Element && event.target.matches('input[type="text"], textarea');
    const isFind = (ctrlKey || metaKey) && !shiftKey && key.toLowerCase() === 'f';
    const isSlash = key === '/' && !ctrlKey && !metaKey && !isWriting;
    if ((isFind || isSlash) && !altKey && this.focusSearch !== undefined) {
      // Here these keys look in this message; elsewhere in all of them.
      event.preventDefault();
      event.stopPropagation();
      this.focusSearch();
    }
  }

  show(row: LadderRow): void {
    this.note?.show(row);
    if (row.kind === 'message') {
      void this.showMessage(row.message);
    } else {
      this.wanted = undefined;
      this.focusSearch = undefined;
      this.put(this.createRowPanel(row));
    }
  }

  /** Shows a message whose row is not there. */
  showMessageOf(message: number): void {
    this.note?.show(undefined);
    void this.showMessage(message);
  }

  /** Moves the focus into the pane: to the attributes, or to the pane when there are none. */
  focus(): void {
    const line = this.element.querySelector<HTMLElement>('.wi-tree__line[tabindex="0"]');
    (line ?? this.element).focus();
  }

  private async showMessage(message: number): Promise<void> {
    if (this.wanted === message) {
      return;
    }
    this.wanted = message;
    const content = await this.load(message);
    // Another row may have been selected meanwhile.
    if (this.wanted === message) {
      this.focusSearch = content.focusSearch;
      this.put(content.panel);
      if (!content.whole) {
        this.wanted = undefined;
      }
    }
  }

  /** `whole` is false when selecting the message again should try again. */
  private async load(message: number): Promise<{
    readonly panel: HTMLElement;
    readonly whole: boolean;
    readonly focusSearch?: () => void;
  }> {
    try {
      const details = await this.actions.getMessage(message);
      const { actions, memory, menu } = this;
      const made = createMessagePanel(details, { actions, memory, menu });
      return { panel: made.element, focusSearch: made.focusSearch, whole: true };
    } catch (error) {
      const panel = createProblem(`The message could not be read: ${messageOf(error)}`);
      return { panel, whole: false };
    }
  }

  private fill(content: HTMLElement): void {
    const note = this.note === undefined ? [] : [this.note.element];
    this.element.replaceChildren(...note, content, this.menu.element);
  }

  private put(content: HTMLElement): void {
    const focused = document.activeElement;
    const hadFocus = this.element.contains(focused);
    // Who goes from message to message within the frame section stays there.
    const place = focused === null ? undefined : framePlace(focused);
    this.menu.close(false);
    this.fill(content);
    this.element.scrollTop = 0;
    const same = place === undefined ? null : content.querySelector<HTMLElement>(place);
    if (same !== null) {
      same.focus();
    } else if (hadFocus) {
      this.focus();
    }
  }

  private createRowPanel(row: Exclude<LadderRow, { readonly kind: 'message' }>): HTMLElement {
    switch (row.kind) {
      case 'heading': {
        const panel = createPhasePanel(row);
        panel.append(createPhase(row.phase, this.actions));
        return panel;
      }
      case 'mark':
        return createMarkPanel(row);
      case 'fold':
        return createFoldPanel(row);
      default:
        return assertNever(row);
    }
  }
}
