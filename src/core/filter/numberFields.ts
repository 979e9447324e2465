/** Fields whose values are numbers: references, codes, connections, times; and the two that are words of a message. */
import { ok } from '../base/result';
import type { MessageRole } from '../phases/model';
import { describeError, ErrorCode, errorName } from '../protocol/errorCodes';
import { NONE } from '../trace/messageColumns';
import { readBounds, testOfBounds, type Quantity } from './bounds';
import type { Field, KnownValue } from './field';
import { problem, type FieldValue } from './filter';
import { nearest } from './nearest';
import { patternOf } from './pattern';
import { TextsThatFit } from './textTest';
import { readTime, sinceStart } from './times';
import { readWord } from './wordField';

function readInteger(text: string): Quantity | undefined {
  return /^-?\d{1,15}$/.test(text) ? { value: Number(text), span: 0 } : undefined;
}

/** True for values that are compared by size; others are texts, which may hold wildcards. */
function isOrdered({ form, comparison }: FieldValue): boolean {
  return form === 'range' || (comparison !== '' && comparison !== '=');
}

const REFERENCE: Field = {
  name: 'ref',
  meaning: 'Reference that a request and its answer share',
  ordered: true,
  dependsOnPhases: false,
  known: [],
  read: (value) => {
    const bounds = isOrdered(value) ? readBounds(value, readInteger, '100') : undefined;
    if (bounds !== undefined) {
      return bounds.ok
        ? ok(({ messages }) => {
            const test = testOfBounds(bounds.value);
            return (row) => {
              const reference = messages.referenceKey(row) === NONE ? '' : messages.reference(row);
              return typeof reference === 'number' && test(reference);
            };
          })
        : bounds;
    }
    const pattern = patternOf(value, 'same case');
    const { exact } = pattern;
    const isNumber = exact === undefined || exact === String(Number(exact));
    const number = Number(exact);
    return ok(({ messages }) => {
      const none = pattern.fits('');
      const texts = new TextsThatFit(messages.referenceTexts, (text) => pattern.fits(text));
      return (row) => {
        const key = messages.referenceKey(row);
        if (key >= 0) {
          return isNumber && (exact === undefined ? pattern.fits(String(key)) : key === number);
        }
        return key === NONE ? none : texts.passes((-key - 1) >>> 1);
      };
    });
  },
};

const CODE: Field = {
  name: 'code',
  meaning: "Error code: its number, or Platform SDK's name of it",
  ordered: true,
  dependsOnPhases: false,
  known: [],
  valueIn: ({ messages }, row) => {
    const code = messages.errorCode(row);
    return code === undefined ? '' : (errorName(code) ?? String(code));
  },
  read: (value) => {
    if (isOrdered(value) || readInteger(value.text) !== undefined) {
      const bounds = readBounds(value, readInteger, '41');
      return bounds.ok
        ? ok(({ messages }) => {
            const test = testOfBounds(bounds.value);
            return (row) => {
              const code = messages.errorCode(row);
              return code !== undefined && test(code);
            };
          })
        : bounds;
    }
    const pattern = patternOf(value, 'any case');
    const names = Object.keys(ErrorCode);
    const isWild = value.form === 'bare' && /[*?]/.test(value.text);
    if (value.text !== '' && !isWild && !names.some((name) => pattern.fits(name))) {
      const meant = nearest(value.text, names);
      return problem(
        value,
        meant === undefined
          ? 'Write the number of an error code, or its name, such as Error_unknown_interaction.'
          : `No error code is named so. Did you mean ${meant}?`,
      );
    }
    return ok(({ messages }) => {
      const codes = new Map<number | undefined, boolean>([[undefined, pattern.fits('')]]);
      return (row) => {
        const code = messages.errorCode(row);
        let fits = codes.get(code);
        if (fits === undefined && code !== undefined) {
          fits = pattern.fits(errorName(code) ?? String(code));
          codes.set(code, fits);
        }
        return fits === true;
      };
    });
  },
};

const CONNECTION: Field = {
  name: 'conn',
  meaning: 'Number of the connection',
  ordered: true,
  dependsOnPhases: false,
  known: [],
  valueIn: ({ messages }, row) => String(messages.connection(row)),
  read: (value) => {
    const bounds = readBounds(value, readInteger, '1');
    return bounds.ok
      ? ok(({ messages }) => {
          const test = testOfBounds(bounds.value);
          return (row) => test(messages.connection(row));
        })
      : bounds;
  },
};

const TIME: Field = {
  name: 'at',
  meaning: 'Time since the start, for example >1m30s, or time of day, >13:05:10',
  ordered: true,
  dependsOnPhases: false,
  known: [
    { text: '1m', detail: 'after the first minute', comparison: '>' },
    { text: '10s', detail: 'within the first ten seconds', comparison: '<' },
  ],
  read: (value) => {
    const bounds = readBounds(value, readTime, '1m30s or 13:05:10');
    return bounds.ok
      ? ok(({ messages, startedAt }) => {
          const test = testOfBounds(bounds.value, (time) => sinceStart(time, startedAt));
          return (row) => test(messages.time(row));
        })
      : bounds;
  },
};

const DIRECTIONS: readonly KnownValue[] = [
  { text: 'send', detail: 'from the application to the server' },
  { text: 'receive', detail: 'from the server to the application' },
];

const DIRECTION: Field = {
  name: 'dir',
  meaning: 'Whether the application sent or received it',
  ordered: false,
  dependsOnPhases: false,
  known: DIRECTIONS,
  valueIn: ({ messages }, row) => messages.direction(row),
  read: (value) =>
    readWord(value, DIRECTIONS, (fits) => {
      const send = fits('send');
      const receive = fits('receive');
      return ({ messages }) =>
        (row) =>
          messages.direction(row) === 'send' ? send : receive;
    }),
};

const ROLES: readonly KnownValue[] = [
  { text: 'request', detail: 'begins a phase' },
  { text: 'answer', detail: 'ends a phase' },
  { text: 'notification', detail: 'follows a subscription' },
  { text: 'accepted', detail: 'says that a request was accepted, not yet done' },
  { text: 'duplicate', detail: 'a second answer' },
  {
    text: 'unmatched',
    detail: 'an answer without a request, a notification without a subscription',
  },
  { text: 'none', detail: 'part of no documented phase' },
] satisfies readonly { readonly text: MessageRole; readonly detail: string }[];

const ROLE: Field = {
  name: 'role',
  meaning: 'Part of the message in its phase',
  ordered: false,
  dependsOnPhases: true,
  known: ROLES,
  valueIn: ({ tracer }, row) => tracer.role(row),
  read: (value) =>
    readWord(value, ROLES, (fits) => {
      const wanted = new Set(ROLES.map(({ text }) => text).filter(fits));
      return ({ tracer }) =>
        (row) =>
          wanted.has(tracer.role(row));
    }),
};

/** What an error code is called in lists. */
export function codeDetail(value: string): string | undefined {
  const entry = Object.entries(ErrorCode).find(([name]) => name === value);
  return entry && describeError(entry[1]);
}

export const NUMBER_FIELDS: readonly Field[] = [REFERENCE, CODE, CONNECTION, TIME, DIRECTION, ROLE];
