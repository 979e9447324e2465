/** The frame of a message: where it stands, how it went, and its body as text or in hexadecimal. */
import { messageOf } from '../../core/base/result';
import type { FrameForm, MessageDetails, TraceViewMethods } from '../../bridge/traceView';
import type { ContextMenu } from '../base/contextMenu';
import { element } from '../base/dom';
import { formatCount } from '../base/format';
import { Segments } from '../base/segments';
import type { DetailsMemory } from './detailsMemory';
import { createFacts } from './facts';
import { createFrameSection, type FrameActions } from './frameSection';
import { HexView } from './hexView';
import { createProblem } from './messagePanel';

export interface FramePanelActions
  extends FrameActions, Pick<TraceViewMethods, 'getFrameText' | 'getFrameBytes'> {
  copyFrameBytes(message: number, from: number, to: number, form: 'hex' | 'text'): void;
  openBody(message: number): void;
}

/** What the recorder writes in the place of a secret. */
const PSEUDONYM = /(~secret-\d{1,9}~|~secret~)/;

export function createFramePanel(
  details: MessageDetails,
  memory: DetailsMemory,
  actions: FramePanelActions,
  menu: ContextMenu,
): HTMLElement {
  const body = element('div', 'wi-body-view');
  const show = (form: FrameForm): void => {
    const view =
      form === 'hex' ? createHex(details, actions, menu, body) : createText(details, actions);
    body.replaceChildren(view);
  };
  const forms = new Segments<FrameForm>(
    'frame-form',
    'Form of the body',
    [
      { value: 'text', word: 'Text', hint: 'The body as text; JSON is laid out' },
      { value: 'hex', word: 'Hex', hint: 'The bytes of the body as they are recorded' },
    ],
    (form) => {
      memory.form = form;
      show(form);
    },
  );
  forms.set(memory.form);
  show(memory.form);
  return element(
    'div',
    'wi-frame-panel',
    {},
    createFacts(details.facts),
    createFrameSection(details, actions, memory),
    element(
      'div',
      'wi-body-head',
      {},
      element('h3', 'wi-details__section', {}, 'Body'),
      forms.element,
    ),
    body,
  );
}

function createHex(
  { message }: MessageDetails,
  actions: FramePanelActions,
  menu: ContextMenu,
  body: HTMLElement,
): HTMLElement {
  return new HexView(
    {
      load: (offset, count) => actions.getFrameBytes(message, offset, count),
      copy: (from, to, form) => actions.copyFrameBytes(message, from, to, form),
      fail: (error) => body.replaceChildren(unreadable(error)),
    },
    menu,
  ).element;
}

function createText({ message }: MessageDetails, actions: FramePanelActions): HTMLElement {
  const root = element('div', 'wi-text', {}, element('p', 'wi-frame__part', {}, 'Reading…'));
  actions.getFrameText(message).then(
    ({ text, total }) => {
      const pre = element('pre', 'wi-text__body', { tabindex: '0', 'aria-label': 'Body as text' });
      pre.append(...withSecrets(text));
      root.replaceChildren(
        total === 0 ? element('p', 'wi-frame__part', {}, 'The frame has no body.') : pre,
      );
      if (total > text.length) {
        const whole = element('button', 'wi-link', { type: 'button' }, 'Open the whole body');
        whole.addEventListener('click', () => actions.openBody(message));
        const words = `The first ${formatCount(text.length)} of ${formatCount(total)} characters. `;
        root.append(element('p', 'wi-frame__part', {}, words, whole));
      }
    },
    (error: unknown) => root.replaceChildren(unreadable(error)),
  );
  return root;
}

/** Pseudonyms stand out: the recorder wrote them, not the wire. */
function withSecrets(text: string): readonly (Node | string)[] {
  return text
    .split(PSEUDONYM)
    .map((part) =>
      PSEUDONYM.test(part)
        ? element(
            'mark',
            'wi-secret',
            { title: 'A secret that was replaced when it was recorded' },
            part,
          )
        : part,
    );
}

function unreadable(error: unknown): HTMLElement {
  return createProblem(`The body could not be read: ${messageOf(error)}`);
}
