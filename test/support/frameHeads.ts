import type { MessageHint } from '../../src/core/protocol/message';
import type { MessageColumns } from '../../src/core/trace/messageColumns';
import type { FrameHead } from '../../src/core/trace/records';

/** The head whose messages are the rows from `first` to below `end`: what was put into the columns, taken out again. */
export function headOfRows(columns: MessageColumns, first: number, end = columns.count): FrameHead {
  const hints: MessageHint[] = [];
  for (let row = first; row < end; row++) {
    hints.push(hintOfRow(columns, row));
  }
  const isEmpty =
    hints.length === 1 && Object.keys(hints[0]!).length === 1 && hints[0]!.name === '';
  return {
    kind: 'frame',
    seq: columns.seq(first),
    time: columns.time(first),
    connection: columns.connection(first),
    direction: columns.direction(first),
    hints: isEmpty ? [] : hints,
  };
}

function hintOfRow(columns: MessageColumns, row: number): MessageHint {
  const reference = columns.reference(row);
  const proxyClientId = columns.proxyClientId(row);
  const workbin = columns.workbin(row);
  const interactionId = columns.interactionId(row);
  const errorCode = columns.errorCode(row);
  return {
    name: columns.name(row),
    ...(reference === undefined ? {} : { reference }),
    ...(proxyClientId === undefined ? {} : { proxyClientId }),
    ...(workbin === '' ? {} : { workbin }),
    ...(interactionId === '' ? {} : { interactionId }),
    ...(errorCode === undefined ? {} : { errorCode }),
  };
}
