import type { MessageDetails } from '../../bridge/traceView';
import { element, iconButton } from '../base/dom';
import { createIcon } from '../base/icons';
import { AttributeTree } from './attributeTree';
import { createFacts } from './facts';
import { createFrameSection, type FrameActions } from './frameSection';
import type { HeadersState } from './headerList';

export interface MessageActions extends FrameActions {
  openBody(message: number): void;
  copyMessage(message: number): void;
}

/** All that is known of one message: its name, its frame, its attributes, and what is wrong with it. */
export function createMessagePanel(
  details: MessageDetails,
  actions: MessageActions,
  headers: HeadersState,
): HTMLElement {
  const { message, name, id, title, facts, attributes, problems, truncated } = details;
  const openBody = iconButton('', 'openFile', 'Open Body', () => actions.openBody(message));
  openBody.title = 'Open the frame as a document beside the trace';
  const copy = iconButton('', 'copy', 'Copy', () => actions.copyMessage(message));
  copy.title = 'Copy the message (Ctrl+C in the ladder)';
  const number = id === undefined ? [] : [element('span', 'wi-details__id', {}, `id ${id}`)];
  const panel = element(
    'div',
    'wi-details__panel',
    {},
    element('h2', 'wi-details__name', { title: name }, name, ...number),
    ...(title === '' || title === name ? [] : [element('p', 'wi-details__title', {}, title)]),
    element('div', 'wi-details__actions', {}, openBody, copy),
    ...problems.map(createProblem),
    createFacts(facts),
    createFrameSection(details, actions, headers),
  );
  if (attributes.length > 0) {
    panel.append(element('h3', 'wi-details__section', {}, 'Attributes'));
    panel.append(new AttributeTree(attributes).element);
  }
  if (truncated) {
    const note = element('p', 'wi-details__note', {}, 'Long values or lists were cut here. ');
    const whole = element('button', 'wi-link', { type: 'button' }, 'Open the whole body');
    whole.addEventListener('click', () => actions.openBody(message));
    note.append(whole);
    panel.append(note);
  }
  return panel;
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
