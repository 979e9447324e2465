import assert from 'node:assert/strict';
import { statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { openRecordingReader } from '../../../src/recording/recordingReader';
import { Trace } from '../../../src/session/trace';
import { writeTraffic } from '../../support/generateTraffic';
import { temporaryFolder } from '../../support/recordings';

describe('a recording that is cut while it is shown', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('is said to be so once, however often it changes then', async () => {
    const path = join(folder.path, 'cut.wbtrace');
    writeTraffic(path, 2000);
    const reader = openRecordingReader(path, { writing: () => false });
    const trace = new Trace(reader, { answerTimeLimitMs: 10_000 });
    await trace.read();
    const { messages } = trace.status;
    truncateSync(path, statSync(path).size >> 1);
    for (let time = 0; time < 5; time++) {
      reader.poke();
      // Shares the reading that began with it.
      await assert.rejects(trace.read(), { code: 'recording-changed' });
    }
    const { problems } = trace.status;
    trace.dispose();
    assert.deepEqual([problems.length, trace.status.messages], [1, messages]);
    assert.match(problems[0] ?? '', /replaced or cut/);
  });
});
