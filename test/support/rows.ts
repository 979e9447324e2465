import { Tracer } from '../../src/core/phases/tracer';
import type { Direction } from '../../src/core/protocol/frame';
import type { MessageHint } from '../../src/core/protocol/message';
import { MessageColumns } from '../../src/core/trace/messageColumns';

/** A row to trace. */
export interface TestRow extends MessageHint {
  readonly at: number;
  readonly direction: Direction;
  readonly connection?: number;
}

/** Adds rows to an index and its tracer. */
export function traceRows(
  rows: readonly TestRow[],
  answerTimeLimitMs = 1000,
): { readonly messages: MessageColumns; readonly tracer: Tracer } {
  const messages = new MessageColumns();
  const tracer = new Tracer(messages, { answerTimeLimitMs });
  for (const [index, { at, direction, connection = 1, ...hint }] of rows.entries()) {
    const head = { kind: 'frame', seq: index + 1, time: at, connection, direction } as const;
    messages.add({ ...head, hints: [hint] }, { offset: index, length: 1 });
    tracer.add(index);
  }
  return { messages, tracer };
}
