import assert from 'node:assert/strict';
import { NEVER_CANCELLED } from '../../../../src/core/base/cancellation';
import { asText } from '../../../../src/core/protocol/attributes';
import type { JsonObject } from '../../../../src/core/protocol/json';
import { PlatformSdkClient } from '../../../../src/session/platformSdkClient';
import { Recorder } from '../../../../src/session/recorder';
import type { ClientState } from '../../../../src/session/workbinClient';
import { waitFor } from '../../../environment/waiting';
import { FakeClock, SILENT_LOGGER } from '../../../support/fakeClock';
import { MemoryRecording } from '../../../support/memoryRecording';
import { ScriptedTransport, type Script } from '../../../support/scriptedTransport';

const ACK = { messageName: 'EventAck' };
const DRAFTS = { type: 'draft', ownerKind: 'Agent', owner: 'A1' } as const;
const SENT = { type: 'sent', ownerKind: 'Agent', owner: 'A1' } as const;
const WELCOME: Script = {
  RequestRegisterClient: ACK,
  RequestAgentLogin: ACK,
  RequestAgentLogout: ACK,
  RequestWorkbinNotifications: ACK,
  RequestCancelWorkbinNotifications: ACK,
  RequestGetWorkbinContent: { messageName: 'EventWorkbinContent', interactions: [] },
};
const refusal = (errorCode: number) => ({ messageName: 'EventError', errorCode });

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A client whose connections are scripted; `scripts[n]` is that of the nth connection, the last one goes on. */
async function client(...scripts: readonly (Script | 'down')[]) {
  const clock = new FakeClock();
  const recording = new MemoryRecording();
  const transports: ScriptedTransport[] = [];
  const states: ClientState[] = [];
  const made = new PlatformSdkClient({
    profile: {
      dialect: 'platform-sdk-json',
      server: 'ws://server.example/',
      agent: 'A1',
      place: 'P1',
      tenant: 1,
      clientName: 'Test client',
    },
    createTransport: () => {
      const transport = new ScriptedTransport(
        scripts[Math.min(transports.length, scripts.length - 1)] ?? WELCOME,
      );
      transports.push(transport);
      return transport;
    },
    sink: new Recorder(recording, { startedAt: clock.now(), writer: 'test' }, SILENT_LOGGER),
    clock,
    logger: SILENT_LOGGER,
    answerTimeLimitMs: 5000,
    random: () => 0.5,
  });
  made.onDidChangeState((state) => states.push(state));
  assert.equal((await made.connect(NEVER_CANCELLED)).kind, 'connected');
  return {
    client: made,
    clock,
    recording,
    transports,
    states,
    /** The connection that is in use is cut off. */
    cut: () => transports.at(-1)?.cut('1006 cut off', clock.now()),
    is: (kind: ClientState['kind']) => waitFor(kind, () => made.state.kind === kind),
    /** It waits for the next try; what was on its way has arrived. */
    waits: async () => {
      await settle();
      await waitFor(
        'the pause',
        () => made.state.kind === 'recovering' && made.state.nextAt !== undefined,
      );
    },
  };
}

/** What was requested over a connection, without references. */
function requested(transport: ScriptedTransport | undefined): readonly JsonObject[] {
  return (transport?.sent ?? []).map((request) => ({ ...request, referenceId: 0 }));
}

const names = (transport: ScriptedTransport | undefined) =>
  requested(transport).map((request) => request['messageName']);

