import type { MessageColumns } from '../trace/messageColumns';
import type { FoldRow } from './rows';

/** More names than this are not told in a fold's line. */
const TOLD_NAMES = 4;
/** A fold's names are looked for among so many of its messages. */
const LOOKED_AT = 1000;

/** The line that stands for `count` quiet messages; `messageAt` gives them from 0 on. */
export function foldRow(
  messages: MessageColumns,
  count: number,
  messageAt: (index: number) => number,
): FoldRow {
  const counts = new Map<string, number>();
  for (let index = 0; index < Math.min(count, LOOKED_AT); index++) {
    const name = messages.name(messageAt(index));
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].map(([name, times]) => (times === 1 ? name : `${times} × ${name}`));
  const more = names.length > TOLD_NAMES || count > LOOKED_AT ? ', …' : '';
  return {
    kind: 'fold',
    time: messages.time(messageAt(0)),
    text: `${names.slice(0, TOLD_NAMES).join(', ')}${more}`,
    count,
    open: false,
  };
}
