import assert from 'node:assert/strict';
import { toDisposable } from '../../../src/core/base/disposable';
import { Emitter } from '../../../src/core/base/event';
import { failed, ok, type Result } from '../../../src/core/base/result';
import type { Workbin } from '../../../src/core/protocol/workbin';
import { LiveSessions } from '../../../src/host/liveSessions';
import type { OpenTraces } from '../../../src/host/openTraces';
import { LiveSession } from '../../../src/session/liveSession';
import type { ConnectionProfile, Platform } from '../../../src/session/platform';
import { Recorder } from '../../../src/session/recorder';
import { Trace } from '../../../src/session/trace';
import type { ClientState, WorkbinClient } from '../../../src/session/workbinClient';
import { FakeClock, SILENT_LOGGER } from '../../support/fakeClock';
import { MemoryRecording } from '../../support/memoryRecording';

const REFUSED: ClientState = { kind: 'failed', failure: { code: 'no', message: 'Refused' } };
const WORKBIN: Workbin = { type: 'draft', ownerKind: 'Agent', owner: 'A1' };

function profile(server: string, agent = 'A1', place = 'P1'): ConnectionProfile {
  return {
    dialect: 'platform-sdk-json',
    server,
    agent,
    place,
    tenant: 1,
    clientName: 'Test client',
  };
}

/** Sessions whose servers let in whom they are told to; `list` answers the question for workbins. */
function harness() {
  const clock = new FakeClock();
  const told: string[] = [];
  const lists: ((result: Result<readonly Workbin[]>) => void)[] = [];
  let entry: ClientState['kind'] = 'connected';
  const begin = (server: string): LiveSession => {
    const recording = new MemoryRecording();
    const startedAt = clock.now();
    const state: ClientState =
      entry === 'connected' ? { kind: entry, agent: 'A1', server } : REFUSED;
    told.push(`${server} ${state.kind}`);
    const changes = new Emitter<ClientState>();
    const nothing = (): Promise<Result<void>> => Promise.resolve(ok(undefined));
    const client: WorkbinClient = {
      state,
      onDidChangeState: changes.event,
      connect: () => Promise.resolve(state),
      disconnect: () => Promise.resolve(),
      workbins: () => new Promise((resolve) => lists.push(resolve)),
      getContent: nothing,
      requestNotifications: nothing,
      cancelNotifications: nothing,
      placeInWorkbin: nothing,
      pull: nothing,
      send: () => Promise.resolve(failed('not-sent', 'Nothing is sent here.')),
      dispose: () => changes.dispose(),
    };
    return new LiveSession({
      title: server,
      recorder: new Recorder(recording, { startedAt, writer: 'test' }, SILENT_LOGGER),
      trace: new Trace(recording, { answerTimeLimitMs: 1000 }),
      clock,
      startedAt,
      client,
      stopTraffic: () => {
        told.push(`${server} ended`);
        return Promise.resolve();
      },
    });
  };
  // Of the platform and the open traces, sessions use no more than this.
  const platform = { connect: ({ server }) => Promise.resolve(begin(server)) } as Pick<
    Platform,
    'connect'
  > as Platform;
  const openTraces = {
    adopt: (session: LiveSession) => toDisposable(() => session.dispose()),
  } as unknown as OpenTraces;
  const sessions = new LiveSessions(platform, openTraces, SILENT_LOGGER, () =>
    Promise.resolve(undefined),
  );
  return {
    sessions,
    told,
    lists,
    refuse: () => {
      entry = 'failed';
    },
  };
}

describe('connecting while a session runs', () => {
  it('ends that session once the new one is connected', async () => {
    const { sessions, told } = harness();
    await sessions.connect(profile('ws://one'));
    await sessions.connect(profile('ws://two'));
    assert.deepEqual(told, ['ws://one connected', 'ws://two connected', 'ws://one ended']);
    assert.equal(sessions.session?.title, 'ws://two');
  });

  it('leaves that session as it is when the new one is refused, and ends the new one', async () => {
    const { sessions, told, refuse } = harness();
    await sessions.connect(profile('ws://one'));
    refuse();
    const result = await sessions.connect(profile('ws://two'));
    assert.deepEqual(result?.state, REFUSED);
    assert.deepEqual(told, ['ws://one connected', 'ws://two failed', 'ws://two ended']);
    assert.deepEqual(
      [sessions.standing.kind, sessions.session?.title, sessions.session?.running],
      ['connected', 'ws://one', true],
    );
  });

  it('ends that session first where the server may let the agent or place in but once', async () => {
    for (const [agent, place] of [
      ['A1', 'P2'],
      ['A2', 'P1'],
    ] as const) {
      const { sessions, told } = harness();
      await sessions.connect(profile('ws://one'));
      await sessions.connect(profile('ws://one', agent, place));
      assert.deepEqual(told, ['ws://one connected', 'ws://one ended', 'ws://one connected']);
    }
  });
});

describe('a session that has connected', () => {
  it('is connected before the server has listed its workbins, and takes them when they come', async () => {
    const { sessions, lists } = harness();
    await sessions.connect(profile('ws://one'));
    assert.deepEqual([sessions.standing.kind, sessions.workbins], ['connected', []]);
    const listed = new Promise<void>((resolve) => {
      const listening = sessions.onDidChange(() => {
        listening.dispose();
        resolve();
      });
    });
    lists[0]?.(ok([WORKBIN]));
    await listed;
    assert.deepEqual(sessions.workbins, [WORKBIN]);
  });

  it('goes on when the server does not list its workbins', async () => {
    const { sessions, lists } = harness();
    await sessions.connect(profile('ws://one'));
    lists[0]?.(failed('no', 'No such request'));
    assert.deepEqual([sessions.standing.kind, sessions.workbins], ['connected', []]);
  });
});
