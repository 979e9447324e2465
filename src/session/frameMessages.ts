import type { MessageColumns } from '../core/trace/messageColumns';

/** A message of a frame: its row in the index, and its name; empty where no message could be read. */
export interface FrameMessage {
  readonly message: number;
  readonly name: string;
}

/** The messages of one frame, those around the one that was asked for. */
export interface FrameMessages {
  readonly count: number;
  /** Position of the first listed one within the frame, from 0. */
  readonly first: number;
  readonly listed: readonly FrameMessage[];
}

/** Most messages of a frame that are listed. */
export const LISTED_MESSAGES = 100;

/** The messages that came in one frame with a message; a frame's messages stand side by side in the index. */
export function frameMessages(messages: MessageColumns, row: number): FrameMessages {
  const seq = messages.seq(row);
  let begin = row;
  while (begin > 0 && messages.seq(begin - 1) === seq) {
    begin--;
  }
  let end = row + 1;
  while (end < messages.count && messages.seq(end) === seq) {
    end++;
  }
  const count = end - begin;
  const latest = Math.max(0, count - LISTED_MESSAGES);
  const first = Math.min(Math.max(0, row - begin - LISTED_MESSAGES / 2), latest);
  const listed = Array.from({ length: Math.min(count, LISTED_MESSAGES) }, (_, index) => {
    const message = begin + first + index;
    return { message, name: messages.name(message) };
  });
  return { count, first, listed };
}
