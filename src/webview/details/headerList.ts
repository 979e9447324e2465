import type { DescribedFrame, DescribedHeader } from '../../core/protocol/describeFrame';
import { element } from '../base/dom';
import { formatCount, formatQuantity } from '../base/format';
import { createValue } from './valueText';

/** Whether the reader has header fields open: the same from message to message. */
export interface HeadersState {
  headersOpen: boolean;
}

type HttpFrame = Exclude<DescribedFrame, { readonly kind: 'websocket' }>;

/** The header fields of an HTTP frame, closed until the reader opens them. */
export function createHeaders(frame: HttpFrame, state: HeadersState): HTMLElement {
  const { headers, moreHeaders } = frame;
  const mapped = headers.filter(({ application }) => application !== undefined).length;
  const count = formatQuantity(headers.length + moreHeaders, 'header');
  const note = mapped === 0 ? '' : `, ${formatCount(mapped)} mapped by the tap`;
  const list = element('dl', 'wi-facts wi-headers__list');
  for (const header of headers) {
    list.append(
      element('dt', 'wi-facts__name', {}, header.name),
      element('dd', 'wi-facts__value', {}, ...values(header)),
    );
  }
  const root = element(
    'details',
    'wi-headers',
    {},
    element('summary', 'wi-headers__summary', {}, `${count}${note}`),
    list,
  );
  if (moreHeaders > 0) {
    const more = `… and ${formatQuantity(moreHeaders, 'more header')}`;
    root.append(element('p', 'wi-frame__part', {}, more));
  }
  root.open = state.headersOpen;
  root.addEventListener('toggle', () => {
    state.headersOpen = root.open;
  });
  return root;
}

/** One value, or both forms of a field that a tap rewrote. */
function values({ value, application }: DescribedHeader): readonly HTMLElement[] {
  return application === undefined
    ? [createValue(value, '')]
    : [form('Application', application), form('Server', value)];
}

function form(side: string, value: string): HTMLElement {
  return element(
    'div',
    'wi-headers__form',
    {},
    element('span', 'wi-headers__side', {}, side),
    createValue(value, ''),
  );
}
