import type { MessageDetails, TraceViewMethods } from '../../bridge/traceView';
import { messageOf } from '../../core/base/result';
import type { ContextMenu, MenuGroup } from '../base/contextMenu';
import { element, iconButton } from '../base/dom';
import { createIcon } from '../base/icons';
import { AttributePanel, type AttributeActions } from './attributePanel';
import type { DetailsMemory } from './detailsMemory';
import { DetailsTabs, type TabPart } from './detailsTabs';
import { createFramePanel, type FramePanelActions } from './framePanel';
import { createPhaseSection } from './phaseSection';

export interface MessageActions
  extends FramePanelActions, AttributeActions, Pick<TraceViewMethods, 'getPhase'> {
  copyMessage(message: number): void;
  /** What a menu offers to compare a message with another. */
  compareEntries(message: number): Promise<MenuGroup>;
}

export interface MessagePanelParts {
  readonly actions: MessageActions;
  readonly memory: DetailsMemory;
  readonly menu: ContextMenu;
}

/** All that is known of one message: its name, what is wrong with it, its attributes, its frame, its phase. */
export function createMessagePanel(
  details: MessageDetails,
  parts: MessagePanelParts,
): { readonly element: HTMLElement; readonly focusSearch: () => void } {
  const { name, id, title, problems } = details;
  const { memory } = parts;
  let attributes: AttributePanel | undefined;
  const tabs = new DetailsTabs(
    tabsOf(details, parts, (made) => (attributes = made)),
    memory.tab,
    (tab) => (memory.tab = tab),
  );
  const number = id === undefined ? [] : [element('span', 'wi-details__id', {}, `id ${id}`)];
  const panel = element(
    'div',
    'wi-details__panel',
    {},
    element('h2', 'wi-details__name', { title: name }, name, ...number),
    ...(title === '' || title === name ? [] : [element('p', 'wi-details__title', {}, title)]),
    createActions(details, parts),
    ...problems.map(createProblem),
    tabs.element,
  );
  return {
    element: panel,
    focusSearch() {
      if (details.attributes.length > 0) {
        tabs.show('attributes');
        memory.tab = 'attributes';
        attributes?.focusSearch();
      }
    },
  };
}

function createActions(
  { message }: MessageDetails,
  { actions, menu }: MessagePanelParts,
): HTMLElement {
  const openBody = iconButton('', 'openFile', 'Open Body', () => actions.openBody(message));
  openBody.title = 'Open the frame as a document beside the trace';
  const copy = iconButton('', 'copy', 'Copy', () => actions.copyMessage(message));
  copy.title = 'Copy the message (Ctrl+C in the ladder)';
  const compare = iconButton('', 'compare', 'Compare', () => {
    void actions.compareEntries(message).then((entries) => {
      const { left, bottom } = compare.getBoundingClientRect();
      menu.open([entries], { x: left, y: bottom }, () => compare.focus());
    });
  });
  compare.title = 'Compare this message with another (D and Shift+D in the ladder)';
  compare.setAttribute('aria-haspopup', 'menu');
  return element('div', 'wi-details__actions', {}, openBody, copy, compare);
}

function tabsOf(
  details: MessageDetails,
  { actions, memory, menu }: MessagePanelParts,
  onAttributes: (panel: AttributePanel) => void,
): readonly TabPart[] {
  const { phase } = details;
  const attributes: TabPart = {
    tab: 'attributes',
    word: 'Attributes',
    create() {
      if (details.attributes.length === 0) {
        const words = 'No attributes could be read. The frame shows what came.';
        return element('div', '', {}, element('p', 'wi-details__note', {}, words));
      }
      const panel = new AttributePanel(details, memory, actions, menu);
      onAttributes(panel);
      return element('div', '', {}, panel.element, ...truncatedNote(details, actions));
    },
  };
  const frame: TabPart = {
    tab: 'frame',
    word: 'Frame',
    create: () => createFramePanel(details, memory, actions, menu),
  };
  return phase === undefined
    ? [attributes, frame]
    : [
        attributes,
        frame,
        { tab: 'phase', word: 'Phase', create: () => createPhase(phase, actions) },
      ];
}

/** A phase as it stands, once it was read. */
export function createPhase(
  phase: number,
  actions: Pick<MessageActions, 'getPhase' | 'goTo'>,
): HTMLElement {
  const root = element('div', '', {}, element('p', 'wi-details__note', {}, 'Reading the phase…'));
  actions.getPhase(phase).then(
    (report) => root.replaceChildren(createPhaseSection(report, actions)),
    (error: unknown) =>
      root.replaceChildren(createProblem(`The phase could not be read: ${messageOf(error)}`)),
  );
  return root;
}

function truncatedNote(
  { message, truncated }: MessageDetails,
  actions: MessageActions,
): readonly HTMLElement[] {
  if (!truncated) {
    return [];
  }
  const note = element('p', 'wi-details__note', {}, 'Long values or lists were cut here. ');
  const whole = element('button', 'wi-link', { type: 'button' }, 'Open the whole body');
  whole.addEventListener('click', () => actions.openBody(message));
  note.append(whole);
  return [note];
}

export function createProblem(text: string): HTMLElement {
  return element(
    'p',
    'wi-details__problem',
    {},
    createIcon('warning'),
    element('span', '', {}, text),
  );
}
