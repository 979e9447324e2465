import assert from 'node:assert/strict';
import type { Frame } from '../../../src/core/protocol/frame';
import { LISTED_MESSAGES } from '../../../src/session/frameMessages';
import { messageDetails } from '../../../src/session/messageDetails';
import type { LinePosition } from '../../../src/session/ports';
import { Recorder } from '../../../src/session/recorder';
import { Trace } from '../../../src/session/trace';
import { FakeClock, SILENT_LOGGER } from '../../support/fakeClock';
import { MemoryRecording } from '../../support/memoryRecording';
import {
  accepted,
  changed,
  DRAFTS,
  events,
  operation,
  request,
  response,
  SIGNED_IN,
  WORKBINS,
} from '../protocol/workspace/frames';

/** A recording that counts the lines that are read of it. */
class CountedRecording extends MemoryRecording {
  reads = 0;

  override line(position: LinePosition): Promise<string> {
    this.reads++;
    return super.line(position);
  }
}

interface Recorded {
  readonly trace: Trace;
  readonly recording: CountedRecording;
}

/** Frames on one connection; a pair stands on the connection that it names, 1 or 2. */
async function record(
  ...frames: readonly (Frame | readonly [connection: number, frame: Frame])[]
): Promise<Recorded> {
  const recording = new CountedRecording();
  const startedAt = new FakeClock().now();
  const recorder = new Recorder(recording, { startedAt, writer: 'test' }, SILENT_LOGGER);
  for (const application of ['Agent desktop', 'Other desktop']) {
    const server = 'http://desk.example/';
    recorder.open(startedAt, { dialect: 'workspace-v3', server, application });
  }
  for (const [index, entry] of frames.entries()) {
    const [connection, frame] = 'kind' in entry ? [1, entry] : entry;
    recorder.frame(startedAt + index, connection, frame);
  }
  const trace = new Trace(recording, { answerTimeLimitMs: 60_000 });
  await trace.read();
  recording.reads = 0;
  return { trace, recording };
}

async function halves({ trace }: Recorded): Promise<readonly (number | undefined)[]> {
  const rows = Array.from({ length: trace.messages.count }, (_, row) => row);
  const details = await Promise.all(rows.map((row) => messageDetails(trace, row)));
  return details.map(({ otherHalf }) => otherHalf);
}

const noise = (count: number) =>
  Array.from({ length: count }, (_, index) => response(1000 + index, { nothing: index }));

describe('the frame of a message', () => {
  it('is described, with all its messages by number and name', async () => {
    const { trace } = await record(events(SIGNED_IN, WORKBINS, changed(DRAFTS, 'A', '1')));
    const { frame, inFrame, otherHalf } = await messageDetails(trace, 1);
    assert.deepEqual(
      { kind: frame.kind, inFrame, otherHalf },
      {
        kind: 'websocket',
        inFrame: {
          count: 3,
          first: 0,
          listed: [
            { message: 0, name: 'WorkspaceInitializationComplete' },
            { message: 1, name: 'EventWorkbins' },
            { message: 2, name: 'EventWorkbinContentChanged' },
          ],
        },
        otherHalf: undefined,
      },
    );
  });

  it('of a huge batch lists the messages around the one that is shown', async () => {
    const batch = Array.from({ length: 300 }, (_, index) => changed(DRAFTS, 'A', String(index)));
    const { trace } = await record(events(SIGNED_IN), events(...batch), events(SIGNED_IN));
    const listed = async (row: number) => {
      const { inFrame } = await messageDetails(trace, row);
      const numbers = inFrame.listed.map(({ message }) => message);
      return [inFrame.count, inFrame.first, numbers[0], numbers.at(-1)];
    };
    assert.deepEqual(
      [await listed(1), await listed(200), await listed(300), await listed(301)],
      [
        [300, 0, 1, LISTED_MESSAGES],
        [300, 149, 150, 149 + LISTED_MESSAGES],
        [300, 200, 201, 300],
        [1, 0, 301, 301],
      ],
    );
  });
});

