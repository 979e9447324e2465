import type { TraceOverview } from '../bridge/traceView';
import type { OpenFolds } from '../core/ladder/openFolds';
import type { LiveSession } from '../session/liveSession';
import type { Trace } from '../session/trace';

/** What the view with these folds shows around the ladder, as things stand now. */
export function traceOverview(
  trace: Trace,
  folds: OpenFolds,
  title: string,
  session: LiveSession | undefined,
): TraceOverview {
  const { startedAt, lifelines, messages, phases, indexing, problems, generation } = trace.status;
  return {
    title,
    startedAt,
    lifelines,
    rows: folds.count,
    messages,
    phases,
    inFolds: folds.inside,
    recording: recordingState(session),
    ...(session?.tap !== undefined && session.running ? { tapAddress: session.tap.address } : {}),
    ...(indexing === undefined ? {} : { indexing }),
    problems: session?.recorder.state === 'failed' ? [RECORDING_FAILED, ...problems] : problems,
    generation: generation + folds.generation,
  };
}

const RECORDING_FAILED =
  'The recording could not be written any more; the log says why. What came afterwards is missing.';

function recordingState(session: LiveSession | undefined): TraceOverview['recording'] {
  if (session === undefined) {
    return 'file';
  }
  if (!session.running) {
    return 'ended';
  }
  switch (session.recorder.state) {
    case 'recording':
      return 'live';
    case 'paused':
      return 'paused';
    case 'ended':
    case 'failed':
      return 'ended';
  }
}
