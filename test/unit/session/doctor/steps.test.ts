import assert from 'node:assert/strict';
import type { CancellationSignal } from '../../../../src/core/base/cancellation';
import { NEVER_CANCELLED } from '../../../../src/core/base/cancellation';
import { takeSteps, type Probe } from '../../../../src/session/doctor/steps';
import { FakeClock } from '../../../support/fakeClock';

describe('The steps of a diagnosis', () => {
  it('end in time when one hears nothing, which is told to let go and says what to do', async () => {
    const clock = new FakeClock();
    let given: CancellationSignal | undefined;
    const silent: Probe = {
      name: 'tcp',
      limitMs: 5000,
      onSilence: 'Check the firewall.',
      run: (signal) => {
        given = signal;
        return new Promise(() => undefined);
      },
    };
    const next: Probe = { ...silent, name: 'login', run: () => assert.fail('It goes no further.') };
    const running = takeSteps([silent, next], { clock, signal: NEVER_CANCELLED });
    clock.advance(4999);
    assert.equal(given?.aborted, false);
    clock.advance(1);
    assert.equal(given.aborted, true);
    assert.deepEqual(await running, [
      {
        name: 'tcp',
        outcome: 'failed',
        tookMs: 5000,
        seen: [],
        words: 'Nothing came within 5 s. Check the firewall.',
      },
      { name: 'login', outcome: 'not-reached', seen: [] },
    ]);
  });
});
