/** Which names say that their value is a secret. */
import { hasTriggerLetters } from './triggerLetters';

/**
 * How the value of a secret name is made up: all of it is secret, it is a list of cookies, it is one cookie
 * with attributes, or a scheme followed by credentials.
 */
export type SecretKind = 'whole' | 'cookies' | 'set-cookie' | 'credentials';

const MAX_NAME = 100;
/** What every secret name contains: most names are none, and this is the quickest way to know. */
const HINT = /pass|pwd|secret|token|key|authoriz|cookie|jsession|assertion|verifier|saml/i;
const SECRET_ENDING =
  /(?:(?:password|secret|token|apikey)s?|passwd|passphrase|pwd|accesskey|privatekey|jsessionid)$/;
const SECRET_NAMES: ReadonlySet<string> = new Set([
  'pass',
  'assertion',
  'clientassertion',
  'codeverifier',
  'samlresponse',
]);

/** Compares without case and punctuation: `X-Api-Key`, `api_key` and `apiKey` are one name. */
export function secretKind(name: string): SecretKind | undefined {
  if (name.length > MAX_NAME || !HINT.test(name)) {
    return undefined;
  }
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  switch (plain) {
    case 'cookie':
    case 'cookies':
      return 'cookies';
    case 'setcookie':
      return 'set-cookie';
    case 'authorization':
    case 'proxyauthorization':
      return 'credentials';
    default:
      return SECRET_ENDING.test(plain) || SECRET_NAMES.has(plain) ? 'whole' : undefined;
  }
}

/**
 * Matches wherever a secret may stand. Most bodies do not match, and need no closer look. Names may be
 * written with escapes: in JSON (`\u0070`) or in a URL (a letter as `%70`). What is added here needs its letters
 * in {@link hasTriggerLetters}, and in the look over bytes beside it.
 */
export const TRIGGER =
  /pass|pwd|secret|token|api.?key|access.?key|private.?key|authoriz|cookie|bearer|jsessionid|assertion|code.?verifier|samlresponse|grant_type|redirect_uri|\bcode(?:=|%3d)|="code"|\\u00|%(?:2d|5f|4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])|:(?:\/|\\\/|%2f){2}[^/\s]*@/i;

/** Whether {@link TRIGGER} matches. */
export function maySecretsStandIn(text: string): boolean {
  return hasTriggerLetters(text) && TRIGGER.test(text);
}
