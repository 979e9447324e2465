import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openRecordingReader } from '../../../src/recording/recordingReader';
import { Trace } from '../../../src/session/trace';
import { temporaryFolder } from '../../support/recordings';

const FRAMES = 400;

describe('a recording that another process is writing', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('opens while it grows: rows are only added, and no line counts as torn', async () => {
    const path = join(folder.path, 'growing.wbtrace');
    const child = fork(join(__dirname, 'growingWriter.entry.js'), [path, String(FRAMES)]);
    const exited = once(child, 'exit');
    await once(child, 'message');
    const trace = new Trace(openRecordingReader(path), { answerTimeLimitMs: 10_000 });
    try {
      const counts: number[] = [];
      const ended = new Promise<void>((resolve) => {
        trace.onDidChange(() => {
          counts.push(trace.messages.count);
          if (trace.status.ended) {
            resolve();
          }
        });
      });
      await readFromBeginning(trace);
      await ended;
      const references = Array.from({ length: trace.messages.count }, (_, row) =>
        trace.messages.reference(row),
      );
      assert.deepEqual(
        { problems: trace.status.problems, references },
        { problems: [], references: Array.from({ length: FRAMES }, (_, index) => index) },
      );
      assert.deepEqual(
        counts,
        [...counts].sort((one, other) => one - other),
      );
      assert.ok(new Set(counts).size > 5, 'seen while it grew');
    } finally {
      trace.dispose();
      await exited;
    }
  });
});

/** The header may not have reached the file yet; people press F5 then. */
async function readFromBeginning(trace: Trace): Promise<void> {
  for (;;) {
    try {
      await trace.read();
      return;
    } catch (error) {
      assert.match(String(error), /nothing was recorded/);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
