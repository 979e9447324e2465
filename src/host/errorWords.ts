import { ExpectedError, messageOf, type ExpectedKind } from '../core/base/result';

/** How an error is told. `fault`: nobody expected it, so that its place in the code matters. */
export interface ErrorWords {
  readonly kind: ExpectedKind | 'fault';
  /** For the person. */
  readonly words: string;
  /** For the log. */
  readonly logged: string;
}

/** What is said of whatever was thrown. What was expected needs no stack: its words say all, and those of its cause. */
export function errorWords(error: unknown): ErrorWords {
  const words = messageOf(error);
  if (error instanceof ExpectedError) {
    const { kind, cause } = error;
    return { kind, words, logged: cause === undefined ? words : `${words} (${messageOf(cause)})` };
  }
  const stack = error instanceof Error ? error.stack : undefined;
  return { kind: 'fault', words, logged: stack ?? words };
}
