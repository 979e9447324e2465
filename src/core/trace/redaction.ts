/**
 * Keeps secrets off the disk: replaces passwords, tokens, authorization codes, cookies and credentials by
 * pseudonyms. Nothing else of a text is altered, and JSON stays JSON.
 *
 * Equal secrets have equal pseudonyms within a recording, wherever they stand and however they are encoded
 * there, so that what correlates by them still does. Bayeux's `clientId` is no secret without its cookie.
 */
import type { HeaderList } from '../protocol/frame';
import { findSecrets, findSecretsInUrl } from './secrets/findSecrets';
import { secretKind } from './secrets/secretNames';
import type { SecretSpan } from './secrets/secretSpan';
import { secretsOfValue } from './secrets/secretValues';

/** So many secrets, of so many characters together, are told apart: traffic may never repeat one, for days. */
const MAX_SECRETS = 100_000;
const MAX_CHARACTERS = 16 * 1024 * 1024;
const BEYOND = '~secret~';
const CHUNK = 8192;

export interface RedactedText {
  readonly text: string;
  /** How many spans were replaced. */
  readonly count: number;
}

export interface RedactedHeaders {
  readonly headers: HeaderList;
  readonly count: number;
}

export interface RedactedBytes {
  readonly bytes: Uint8Array;
  readonly count: number;
}

/** Replaces the secrets of one recording. Holds them in memory, and nowhere else. */
export interface Redactor {
  /** A body: JSON, a form or any other text. */
  redactText(text: string): RedactedText;
  /** A body in bytes, which may hold text all the same. */
  redactBytes(bytes: Uint8Array): RedactedBytes;
  redactUrl(url: string): RedactedText;
  /** Header fields, by their name; addresses in others, such as `Location`, as by {@link redactUrl}. */
  redactHeaders(headers: HeaderList): RedactedHeaders;
}

export function createRedactor(): Redactor {
  const pseudonyms = new Map<string, string>();
  let characters = 0;

  function pseudonym(secret: string): string {
    const known = pseudonyms.get(secret);
    if (known !== undefined) {
      return known;
    }
    if (pseudonyms.size >= MAX_SECRETS || characters + secret.length > MAX_CHARACTERS) {
      return BEYOND;
    }
    const made = `~secret-${pseudonyms.size + 1}~`;
    characters += secret.length;
    pseudonyms.set(ownCopy(secret), made);
    return made;
  }

  function replace(text: string, spans: readonly SecretSpan[]): RedactedText {
    if (spans.length === 0) {
      return { text, count: 0 };
    }
    const parts: string[] = [];
    let at = 0;
    for (const { start, end, secret, quote = '' } of spans) {
      parts.push(text.slice(at, start), quote, pseudonym(secret), quote);
      at = end;
    }
    parts.push(text.slice(at));
    return { text: parts.join(''), count: spans.length };
  }

  function redactHeader(name: string, value: string): RedactedText {
    const kind = secretKind(name);
    return replace(
      value,
      kind === undefined ? findSecretsInUrl(value) : secretsOfValue(kind, value),
    );
  }

  return {
    redactText: (text) => replace(text, findSecrets(text)),
    redactUrl: (url) => replace(url, findSecretsInUrl(url)),
    redactBytes(bytes) {
      const { text, count } = replace(...withSecrets(textOfBytes(bytes)));
      return count === 0 ? { bytes, count } : { bytes: bytesOfText(text), count };
    },
    redactHeaders(headers) {
      const redacted = headers.map(([name, value]) => ({ name, ...redactHeader(name, value) }));
      const count = redacted.reduce((sum, header) => sum + header.count, 0);
      return {
        headers: count === 0 ? headers : redacted.map(({ name, text }) => [name, text]),
        count,
      };
    },
  };
}

/** A part of a text keeps all of that text in memory; what is remembered for long must not. */
function ownCopy(text: string): string {
  return String(JSON.parse(JSON.stringify(text)));
}

function withSecrets(text: string): [string, readonly SecretSpan[]] {
  return [text, findSecrets(text)];
}

/** One character a byte: names are ASCII, and all else comes back as it was. */
function textOfBytes(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  }
  return parts.join('');
}

function bytesOfText(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}
