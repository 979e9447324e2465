/** What of a value is secret, by the kind of its name. */
import { assertNever } from '../../base/assert';
import type { SecretKind } from './secretNames';
import { percentDecoded, type SecretSpan } from './secretSpan';

/** The secrets of a value of this kind, as spans of the value. */
export function secretsOfValue(kind: SecretKind, value: string): readonly SecretSpan[] {
  switch (kind) {
    case 'whole':
      return span(value, 0, value.length);
    case 'cookies':
      return parts(value, ';').flatMap(cookieValue);
    case 'set-cookie':
      // Some tools write several of them as lines of one value.
      return parts(value, '\n').flatMap(({ text, start }) =>
        cookieValue({ text: text.split(';', 1).join(), start }),
      );
    case 'credentials': {
      const scheme = /^\s*[\w-]+\s+(?=\S)/.exec(value);
      return span(value, scheme?.[0].length ?? 0, value.length);
    }
    default:
      return assertNever(kind);
  }
}

interface Part {
  readonly text: string;
  /** Where it begins in the value. */
  readonly start: number;
}

function parts(value: string, delimiter: string): readonly Part[] {
  let next = 0;
  return value.split(delimiter).map((text) => {
    const start = next;
    next += text.length + delimiter.length;
    return { text, start };
  });
}

function cookieValue({ text, start }: Part): readonly SecretSpan[] {
  let from = text.indexOf('=') + 1;
  let to = text.length;
  while (from < to && /[\s"]/.test(text.charAt(from))) {
    from++;
  }
  while (to > from && /[\s"]/.test(text.charAt(to - 1))) {
    to--;
  }
  return from === to
    ? []
    : [
        {
          start: start + from,
          end: start + to,
          secret: percentDecoded(text.slice(from, to), false),
        },
      ];
}

function span(text: string, start: number, end: number): readonly SecretSpan[] {
  return start === end ? [] : [{ start, end, secret: text.slice(start, end) }];
}
