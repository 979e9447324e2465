import assert from 'node:assert/strict';
import { traceOverview } from '../../../src/host/trace/traceOverview';
import type { TraceOverview } from '../../../src/bridge/traceView';
import { EVERYTHING } from '../../../src/core/filter/query';
import { LiveSession } from '../../../src/session/liveSession';
import { Recorder } from '../../../src/session/recorder';
import { Trace } from '../../../src/session/trace';
import { TraceView } from '../../../src/session/traceView/traceView';
import { SMALL_LANGUAGE } from '../session/traceView/smallLanguage';
import { FakeClock, SILENT_LOGGER } from '../../support/fakeClock';
import { MemoryRecording } from '../../support/memoryRecording';

function startSession(): { readonly session: LiveSession; readonly recording: MemoryRecording } {
  const clock = new FakeClock();
  const startedAt = clock.now();
  const recording = new MemoryRecording();
  const recorder = new Recorder(recording, { startedAt, writer: 'test' }, SILENT_LOGGER);
  const trace = new Trace(recording, { answerTimeLimitMs: 1000 });
  const stopTraffic = (): Promise<void> => Promise.resolve();
  const session = new LiveSession({
    title: 'test',
    recorder,
    trace,
    clock,
    startedAt,
    stopTraffic,
  });
  return { session, recording };
}

function overviewOf(trace: Trace, session: LiveSession | undefined): TraceOverview {
  const clock = new FakeClock();
  const view = new TraceView({
    trace,
    search: () => Promise.resolve(),
    pace: {
      now: () => clock.now(),
      after: (ms, run) => clock.after(ms, run),
      yield: () => Promise.resolve(),
    },
    language: SMALL_LANGUAGE,
    onProblem: (error) => assert.fail(String(error)),
  });
  return traceOverview(trace, view, 'test.wbtrace', session, false);
}

function stateOf(session: LiveSession): string {
  return overviewOf(session.trace, session).recording;
}

describe('the overview of a trace', () => {
  it('says what becomes of the recording', async () => {
    const { session } = startSession();
    const states = [stateOf(session)];
    session.pause();
    states.push(stateOf(session));
    session.resume();
    states.push(stateOf(session));
    await session.stop();
    states.push(stateOf(session));
    assert.deepEqual(states, ['live', 'paused', 'live', 'ended']);
  });

  it('calls a recording that nobody writes here a file', async () => {
    const { session } = startSession();
    await session.trace.read();
    const overview = overviewOf(session.trace, undefined);
    assert.deepEqual(overview, {
      title: 'test.wbtrace',
      startedAt: '2026-01-15T09:00:00.000Z',
      lifelines: [],
      rows: 0,
      messages: 0,
      inFolds: 0,
      phases: { open: 0, completed: 0, failed: 0, unanswered: 0, interrupted: 0 },
      recording: 'file',
      problems: [],
      filter: { query: EVERYTHING, matches: 0 },
      generation: overview.generation,
    });
  });

  it('names a recording that can no longer be written before all other problems', () => {
    const { session, recording } = startSession();
    recording.fail(new Error('disk full'));
    const { recording: state, problems } = overviewOf(session.trace, session);
    assert.deepEqual([state, problems.length], ['ended', 1]);
    assert.match(problems[0] ?? '', /could not be written any more/);
  });
});
