import assert from 'node:assert/strict';
import { parseRecord } from '../../../src/core/trace/recordLine';
import type { TraceRecord } from '../../../src/core/trace/records';
import { ContinuedSink } from '../../../src/session/continuedSink';
import { LiveSession, type BegunRecording } from '../../../src/session/liveSession';
import { Recorder } from '../../../src/session/recorder';
import { Trace } from '../../../src/session/trace';
import { FakeClock, SILENT_LOGGER } from '../../support/fakeClock';
import { MemoryRecording } from '../../support/memoryRecording';

const SERVER = { dialect: 'platform-sdk-json', application: 'Desktop' } as const;
const frame = (name: string) => {
  const body = { kind: 'text', text: `{"messageName":"${name}","referenceId":1}` } as const;
  return { kind: 'websocket', direction: 'receive', body } as const;
};

/** A session whose traffic is what the test puts into its sink. */
function begin() {
  const clock = new FakeClock();
  const recordings: MemoryRecording[] = [];
  const told: string[] = [];
  let whileBeginning = (): void => {};
  const beginRecording = (): BegunRecording => {
    const recording = new MemoryRecording(`recording ${recordings.length + 1}.wbtrace`);
    recordings.push(recording);
    const startedAt = clock.now();
    const recorder = new Recorder(recording, { startedAt, writer: 'test' }, SILENT_LOGGER);
    return { recorder, trace: new Trace(recording, { answerTimeLimitMs: 1000 }), startedAt };
  };
  const begun = beginRecording();
  const sink = new ContinuedSink(begun.recorder);
  const session = new LiveSession({
    ...begun,
    title: 'test',
    clock,
    continuation: {
      sink,
      beginNext: () => {
        const next = beginRecording();
        whileBeginning();
        return Promise.resolve(next);
      },
      discard: ({ trace }) => {
        told.push(`discarded ${trace.path}`);
        return Promise.resolve();
      },
    },
    stopTraffic: () => {
      told.push('traffic ended');
      return Promise.resolve();
    },
  });
  const records = (place: number): string[] =>
    (recordings[place]?.lines ?? []).slice(1).map((line) => {
      const parsed = parseRecord(line);
      assert(parsed.ok);
      return describeRecord(parsed.value);
    });
  return {
    clock,
    sink,
    session,
    told,
    records,
    during: (act: () => void) => {
      whileBeginning = act;
    },
  };
}

function describeRecord(record: TraceRecord): string {
  const of = 'connection' in record ? `${record.seq} ${record.connection} ` : `${record.seq} `;
  switch (record.kind) {
    case 'open':
      return `${of}open ${record.server}`;
    case 'frame':
      return of + record.hints.map(({ name }) => name).join();
    case 'gap':
      return of + record.reason;
    case 'end':
      return `${of}end, goes on in ${record.continuedIn ?? 'none'}`;
    default:
      return of + record.kind;
  }
}

describe('a live session that has become long', () => {
  it('goes on in a next recording, where connections that are open are told of first', async () => {
    const { clock, sink, session, told, records } = begin();
    const now = (): number => clock.now();
    const closed = sink.open(now(), { ...SERVER, server: 'ws://closed' });
    const open = sink.open(now(), { ...SERVER, server: 'ws://open' });
    sink.frame(now(), open, frame('EventAck'));
    sink.close(now(), closed, 'server', '');
    const next = await session.continueInNext();
    assert(next !== undefined);
    await session.stop();
    sink.frame(now(), open, frame('EventWorkbinContent'));
    sink.gap(now(), { reason: 'missed', connection: open });
    const later = sink.open(now(), { ...SERVER, server: 'ws://later' });
    sink.frame(now(), later, frame('EventError'));
    assert.deepEqual(records(0), [
      '1 1 open ws://closed',
      '2 2 open ws://open',
      '3 2 EventAck',
      '4 1 close',
      '5 end, goes on in recording 2.wbtrace',
    ]);
    assert.deepEqual(records(1), [
      '1 The session began in recording 1.wbtrace',
      '2 1 open ws://open',
      '3 1 EventWorkbinContent',
      '4 1 missed',
      '5 2 open ws://later',
      '6 2 EventError',
    ]);
    assert.deepEqual([told, session.running, next.running], [[], false, true]);
    await next.stop();
    assert.deepEqual(told, ['traffic ended']);
  });

  it('can go on again and again, and counts messages anew', async () => {
    const { clock, sink, session, records } = begin();
    const open = sink.open(clock.now(), { ...SERVER, server: 'ws://open' });
    const second = await session.continueInNext();
    sink.frame(clock.now(), open, frame('EventAck'));
    await second?.trace.read();
    const third = await second?.continueInNext();
    sink.frame(clock.now(), open, frame('EventAck'));
    await third?.trace.read();
    assert.deepEqual(
      [second, third].map((each) => each?.trace.messages.count),
      [1, 1],
    );
    assert.deepEqual(records(2).slice(-2), ['2 1 open ws://open', '3 1 EventAck']);
  });

  it('stays as it is while it is paused, and where it is stopped in the meantime', async () => {
    const { session, told, during } = begin();
    session.pause();
    during(() => session.pause());
    assert.equal(await session.continueInNext(), undefined);
    session.resume();
    during(() => void session.stop());
    assert.equal(await session.continueInNext(), undefined);
    assert.deepEqual(told, [
      'discarded recording 2.wbtrace',
      'traffic ended',
      'discarded recording 3.wbtrace',
    ]);
  });
});
