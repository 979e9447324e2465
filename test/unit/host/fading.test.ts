import assert from 'node:assert/strict';
import { Fading } from '../../../src/host/workbins/fading';
import { FakeClock } from '../../support/fakeClock';

describe('marks that fade', () => {
  it('do so when their time has come, once each, with the latest time that was said', () => {
    const clock = new FakeClock();
    const faded: string[] = [];
    const fading = new Fading(
      (id) => faded.push(id),
      () => clock.now(),
      (ms, run) => clock.after(ms, run),
    );
    fading.in('a', 100);
    fading.in('b', 50);
    fading.in('a', 300);
    const seen = [60, 100, 200, 1000].map((ms) => {
      clock.advance(ms);
      return faded.join(' ');
    });
    assert.deepEqual(seen, ['b', 'b', 'b a', 'b a']);
  });
});