describe('A Platform SDK client whose connection is lost', () => {
  it('connects again after a pause, logs in, and requests again what was requested, as it was', async () => {
    const { client: made, clock, transports, cut, is, waits } = await client(WELCOME);
    await made.requestNotifications(DRAFTS);
    await made.send({
      name: 'RequestWorkbinNotifications',
      attributes: {
        workbin: { workbinTypeId: 'sent', workbinAgentId: 'A1' },
        notifyPropertyChanges: 1,
      },
    });
    await made.getContent(DRAFTS);
    await made.getContent(SENT);
    await made.requestNotifications({ ...DRAFTS, type: 'left' });
    await made.cancelNotifications({ ...DRAFTS, type: 'left' });
    const before = requested(transports[0]);
    cut();
    await waits();
    assert.equal(transports.length, 1);
    clock.advance(500);
    await is('connected');
    const of = (name: string, all: readonly JsonObject[]) =>
      all.filter((request) => request['messageName'] === name);
    const again = requested(transports[1]);
    assert.deepEqual(
      of('RequestWorkbinNotifications', again),
      of('RequestWorkbinNotifications', before).slice(0, 2),
    );
    assert.deepEqual(of('RequestGetWorkbinContent', again), of('RequestGetWorkbinContent', before));
    assert.deepEqual(names(transports[1]).slice(0, 3), [
      'RequestRegisterClient',
      'RequestAgentLogin',
      'RequestWorkbinNotifications',
    ]);
    made.dispose();
  });

  it('marks in the recording what was missed, between the login and what is requested again', async () => {
    const {
      client: made,
      clock,
      recording,
      cut,
      is,
      waits,
    } = await client(WELCOME, 'down', 'down', WELCOME);
    await made.requestNotifications(DRAFTS);
    const from = recording.lines.length;
    cut();
    for (const pause of [500, 1000, 2000]) {
      await waits();
      clock.advance(pause);
    }
    await is('connected');
    const lines = recording.lines.slice(from).map((line) => JSON.parse(line) as JsonObject);
    const kinds = lines.map((line) => asText(line['kind']));
    assert.deepEqual(
      kinds.filter((kind) => kind !== 'frame'),
      ['close', 'open', 'close', 'open', 'close', 'open', 'gap'],
    );
    const gap = lines.find((line) => line['kind'] === 'gap');
    assert.equal(
      gap?.['reason'],
      'The connection was lost; notifications between 09:00:00.000 and 09:00:03.500 may be missing',
    );
    assert.equal(gap['c'], 4);
    // Behind it: the notifications that are requested again, and the answer.
    assert.deepEqual(kinds.slice(kinds.indexOf('gap') + 1), ['frame', 'frame']);
    made.dispose();
  });

  it('says which try it is, when the next begins, and why the last one failed', async () => {
    const { client: made, clock, cut, waits } = await client(WELCOME, 'down');
    const lostAt = clock.now();
    cut();
    await waits();
    assert.deepEqual(made.state, {
      kind: 'recovering',
      attempt: 1,
      reason: 'The connection was lost: 1006 cut off',
      nextAt: lostAt + 500,
      text: 'Connection lost',
    });
    clock.advance(500);
    await waitFor(
      'the second pause',
      () => made.state.kind === 'recovering' && made.state.attempt === 2,
    );
    assert.deepEqual(made.state, {
      kind: 'recovering',
      attempt: 2,
      reason: 'Nothing listens there.',
      nextAt: lostAt + 1500,
      text: 'Connection lost',
    });
    made.dispose();
  });

  it('tries at once when told to connect, and tells what came of it', async () => {
    const { client: made, transports, cut, waits } = await client(WELCOME, 'down', WELCOME);
    cut();
    await waits();
    const failed = await made.connect(NEVER_CANCELLED);
    assert.deepEqual([failed.kind, transports.length], ['recovering', 2]);
    assert.equal((await made.connect(NEVER_CANCELLED)).kind, 'connected');
    assert.equal(transports.length, 3);
    made.dispose();
  });

  for (const [how, give] of [
    ['disconnected', (made: PlatformSdkClient) => made.disconnect()],
    [
      'told to connect and that is cancelled',
      async (made: PlatformSdkClient) => {
        const cancel = new AbortController();
        const connecting = made.connect(cancel.signal);
        cancel.abort();
        await connecting;
      },
    ],
  ] as const) {
    it(`tries no more when it is ${how}, and forgets what was requested`, async () => {
      const { client: made, clock, transports, cut, waits } = await client(WELCOME);
      await made.requestNotifications(DRAFTS);
      cut();
      await waits();
      await give(made);
      assert.equal(made.state.kind, 'disconnected');
      const { length } = transports;
      clock.advance(600_000);
      assert.equal(transports.length, length);
      await made.disconnect();
      assert.equal((await made.connect(NEVER_CANCELLED)).kind, 'connected');
      assert.equal(names(transports.at(-1)).includes('RequestWorkbinNotifications'), false);
      made.dispose();
    });
  }

  it('tries no more when the agent is not known any more, and says what to do', async () => {
    const {
      client: made,
      clock,
      transports,
      cut,
      is,
      waits,
    } = await client(WELCOME, {
      ...WELCOME,
      RequestAgentLogin: refusal(10),
    });
    cut();
    await waits();
    clock.advance(500);
    await is('failed');
    clock.advance(600_000);
    assert.equal(transports.length, 2);
    assert(made.state.kind === 'failed');
    assert.equal(
      made.state.failure.message,
      'The connection was lost and is not begun again: RequestAgentLogin: Error_unknown_agent_in_request (10). Check the agent in the server’s settings.',
    );
    made.dispose();
  });

  it('tries again when the server has not noticed yet that the old connection is gone', async () => {
    const {
      client: made,
      clock,
      cut,
      is,
      waits,
    } = await client(WELCOME, { ...WELCOME, RequestAgentLogin: refusal(14) }, WELCOME);
    cut();
    await waits();
    clock.advance(500);
    await waits();
    clock.advance(1000);
    await is('connected');
    made.dispose();
  });

  it('forgets what the server no longer grants, and has the rest', async () => {
    const {
      client: made,
      clock,
      transports,
      cut,
      is,
      waits,
    } = await client(WELCOME, { ...WELCOME, RequestWorkbinNotifications: refusal(41) }, WELCOME);
    await made.requestNotifications(DRAFTS);
    await made.getContent(DRAFTS);
    for (const pause of [500, 1000]) {
      cut();
      await waits();
      clock.advance(pause);
      await is('connected');
    }
    assert.deepEqual(names(transports[2]), [
      'RequestRegisterClient',
      'RequestAgentLogin',
      'RequestGetWorkbinContent',
    ]);
    made.dispose();
  });

  it('counts on when it is lost at once each time, and from one when it has held', async () => {
    const { client: made, clock, cut, is, waits } = await client(WELCOME);
    const attempts: number[] = [];
    for (const [pause, heldFor] of [
      [500, 0],
      [1000, 0],
      [2000, 60_000],
      [500, 0],
    ] as const) {
      cut();
      await waits();
      attempts.push(made.state.kind === 'recovering' ? made.state.attempt : 0);
      clock.advance(pause);
      await is('connected');
      clock.advance(heldFor);
    }
    assert.deepEqual(attempts, [1, 2, 3, 1]);
    made.dispose();
  });
});
