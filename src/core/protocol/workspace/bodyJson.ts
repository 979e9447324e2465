/** Reads the JSON text of a body: numbers that a JavaScript number would change keep their letters. */
import { LosslessNumber, parse } from 'lossless-json';
import { messageOf } from '../../base/result';
import { cutText } from '../cutText';
import type { FrameBody } from '../frame';
import type { JsonValue } from '../json';
import type { DecodeProblem } from '../message';

/** What is read of one body: characters of text, levels of lists and objects. */
export const BODY_LIMITS = { characters: 16 * 1024 * 1024, depth: 64 } as const;

/** `value` where the body is JSON; `problem` says why a body that is there has none. */
export interface ReadBody {
  readonly value?: JsonValue;
  readonly problem?: DecodeProblem;
}

/** Never throws. A body that is absent or empty has neither value nor problem. */
export function readJsonBody(body: FrameBody): ReadBody {
  if (body.kind === 'bytes') {
    return refused(
      'not-text',
      `Expected JSON text, found ${body.bytes.length} bytes that are no text.`,
    );
  }
  if (body.kind === 'none' || body.text === '') {
    return {};
  }
  const { text } = body;
  if (text.length > BODY_LIMITS.characters) {
    const limit = `${BODY_LIMITS.characters} characters`;
    return refused('too-long', `Expected at most ${limit}, found ${text.length}; it was not read.`);
  }
  if (nestsDeeperThan(text, BODY_LIMITS.depth)) {
    return refused(
      'too-deep',
      `Expected at most ${BODY_LIMITS.depth} levels of nesting, found more.`,
    );
  }
  try {
    return { value: MAY_LOSE.test(text) ? parseExact(text) : parsePlain(text) };
  } catch (error) {
    const reason = cutText(messageOf(error), 200);
    return refused('not-json', `Expected JSON, found what is none: ${reason}.`);
  }
}

/**
 * Something that looks like a number whose letters may be lost: a negative zero, a fraction, an exponent, many
 * digits. It may stand within a string, which costs time and changes nothing.
 */
const MAY_LOSE = /(?:[:,[]|^)\s*(?:-0|-?\d+[.eE]|-?\d{16})/;

/** Most bodies have no such number, and the engine's own parser is many times faster. */
function parsePlain(text: string): JsonValue {
  // The boundary: the engine's parser makes nothing else than JSON values.
  return JSON.parse(text) as JsonValue;
}

function parseExact(text: string): JsonValue {
  const parseNumber = (lexeme: string): number | LosslessNumber => {
    const number = Number(lexeme);
    return String(number) === lexeme ? number : new LosslessNumber(lexeme);
  };
  const onDuplicateKey = ({ newValue }: { readonly newValue: unknown }): unknown => newValue;
  // The boundary: the parser makes nothing else than JSON values, with numbers by `parseNumber`.
  return parse(text, undefined, { parseNumber, onDuplicateKey }) as JsonValue;
}

/** Counts brackets outside of strings; does not tell whether the text is JSON. */
function nestsDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        at = closingQuote(text, at);
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > limit) {
          return true;
        }
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
        break;
      default:
    }
  }
  return false;
}

function closingQuote(text: string, open: number): number {
  let at = open;
  for (;;) {
    at = text.indexOf('"', at + 1);
    if (at < 0) {
      return text.length;
    }
    let first = at;
    while (text.charCodeAt(first - 1) === 0x5c) {
      first--;
    }
    if ((at - first) % 2 === 0) {
      return at;
    }
  }
}

function refused(code: string, text: string): ReadBody {
  return { problem: { code, path: '$', text } };
}
