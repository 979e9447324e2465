/** The frame that carried a message: how it went, its header fields, the messages in it, its other half. */
import type { MessageDetails } from '../../bridge/traceView';
import type { DescribedFrame } from '../../core/protocol/describeFrame';
import { element } from '../base/dom';
import { formatCount, formatQuantity } from '../base/format';
import { createFacts } from './facts';
import { createHeaders, type HeadersState } from './headerList';

export interface FrameActions {
  /** Selects a message, whatever row or fold shows it. */
  goTo(message: number): void;
}

/** What the section needs of the details. */
export type FramePart = Pick<MessageDetails, 'message' | 'frame' | 'inFrame' | 'otherHalf'>;

/** Where in the details an element stands, to find its like in the next message's; undefined elsewhere. */
export function framePlace(focused: Element): string | undefined {
  if (focused.matches('.wi-frame__message')) {
    return '.wi-frame__message[aria-current="true"]';
  }
  return [
    '.wi-tabs__tab[aria-selected="true"]',
    '.wi-frame__other',
    '.wi-headers__summary',
    '.wi-attributes__input',
  ].find((place) => focused.matches(place));
}

export function createFrameSection(
  details: FramePart,
  actions: FrameActions,
  headers: HeadersState,
): HTMLElement {
  const { frame, otherHalf } = details;
  const section = element(
    'section',
    'wi-frame',
    { 'aria-label': 'Frame' },
    element('h3', 'wi-details__section', {}, 'Frame'),
    createFacts(frameFacts(frame)),
  );
  if (otherHalf !== undefined) {
    const word = frame.kind === 'http-request' ? 'Go to Response' : 'Go to Request';
    section.append(link('wi-frame__other', () => actions.goTo(otherHalf), word));
  }
  if (frame.kind !== 'websocket' && frame.headers.length > 0) {
    section.append(createHeaders(frame, headers));
  }
  if (details.inFrame.count > 1) {
    section.append(createMessages(details, actions));
  }
  return section;
}

function frameFacts(frame: DescribedFrame): readonly (readonly [string, string])[] {
  const decoded = frame.kind !== 'websocket' && frame.decoded;
  return [
    ...transportFacts(frame),
    ['Body', decoded ? `${frame.body}; compressed on the wire, recorded decoded` : frame.body],
    ...(frame.error === undefined ? [] : [['Problem', frame.error] as const]),
  ];
}

function transportFacts(frame: DescribedFrame): readonly (readonly [string, string])[] {
  switch (frame.kind) {
    case 'websocket':
      return [['Kind', 'WebSocket message']];
    case 'http-request':
      return [
        ['Kind', 'HTTP request'],
        ['Method', frame.method],
        ['URL', frame.url],
      ];
    case 'http-response':
      return [
        ['Kind', 'HTTP response'],
        ['Status', frame.status],
      ];
  }
}

function createMessages({ message, inFrame }: FramePart, actions: FrameActions): HTMLElement {
  const { count, first, listed } = inFrame;
  const title = `${formatQuantity(count, 'message')} in this frame`;
  const list = element('ol', 'wi-frame__messages', { start: String(first + 1) });
  for (const item of listed) {
    const number = formatCount(item.message + 1);
    const button = link(
      'wi-frame__message',
      () => actions.goTo(item.message),
      element('span', 'wi-frame__number', {}, number),
      element('span', 'wi-frame__name', {}, item.name === '' ? '(not readable)' : item.name),
    );
    if (item.message === message) {
      button.setAttribute('aria-current', 'true');
    }
    button.title = `Message ${number} of the trace`;
    list.append(element('li', '', {}, button));
  }
  const part =
    listed.length < count
      ? [
          element(
            'p',
            'wi-frame__part',
            {},
            `${formatCount(first + 1)} to ${formatCount(first + listed.length)} are listed.`,
          ),
        ]
      : [];
  return element(
    'div',
    'wi-frame__list',
    { role: 'group', 'aria-label': title },
    element('h4', 'wi-frame__heading', {}, title),
    list,
    ...part,
  );
}

function link(
  className: string,
  run: () => void,
  ...content: readonly (Node | string)[]
): HTMLButtonElement {
  const button = element('button', `wi-link ${className}`, { type: 'button' }, ...content);
  button.addEventListener('click', run);
  return button;
}
