import type { TraceOverview } from '../../bridge/traceView';
import type { LiveSession } from '../../session/liveSession';
import type { Trace } from '../../session/trace';
import type { TraceView } from '../../session/traceView/traceView';

/** What a view shows around the ladder, as things stand now. */
export function traceOverview(
  trace: Trace,
  view: TraceView,
  title: string,
  session: LiveSession | undefined,
  canSendAgain: boolean,
): TraceOverview {
  const { startedAt, lifelines, messages, phases, indexing, problems } = trace.status;
  const { find } = view;
  return {
    title,
    startedAt,
    lifelines,
    rows: view.rowCount,
    messages,
    phases,
    inFolds: view.inFolds,
    recording: recordingState(session),
    ...(session?.tap !== undefined && session.running ? { tapAddress: session.tap.address } : {}),
    ...(canSendAgain ? { canSendAgain } : {}),
    ...(indexing === undefined ? {} : { indexing }),
    problems: session?.recorder.state === 'failed' ? [RECORDING_FAILED, ...problems] : problems,
    filter: view.query,
    ...(find === undefined ? {} : { find }),
    generation: view.generation,
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
