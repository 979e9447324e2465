import assert from 'node:assert/strict';
import { Coalescer } from '../../../src/host/coalescer';
import { FakeClock } from '../../support/fakeClock';

/** A coalescer on a clock, and the times at which it ran, in ms since the beginning. */
function start(): {
  readonly clock: FakeClock;
  readonly coalescer: Coalescer;
  readonly runs: readonly number[];
} {
  const clock = new FakeClock();
  const begin = clock.now();
  const runs: number[] = [];
  const coalescer = new Coalescer(
    () => runs.push(clock.now() - begin),
    (ms, run) => clock.after(ms, run),
  );
  return { clock, coalescer, runs };
}

describe('a coalescer', () => {
  it('runs at once when it is asked for the first time', () => {
    const { coalescer, runs } = start();
    coalescer.ask();
    assert.deepEqual(runs, [0]);
  });

  it('runs once more for all that is asked meanwhile', () => {
    const { clock, coalescer, runs } = start();
    for (let ms = 0; ms < 100; ms += 10) {
      coalescer.ask();
      clock.advance(10);
    }
    clock.advance(1000);
    assert.deepEqual(runs, [0, 100]);
  });

  it('runs at most ten times a second, and after the last question', () => {
    const { clock, coalescer, runs } = start();
    for (let ms = 0; ms < 1000; ms++) {
      coalescer.ask();
      clock.advance(1);
    }
    clock.advance(1000);
    assert.deepEqual(runs, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
  });

  it('does not run after its end', () => {
    const { clock, coalescer, runs } = start();
    coalescer.ask();
    coalescer.ask();
    coalescer.dispose();
    coalescer.ask();
    clock.advance(1000);
    assert.deepEqual(runs, [0]);
  });
});
