import { cutText } from '../../core/protocol/cutText';
import { element, setText } from '../base/dom';
import { formatCount } from '../base/format';

/** Characters of a value that are shown before the reader asks for all. */
const SHOWN = 240;

/** A value as text. A long one is cut, says so, and can be shown whole. */
export function createValue(text: string, className: string): HTMLElement {
  const value = element('span', `wi-value ${className}`);
  if (text.length <= SHOWN) {
    value.textContent = text === '' ? '(empty)' : text;
    value.classList.toggle('wi-value--empty', text === '');
    return value;
  }
  const part = element('span', '', {}, `${cutText(text, SHOWN)}…`);
  const toggle = element('button', 'wi-link', { type: 'button', tabindex: '-1' });
  let whole = false;
  const render = (): void => {
    setText(part, whole ? text : `${cutText(text, SHOWN)}…`);
    setText(toggle, whole ? 'Show Less' : `Show All ${formatCount(text.length)} Characters`);
    toggle.setAttribute('aria-expanded', String(whole));
  };
  toggle.addEventListener('click', (event) => {
    event.stopPropagation();
    whole = !whole;
    render();
  });
  render();
  value.append(part, ' ', toggle);
  return value;
}
