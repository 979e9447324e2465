import { ok, type Result } from '../base/result';
import type { KnownValue } from './field';
import { problem, type FieldValue, type FilterIndex, type RowTest } from './filter';
import { nearest } from './nearest';
import { patternOf } from './pattern';
import type { FilterProblem } from './query';

/** Reads a value that must be, or fit, one of a few words. */
export function readWord(
  value: FieldValue,
  words: readonly KnownValue[],
  make: (fits: (word: string) => boolean) => (index: FilterIndex) => RowTest,
): Result<(index: FilterIndex) => RowTest, FilterProblem> {
  const pattern = patternOf(value, 'any case');
  const isEmpty = value.form === 'quoted' && value.text === '';
  if (isEmpty || words.some(({ text }) => pattern.fits(text))) {
    return ok(make((word) => pattern.fits(word)));
  }
  const names = words.map(({ text }) => text);
  const meant = nearest(value.text, names);
  return problem(
    value,
    meant === undefined
      ? `Write ${names.slice(0, -1).join(', ')} or ${names.at(-1)}.`
      : `There is no "${value.text}" here. Did you mean ${meant}?`,
  );
}
