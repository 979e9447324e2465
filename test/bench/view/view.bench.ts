import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setUpTools } from '../../environment/tools';
import { plainFigure, ratioFigure, takeTurns, type Report } from '../support/figures';
import { note, noteMachine } from '../support/notes';
import { Growth, writeGrowingRecording } from './growingRecording';
import { scrollAndJump } from './probe';
import { ServedView } from './servedView';

const FRAMES = 1_000_000;
const ROUNDS = 7;
/** A frame that took longer was not smooth. */
const SLOW_MS = 20;

/**
 * The trace view in a real VS Code, beside a page of a hundred rows without data in the same one. The recording is
 * opened anew each time, with its index beside it after the first, and read by the extension host meanwhile.
 */
export async function run(report: Report): Promise<void> {
  noteMachine({});
  await setUpTools();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbin-inspector-view-'));
  const file = path.join(folder, 'million.wbtrace');
  const more = path.join(folder, 'more');
  let view: ServedView | undefined;
  try {
    await writeGrowingRecording(file, more, FRAMES);
    view = await ServedView.start(file);
    await firstPaint(view, report);
    await scrolling(view, new Growth(file, more), report);
  } finally {
    await view?.stop();
    fs.rmSync(folder, { recursive: true });
  }
}

async function firstPaint(view: ServedView, report: Report): Promise<void> {
  const opened = (what: 'recording' | 'floor') => async (): Promise<number> => {
    const { ms } = await view.open(what);
    await view.closeEditors();
    return ms;
  };
  // The first page of each loads code that later ones have.
  await opened('floor')();
  await opened('recording')();
  const values = await takeTurns(ROUNDS, {
    recording: opened('recording'),
    floor: opened('floor'),
  });
  note(`floor page: ${values.floor.map((ms) => ms.toFixed(1)).join(' ')} ms`);
  report(
    ratioFigure('view.1m.first-paint-vs-floor', 'ms', values.recording, {
      name: 'a page of 100 rows without data',
      values: values.floor,
    }),
  );
}

async function scrolling(view: ServedView, growth: Growth, report: Report): Promise<void> {
  const long: number[] = [];
  const heaps = { recording: [] as number[], floor: [] as number[] };
  const slow = (what: 'recording' | 'floor') => async (): Promise<number> => {
    const { frame } = await view.open(what);
    // All of it is in the view before anything is scrolled.
    await frame.locator('.wi-progress:visible').waitFor({ state: 'detached', timeout: 60_000 });
    await growth.start(500);
    const scrolled = await frame.evaluate(scrollAndJump, 180);
    await growth.stop();
    heaps[what].push(await view.heapMb());
    await view.closeEditors();
    if (what === 'recording') {
      long.push(scrolled.longTasks.length);
    }
    const slowFrames = scrolled.frames.filter((ms) => ms > SLOW_MS);
    note(
      `${what}: ${slowFrames.map((ms) => ms.toFixed(0)).join(' ') || 'no'} ms frames, ` +
        `${scrolled.blank} with a row still on its way`,
    );
    return slowFrames.length;
  };
  const values = await takeTurns(ROUNDS, { recording: slow('recording'), floor: slow('floor') });
  report(
    plainFigure(
      'view.1m.slow-frames',
      'frames',
      values.recording.map((count, round) => count - (values.floor[round] ?? 0)),
    ),
  );
  report(plainFigure('view.1m.long-tasks', 'tasks', long));
  // More than the page without data has.
  const own = heaps.recording.map((mb, round) => mb - (heaps.floor[round] ?? 0));
  report(plainFigure('view.1m.heap-mb', 'MB', own));
}
