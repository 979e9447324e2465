/** Tests of many rows at once: each leaves fewer rows to the next. */
import type { KeepRows, RowTest } from './filter';

/** The quickest way that a test has for many rows. */
export function keepOf(test: RowTest): KeepRows {
  return (
    test.keep ??
    ((rows, count) => {
      let kept = 0;
      for (let index = 0; index < count; index++) {
        const row = rows[index] ?? 0;
        if (test(row)) {
          rows[kept++] = row;
        }
      }
      return kept;
    })
  );
}

/** A test with a quick way for many rows; both must agree. */
export function rowTest(test: (row: number) => boolean, keep: KeepRows): RowTest {
  return Object.assign((row: number) => test(row), { keep });
}

/** What passes all of these. Later tests are asked about fewer rows. */
export function keepAll(tests: readonly RowTest[]): KeepRows {
  const ways = tests.map(keepOf);
  return (rows, count) => ways.reduce((left, keep) => (left === 0 ? 0 : keep(rows, left)), count);
}
