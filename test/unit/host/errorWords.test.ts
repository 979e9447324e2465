import assert from 'node:assert/strict';
import { ExpectedError, refused } from '../../../src/core/base/result';
import { errorWords } from '../../../src/host/errorWords';

describe('what is said of an error', () => {
  it('is its words alone, where it was expected', () => {
    assert.deepEqual(errorWords(refused('no-trace', 'Open a trace first.')), {
      kind: 'refusal',
      words: 'Open a trace first.',
      logged: 'Open a trace first.',
    });
  });

  it('is in the log its cause as well, and never a stack', () => {
    const error = new ExpectedError('unreadable', 'It cannot be read.', {
      cause: new Error('EACCES'),
    });
    assert.deepEqual(errorWords(error), {
      kind: 'failure',
      words: 'It cannot be read.',
      logged: 'It cannot be read. (EACCES)',
    });
  });

  it('is in the log where it was thrown, where nobody expected it', () => {
    const { kind, words, logged } = errorWords(new TypeError('x is undefined'));
    assert.deepEqual([kind, words], ['fault', 'x is undefined']);
    assert.match(logged, /errorWords\.test/);
    assert.equal(errorWords('just words').logged, 'just words');
  });
});
