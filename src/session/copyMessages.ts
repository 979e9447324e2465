/** Messages as text for the clipboard, with their attributes. */
import type { CancellationSignal } from '../core/base/cancellation';
import { messageMarkdown } from '../core/export/markdown';
import { messageJson } from '../core/protocol/messageJson';
import type { MessageRow } from '../core/ladder/rows';
import { messageDetails } from './messageDetails';
import type { Trace } from './trace';

/** One as an object, several as a list. What could not be read as a message is a string: its frame's text. */
export async function messagesAsJson(
  trace: Trace,
  rows: readonly MessageRow[],
  signal: CancellationSignal,
  progress: (done: number) => void,
): Promise<string> {
  const texts: string[] = [];
  for (const row of rows) {
    const { message, record } = await trace.message(row.message);
    const { body } = record.frame;
    const raw = body.kind === 'text' ? body.text : '';
    texts.push(message === undefined ? JSON.stringify(raw) : messageJson(message));
    signal.throwIfAborted();
    progress(texts.length / rows.length);
  }
  return texts.length === 1 ? `${texts[0] ?? ''}\n` : `[\n${texts.join(',\n')}\n]\n`;
}

/** One section each. */
export async function messagesAsMarkdown(
  trace: Trace,
  rows: readonly MessageRow[],
  signal: CancellationSignal,
  progress: (done: number) => void,
): Promise<string> {
  const texts: string[] = [];
  for (const row of rows) {
    const details = await messageDetails(trace, row.message);
    const { note } = row;
    texts.push(messageMarkdown({ ...details, ...(note === undefined ? {} : { note }) }));
    signal.throwIfAborted();
    progress(texts.length / rows.length);
  }
  return texts.join('\n');
}
