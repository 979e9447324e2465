/**
 * The JSON form of Platform SDK's messages: one object per message, its attributes under camelCase names, and
 * `messageName` with the exact name.
 * Source: Platform SDK 8.5.201.04 and later, JSON Support. Published for the SDK's Java serializer; that one
 * WebSocket text message carries one such object is how the embedded server and gateways built on it speak.
 *
 * Decoding loses nothing: unknown members, enum form (name or number), the form of key-value lists and the letters
 * of numbers are kept, and {@link encodePlatformSdkJson} writes them back.
 */
import { LosslessNumber, parse, stringify } from 'lossless-json';
import { ensure } from '../base/assert';
import { messageOf } from '../base/result';
import { asObject, asText, member } from './attributes';
import { messageByName } from './catalogue';
import { checkAttributes, shortText } from './checkAttributes';
import { cutText } from './cutText';
import type { FrameDecoder } from './decoder';
import { hintOf } from './hints';
import type { JsonObject, JsonValue } from './json';
import { scanJson } from './jsonScan';
import type { JsonScan } from './jsonScan';
import type { Decoded, DecodeProblem, Message } from './message';
import { HANDSHAKE, JSON_LIMITS, platformSdkHints } from './platformSdkHints';

export interface DecodedText {
  /**
   * The message, as far as it could be read. Its name is empty when the text is an object without one; such an
   * object keeps whatever stood in the place of `messageName` among its attributes.
   */
  readonly message?: Message;
  readonly problems: readonly DecodeProblem[];
}

/** Reads a message. Never throws: what is wrong is told, what could be read is returned. */
export function decodePlatformSdkJson(text: string): DecodedText {
  if (text.length > JSON_LIMITS.characters) {
    const limit = `${JSON_LIMITS.characters} characters`;
    return refused('too-long', `Expected at most ${limit}, found ${text.length}; it was not read.`);
  }
  const problems = new Problems();
  const scan = scanJson(text, JSON_LIMITS.depth);
  reportScan(scan, problems);
  const value = parseText(text, scan, problems);
  if (value === undefined) {
    return { problems: problems.all() };
  }
  const object = asObject(value);
  if (object === undefined) {
    problems.add(problem('not-an-object', `Expected a JSON object, found ${shortText(value)}.`));
    return { problems: problems.all() };
  }
  const message = readMessage(object, problems);
  return { message, problems: problems.all() };
}

/** Writes a message; what was decoded comes back with its numbers letter for letter. */
export function encodePlatformSdkJson(message: Message): string {
  const object =
    message.name === ''
      ? message.attributes
      : { messageName: message.name, ...withoutName(message.attributes) };
  return ensure(stringify(object), 'an object has a JSON text');
}

/** The decoder of a connection that carries this form over WebSocket, one message in a text frame. */
export function createPlatformSdkJsonDecoder(): FrameDecoder {
  return {
    decode(frame) {
      if (frame.kind !== 'websocket') {
        return { messages: [HANDSHAKE], hints: [hintOf(HANDSHAKE)], problems: [] };
      }
      const { body } = frame;
      switch (body.kind) {
        case 'text':
          return toDecoded(decodePlatformSdkJson(body.text));
        case 'bytes': {
          const found = `a binary frame of ${body.bytes.length} bytes`;
          return toDecoded(refused('binary-frame', `Expected a text frame, found ${found}.`));
        }
        case 'none':
          return toDecoded(
            refused('empty-frame', 'Expected a text frame, found one without body.'),
          );
      }
    },
    hints: platformSdkHints,
  };
}

/** Collects problems, so many and no more. */
class Problems {
  private readonly kept: DecodeProblem[] = [];
  private dropped = 0;

  add(found: DecodeProblem): void {
    if (this.kept.length < JSON_LIMITS.problems) {
      this.kept.push(found);
    } else {
      this.dropped++;
    }
  }

  all(): readonly DecodeProblem[] {
    return this.dropped === 0
      ? this.kept
      : [...this.kept, problem('more-problems', `${this.dropped} more problems are not listed.`)];
  }
}

function reportScan(scan: JsonScan, problems: Problems): void {
  for (const path of scan.duplicates) {
    const text = 'Expected each key once in an object, found it again; the last value is shown.';
    problems.add({ code: 'duplicate-key', path, text });
  }
  for (const { path, start, end } of scan.tooDeep) {
    const left = `${end - start} characters are left out`;
    const text = `Expected at most ${JSON_LIMITS.depth} levels of nesting, found more; ${left}.`;
    problems.add({ code: 'too-deep', path, text });
  }
}

/** Parses what is not nested too deeply, with null in the place of the rest. */
function parseText(text: string, scan: JsonScan, problems: Problems): JsonValue | undefined {
  if (scan.givenUp !== undefined) {
    problems.add(problem('not-json', `Expected JSON, found ${scan.givenUp}; it was not read.`));
    return undefined;
  }
  try {
    const options = { parseNumber, onDuplicateKey: lastValue };
    // The only boundary: the parser makes nothing else than JSON values, with numbers by `parseNumber`.
    return parse(shallowText(text, scan), undefined, options) as JsonValue;
  } catch (error) {
    const reason = cutText(messageOf(error), 200);
    problems.add(problem('not-json', `Expected JSON, found what is none: ${reason}.`));
    return undefined;
  }
}

function shallowText(text: string, scan: JsonScan): string {
  let at = 0;
  const parts = scan.tooDeep.map(({ start, end }) => {
    const before = text.slice(at, start);
    at = end;
    return `${before}null`;
  });
  return parts.length === 0 ? text : parts.join('') + text.slice(at);
}

function parseNumber(lexeme: string): number | LosslessNumber {
  const number = Number(lexeme);
  return String(number) === lexeme ? number : new LosslessNumber(lexeme);
}

function lastValue(duplicate: { readonly newValue: unknown }): unknown {
  return duplicate.newValue;
}

function readMessage(object: JsonObject, problems: Problems): Message {
  const sent = member(object, 'messageName');
  const name = asText(sent) ?? '';
  if (name === '') {
    const found = sent === undefined ? 'none' : shortText(sent);
    const text = `Expected the name of a message, found ${found}.`;
    problems.add({ code: 'no-message-name', path: '$.messageName', text });
    return { name, attributes: object };
  }
  const type = messageByName(name);
  if (type === undefined) {
    const text = `Expected a message of Platform SDK 8.1.4, found ${shortText(name)}.`;
    problems.add({ code: 'unknown-message', path: '$.messageName', text });
  } else {
    checkAttributes(object, type.attributes, '$', (found) => problems.add(found));
  }
  return { name, attributes: withoutName(object) };
}

function withoutName(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== 'messageName'));
}

function problem(code: string, text: string): DecodeProblem {
  return { code, path: '$', text };
}

function refused(code: string, text: string): DecodedText {
  return { problems: [problem(code, text)] };
}

function toDecoded({ message, problems }: DecodedText): Decoded {
  return message === undefined
    ? { messages: [], hints: [], problems }
    : { messages: [message], hints: [hintOf(message)], problems };
}
