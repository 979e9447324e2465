import assert from 'node:assert/strict';
import { InTurn } from '../../../src/core/base/inTurn';

describe('tasks that run in turn', () => {
  it('begin when the one before has ended, and are not held up by one that failed', async () => {
    const log: string[] = [];
    let fail: (error: Error) => void = () => undefined;
    const inTurn = new InTurn();
    const first = inTurn.run(() => {
      log.push('first begins');
      return new Promise<never>((_resolve, reject) => (fail = reject));
    });
    const second = inTurn.run(() => {
      log.push('second begins');
      return Promise.resolve('second');
    });
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(log, ['first begins']);
    fail(new Error('no host'));
    await assert.rejects(first, /no host/);
    assert.equal(await second, 'second');
  });
});
