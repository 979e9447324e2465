import { Trace } from '../../src/session/trace';
import { openRecordingReader } from '../../src/recording/recordingReader';

/** A phase as its heading tells it: title, workbin, outcome. */
export type PhaseWords = readonly [title: string, workbin: string, outcome: string];

/** The phases of a recording as far as it is written, in the order in which they began. */
export async function phasesIn(path: string): Promise<readonly PhaseWords[]> {
  const trace = new Trace(openRecordingReader(path), { answerTimeLimitMs: 10_000 });
  try {
    await trace.read();
    return (await trace.rows(0, trace.status.rows)).flatMap((row): PhaseWords[] =>
      row.kind === 'heading' && !row.continued ? [[row.title, row.workbin ?? '', row.outcome]] : [],
    );
  } finally {
    trace.dispose();
  }
}
