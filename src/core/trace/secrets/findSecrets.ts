import { findJsonSecrets, looksLikeJson } from './jsonSecrets';
import { maySecretsStandIn } from './secretNames';
import { mergeSpans, type SecretSpan } from './secretSpan';
import { findTextSecrets } from './textSecrets';

/** Texts within texts are followed so deep: JSON in a string of JSON in a parameter of a URL is three. */
const MAX_NESTING = 8;

/** The secrets of a body, in order, none overlapping another. */
export function findSecrets(text: string): readonly SecretSpan[] {
  return find(text, 0);
}

/** The secrets of a URL or of another short text that is surely no form. */
export function findSecretsInUrl(url: string): readonly SecretSpan[] {
  return find(url, 1);
}

function find(text: string, depth: number): readonly SecretSpan[] {
  if (!maySecretsStandIn(text)) {
    return [];
  }
  if (depth > MAX_NESTING) {
    return mergeSpans(
      findTextSecrets(text, () => [], false),
      text,
    );
  }
  const nested = (inner: string): readonly SecretSpan[] => find(inner, depth + 1);
  if (!looksLikeJson(text)) {
    return mergeSpans(findTextSecrets(text, nested, depth === 0), text);
  }
  const { spans, sound } = findJsonSecrets(text, nested);
  return mergeSpans(sound ? spans : [...spans, ...findTextSecrets(text, nested, false)], text);
}
