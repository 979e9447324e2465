import type { MessageColumns } from '../trace/messageColumns';
import type { FoldRow } from './rows';

/** Quiet messages that follow each other: `count` of them from message `first` on. */
export interface Fold {
  readonly first: number;
  count: number;
}

/** More names than this are not told in a fold's line. */
const TOLD_NAMES = 4;
/** A fold's names are looked for among so many of its messages. */
const LOOKED_AT = 1000;

/**
 * True for what only keeps a transport going: the `/meta/` messages of Bayeux, as long as nothing went wrong
 * in them (source: The Bayeux Protocol, meta channels).
 */
export function isQuiet(messages: MessageColumns, message: number): boolean {
  return messages.name(message).startsWith('/meta/') && messages.errorCode(message) === undefined;
}

export function foldRow(messages: MessageColumns, fold: Fold): FoldRow {
  const counts = new Map<string, number>();
  const end = fold.first + Math.min(fold.count, LOOKED_AT);
  for (let message = fold.first; message < end; message++) {
    const name = messages.name(message);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].map(([name, count]) => (count === 1 ? name : `${count} × ${name}`));
  const more = names.length > TOLD_NAMES || fold.count > LOOKED_AT ? ', …' : '';
  return {
    kind: 'fold',
    time: messages.time(fold.first),
    text: `${names.slice(0, TOLD_NAMES).join(', ')}${more}`,
    count: fold.count,
    open: false,
  };
}
