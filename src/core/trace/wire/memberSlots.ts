/** Which members of a message are looked for on the way through its bytes, and the places where what is found is kept. */
import {
  INFO_FIELDS,
  INTERACTION_FIELDS,
  OWNER_ORDER,
  type WorkbinFields,
} from '../../protocol/workbin';

export const NAME = 0;
export const REFERENCE = 1;
export const PROXY = 2;
export const ERROR = 3;
export const INTERACTION_ID = 4;
export const WORKBIN = 5;
export const INTERACTION = 6;
/** Type and owners of a workbin: the message's own members, those of its workbin, those of its interaction. */
export const OWN_WORKBIN = 7;
export const NAMED_WORKBIN = 12;
export const INTERACTION_WORKBIN = 17;
/** The id in the interaction. */
export const INNER_INTERACTION_ID = 22;
export const SLOTS = 23;
/** Members of a workbin: its type, then owners in the order in which they decide. */
export const WORKBIN_SLOTS = 1 + OWNER_ORDER.length;

/** A member's name, as bytes and as words of four bytes. */
interface Wanted {
  readonly slot: number;
  readonly bytes: readonly number[];
  readonly first: number;
  readonly last: number;
}

/** Objects in which members are looked for. */
export type Scope = typeof NOWHERE | typeof MESSAGE | typeof IN_WORKBIN | typeof IN_INTERACTION;
export const NOWHERE = 0;
export const MESSAGE = 1;
export const IN_WORKBIN = 2;
export const IN_INTERACTION = 3;

const NAMES: readonly (readonly (readonly Wanted[])[])[] = [
  [],
  byLength([
    ['messageName', NAME],
    ['referenceId', REFERENCE],
    ['proxyClientId', PROXY],
    ['errorCode', ERROR],
    ['interactionId', INTERACTION_ID],
    ['workbin', WORKBIN],
    ['interaction', INTERACTION],
    ...workbinNames(INFO_FIELDS, OWN_WORKBIN),
  ]),
  byLength(workbinNames(INFO_FIELDS, NAMED_WORKBIN)),
  byLength([
    ['interactionId', INNER_INTERACTION_ID],
    ...workbinNames(INTERACTION_FIELDS, INTERACTION_WORKBIN),
  ]),
];

/** The slot of the member whose name stands from `start` to `end`, of an object of this kind; -1 when it has none. */
export function slotOf(
  bytes: Uint8Array,
  words: DataView,
  scope: Scope,
  start: number,
  end: number,
): number {
  const wanted = NAMES[scope]?.[end - start];
  if (wanted === undefined || wanted.length === 0) {
    return -1;
  }
  const first = words.getInt32(start, true);
  const last = words.getInt32(end - 4, true);
  for (const name of wanted) {
    if (name.first === first && name.last === last && isSame(bytes, start, name.bytes)) {
      return name.slot;
    }
  }
  return -1;
}

function isSame(bytes: Uint8Array, start: number, wanted: readonly number[]): boolean {
  for (let index = 4; index < wanted.length - 4; index++) {
    if (bytes[start + index] !== wanted[index]) {
      return false;
    }
  }
  return true;
}

function workbinNames(fields: WorkbinFields, slot: number): readonly (readonly [string, number])[] {
  return [fields.type, ...OWNER_ORDER.map((kind) => fields.owner[kind])].map((name, index) => [
    name,
    slot + index,
  ]);
}

function byLength(names: readonly (readonly [string, number])[]): readonly (readonly Wanted[])[] {
  const longest = Math.max(...names.map(([name]) => name.length));
  return Array.from({ length: longest + 1 }, (_, length) =>
    names.filter(([name]) => name.length === length).map(([name, slot]) => wanted(name, slot)),
  );
}

function wanted(name: string, slot: number): Wanted {
  const bytes = Array.from(name, (letter) => letter.charCodeAt(0));
  const word = (from: number): number =>
    [0, 1, 2, 3].reduce((sum, index) => sum | ((bytes[from + index] ?? 0) << (8 * index)), 0);
  return { slot, bytes, first: word(0), last: word(bytes.length - 4) };
}