describe('the other half of an HTTP exchange', () => {
  it('is found through the phase, though much passed in between', async () => {
    const recorded = await record(
      operation(1, `/workbins/${DRAFTS}/get-content`, 'op-1'),
      ...noise(300),
      accepted(1, 'op-1'),
    );
    const { trace, recording } = recorded;
    const request = await messageDetails(trace, 0);
    const answer = await messageDetails(trace, 301);
    assert.deepEqual([request.otherHalf, answer.otherHalf], [301, 0]);
    assert.ok(recording.reads < 10, `${recording.reads} lines were read`);
  });

  it('is found beside it where there is no phase, by connection and exchange', async () => {
    const recorded = await record(
      request(1, '/other/one'),
      [2, request(1, '/other/two')],
      request(2, '/other/three'),
      [2, response(1, { two: true })],
      response(2, { three: true }),
      response(1, { one: true }),
    );
    assert.deepEqual(await halves(recorded), [5, 3, 4, 1, 2, 0]);
  });

  it('is what a response is read by, also where there is no phase', async () => {
    const { trace } = await record(
      request(1, '/workspace/v3/workbins/get-workbins', { operationId: 'list' }),
      request(2, '/api/v2/me/workbins', undefined, 'GET'),
      response(2, { statusCode: 0, workbins: [] }),
      response(1, { status: { code: 500, message: 'no' }, operationId: 'list' }),
      request(3, '/workspace/v3/current-session', undefined, 'GET'),
      response(3, { status: { code: 0 }, data: {} }),
    );
    const rows = Array.from({ length: trace.messages.count }, (_, row) => row);
    const read = await Promise.all(rows.map((row) => trace.message(row)));
    assert.deepEqual(
      read.map(({ message }) => message?.name),
      rows.map((row) => trace.messages.name(row)),
    );
    assert.deepEqual(
      read.map(({ requestRow }) => requestRow),
      [undefined, undefined, 1, 0, undefined, 4],
    );
  });

  it('is left out when it is not there', async () => {
    const recorded = await record(request(1, '/other/one'), events(SIGNED_IN), response(2));
    assert.deepEqual(await halves(recorded), [undefined, undefined, undefined]);
  });

  it('is left out when it would take many reads, or lies far away', async () => {
    const near = await record(request(1, '/other'), ...noise(100), response(1));
    await messageDetails(near.trace, 0);
    const apart = Array.from({ length: 2000 }, () => [2, events(SIGNED_IN)] as const);
    const far = await record(request(1, '/other'), ...apart, response(1));
    const found = [await messageDetails(near.trace, 0), await messageDetails(far.trace, 0)];
    assert.deepEqual(
      found.map(({ otherHalf }) => otherHalf),
      [undefined, undefined],
    );
    assert.ok(near.recording.reads <= 2 * 26, `${near.recording.reads} lines were read`);
  });
});

describe('a message row of the ladder', () => {
  it('tells how its phase stands, as the heading does', async () => {
    const { trace } = await record(
      operation(1, `/workbins/${DRAFTS}/get-content`, 'op-1'),
      operation(2, `/workbins/${DRAFTS}/get-content`, 'op-2'),
      events({ name: 'EventWorkbinContent', messageType: 'WorkbinsMessage', operationId: 'op-1' }),
    );
    const rows = await trace.rows(0, 100);
    const outcomes = rows.map((row) =>
      row.kind === 'message' || row.kind === 'heading' ? row.outcome : undefined,
    );
    assert.deepEqual(outcomes.slice(2), [
      'completed',
      'completed',
      'open',
      'open',
      'completed',
      'completed',
    ]);
  });
});

describe('a message of a web API', () => {
  const rowsOf = async (...frames: readonly Frame[]): Promise<readonly object[]> => {
    const { trace } = await record(...frames);
    const rows = Array.from({ length: trace.messages.count }, (_, row) => row);
    const details = await Promise.all(rows.map((row) => messageDetails(trace, row)));
    return details.map(({ name, id, facts }) => ({
      name,
      id,
      onTheWire: facts.find(([fact]) => fact === 'On the wire')?.[1],
    }));
  };

  it('has no id of Platform SDK, and says what it was where its name is our mapping', async () => {
    const subscribe = operation(1, `/workbins/${DRAFTS}/subscribe?x=1`, 'id-1');
    const v2 = { messageType: 'WorkbinStateChangeMessage', id: DRAFTS };
    assert.deepEqual(await rowsOf(subscribe, accepted(1, 'id-1'), events(WORKBINS, v2)), [
      {
        name: 'RequestWorkbinNotifications',
        id: undefined,
        onTheWire:
          `POST /workspace/v3/workbins/${DRAFTS}/subscribe; ` +
          'that this is RequestWorkbinNotifications is our mapping',
      },
      { name: 'Accepted', id: undefined, onTheWire: undefined },
      { name: 'EventWorkbins', id: undefined, onTheWire: undefined },
      {
        name: 'EventWorkbinContentChanged',
        id: undefined,
        onTheWire:
          'WorkbinStateChangeMessage; that this is EventWorkbinContentChanged is our mapping',
      },
    ]);
  });

  it('tells the name of an error code as our reading', async () => {
    const { trace } = await record(events({ name: 'EventError', errorCode: 34 }));
    const { attributes } = await messageDetails(trace, 0);
    assert.deepEqual(
      attributes.find(({ name }) => name === 'errorCode'),
      {
        name: 'errorCode',
        type: 'number',
        value: '34',
        meaning: 'Error_client_not_logged_in in Platform SDK (our reading)',
      },
    );
  });
});
