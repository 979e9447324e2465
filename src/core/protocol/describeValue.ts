import { stringify } from 'lossless-json';
import { isNumber, numberText } from './attributes';
import { childrenOf, messageItems, type Children, type Item } from './describeItems';
import type { JsonValue } from './json';
import type { Message } from './message';

/**
 * The whole value at a place of a message's tree, however much of it the tree shows: a text as it is, a number as
 * the wire wrote it, a list as JSON laid out. Undefined where nothing stands there.
 */
export function attributeText(message: Message, place: readonly number[]): string | undefined {
  let children: Children | undefined = messageItems(message);
  let item: Item | undefined;
  for (const index of place) {
    item = children?.first[index];
    children = item && childrenOf(item);
  }
  return item === undefined ? undefined : valueText(item.value);
}

function valueText(value: JsonValue): string {
  if (typeof value === 'string') {
    return value;
  }
  return isNumber(value) ? numberText(value) : (stringify(value, undefined, 2) ?? '');
}
