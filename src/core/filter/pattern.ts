import type { FieldValue } from './filter';

/** What a text is compared with. */
export interface Pattern {
  /** The only text that fits, where there is but one. */
  readonly exact?: string;
  fits(text: string): boolean;
}

/**
 * Quoted values stand for themselves; in others `*` stands for any letters and `?` for one. An empty text fits
 * nothing but an empty quoted value, so that `*` asks whether something is there at all.
 */
export function patternOf(
  { text, form }: Pick<FieldValue, 'text' | 'form'>,
  cases: 'any case' | 'same case',
): Pattern {
  const fold = (letters: string): string =>
    cases === 'any case' ? letters.toLowerCase() : letters;
  const wanted = fold(text);
  if (form === 'bare' && /[*?]/.test(text)) {
    return { fits: (other) => other !== '' && fitsWildcards(wanted, fold(other)) };
  }
  return {
    ...(cases === 'same case' ? { exact: text } : {}),
    fits: (other) => fold(other) === wanted,
  };
}

/** Compares without going back further than the last `*`: a hostile pattern costs no more than its length. */
function fitsWildcards(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let letter = 0; letter < text.length;) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at++;
      resume = letter;
    } else if (wanted === '?' || wanted === text[letter]) {
      at++;
      letter++;
    } else if (star >= 0) {
      at = star + 1;
      letter = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') {
    at++;
  }
  return at === pattern.length;
}
