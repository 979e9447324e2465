import { cutText } from '../../core/protocol/cutText';
import { element } from '../base/dom';
import { formatCount } from '../base/format';
import { splitMatches } from './treeSearch';

/** Characters of a value that are shown before the reader asks for all. */
const SHOWN = 240;

/** A value as text, with what is sought marked in it. A long one is cut, says so, and can be shown whole. */
export function createValue(text: string, className: string, sought = ''): HTMLElement {
  const value = element('span', `wi-value ${className}`);
  if (text.length <= SHOWN) {
    value.append(...(text === '' ? ['(empty)'] : marked(text, sought)));
    value.classList.toggle('wi-value--empty', text === '');
    return value;
  }
  const part = element('span', '');
  const toggle = element('button', 'wi-link', { type: 'button', tabindex: '-1' });
  const beginning = cutText(text, SHOWN);
  // What is found shall be seen.
  let whole = sought !== '' && !has(beginning, sought) && has(text, sought);
  const render = (): void => {
    part.replaceChildren(...marked(whole ? text : `${beginning}…`, sought));
    toggle.textContent = whole ? 'Show Less' : `Show All ${formatCount(text.length)} Characters`;
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

/** A text with what is sought marked in it. */
export function marked(text: string, sought: string): readonly (Node | string)[] {
  return splitMatches(text, sought).map((part) =>
    part.matches ? element('mark', 'wi-match', {}, part.text) : part.text,
  );
}

function has(text: string, sought: string): boolean {
  return text.toLowerCase().includes(sought.toLowerCase());
}
