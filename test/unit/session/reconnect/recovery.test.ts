import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Failure } from '../../../../src/core/base/result';
import { backoffMs } from '../../../../src/session/reconnect/backoff';
import {
  Recovery,
  type RecoveryEnd,
  type RecoveryProgress,
  type Verdict,
} from '../../../../src/session/reconnect/recovery';
import { FakeClock } from '../../../support/fakeClock';

const DOWN: Failure = { code: 'cannot-connect', message: 'Nothing listens there.' };
const BUSY: Failure = { code: 'busy', message: 'Not now.' };

/** Lets everything run that waits for promises only. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function recovery(outcome: (attempt: number) => Failure | undefined, random = 0.5) {
  const clock = new FakeClock();
  const startedAt = clock.now();
  const triedAt: number[] = [];
  const progress: RecoveryProgress[] = [];
  const verdict = ({ code }: Failure): Verdict =>
    code === 'wrong' ? 'final' : code === 'busy' ? 'refused' : 'again';
  const made = new Recovery({
    clock,
    delayMs: (attempt) => backoffMs(attempt, () => random),
    attempt: () => {
      triedAt.push(clock.now() - startedAt);
      return Promise.resolve(outcome(triedAt.length));
    },
    verdict,
    onProgress: (each) => progress.push(each),
  });
  let end: RecoveryEnd | undefined;
  void made.run('cut off').then((value) => (end = value));
  return {
    made,
    triedAt,
    progress,
    startedAt,
    end: () => end,
    /** Moves on to where the next try begins, as it was announced. */
    next: async () => {
      await settle();
      clock.advance((progress.at(-1)?.nextAt ?? clock.now()) - clock.now());
      await settle();
    },
    advance: async (ms: number) => {
      clock.advance(ms);
      await settle();
    },
  };
}

describe('The pause before a try', () => {
  it('is anything from nothing to a limit that doubles up to the longest, whatever chance says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, chance) => {
          const pause = backoffMs(attempt, () => chance);
          const limit = attempt > 5 ? 30_000 : 1000 * 2 ** (attempt - 1);
          assert.equal(pause, Math.round(chance * limit));
        },
      ),
    );
  });
});

describe('A recovery', () => {
  it('tries with growing pauses until it is in, and says when and why before each try', async () => {
    const { triedAt, progress, startedAt, end, next } = recovery((attempt) =>
      attempt < 4 ? DOWN : undefined,
    );
    for (let count = 0; count < 4; count++) {
      await next();
    }
    assert.deepEqual(triedAt, [500, 1500, 3500, 7500]);
    assert.deepEqual(end(), { kind: 'regained', attempt: 4 });
    assert.deepEqual(progress.slice(0, 3), [
      { attempt: 1, reason: 'cut off', nextAt: startedAt + 500 },
      { attempt: 1, reason: 'cut off' },
      { attempt: 2, reason: DOWN.message, nextAt: startedAt + 1500 },
    ]);
  });

  it('goes on for days', async () => {
    const { triedAt, end, next } = recovery(() => DOWN, 0.999);
    for (let count = 0; count < 5000; count++) {
      await next();
    }
    assert.equal(triedAt.length, 5000);
    assert.equal(end(), undefined);
  });

  it('ends at a failure that no other try would mend', async () => {
    const wrong = { code: 'wrong', message: 'Unknown agent.' };
    const { triedAt, end, next } = recovery((attempt) => (attempt < 3 ? DOWN : wrong));
    for (let count = 0; count < 5; count++) {
      await next();
    }
    assert.equal(triedAt.length, 3);
    assert.deepEqual(end(), { kind: 'failed', failure: wrong });
  });

  it('ends when the server has refused it eight times in a row, not counting when it was down', async () => {
    const { triedAt, end, next } = recovery((attempt) => (attempt === 7 ? DOWN : BUSY));
    for (let count = 0; count < 20; count++) {
      await next();
    }
    assert.equal(triedAt.length, 7 + 8);
    assert.deepEqual(end(), { kind: 'failed', failure: BUSY });
  });

  it('tries at once when told, and not once more when the pause would have ended', async () => {
    const { made, triedAt, next, advance } = recovery((attempt) =>
      attempt < 3 ? DOWN : undefined,
    );
    await next();
    made.tryNow();
    await advance(0);
    assert.deepEqual(triedAt, [500, 500]);
    await advance(999);
    assert.equal(triedAt.length, 2);
  });

  it('stops when told, in a pause or during a try', async () => {
    const paused = recovery(() => DOWN);
    await paused.next();
    paused.made.stop();
    await paused.advance(60_000);
    assert.deepEqual(paused.end(), { kind: 'stopped' });
    assert.equal(paused.triedAt.length, 1);
    const trying = recovery(() => {
      trying.made.stop();
      return DOWN;
    });
    await trying.next();
    assert.deepEqual(trying.end(), { kind: 'stopped' });
  });
});
