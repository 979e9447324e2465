import assert from 'node:assert/strict';
import { toDisposable } from '../../../src/core/base/disposable';
import { Emitter } from '../../../src/core/base/event';
import { failed, ok, type Result } from '../../../src/core/base/result';
import type { Workbin } from '../../../src/core/protocol/workbin';
import type { SessionTarget } from '../../../src/host/sessions/heldSession';
import { LiveSessions } from '../../../src/host/sessions/liveSessions';
import type { OpenTraces } from '../../../src/host/trace/openTraces';
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
    connect: (server: string, as = profile(server)) => sessions.connect(target(server), as),
    refuse: () => {
      entry = 'failed';
    },
  };
}

/** One target for each server. */
function target(server: string): SessionTarget {
  return { key: server, name: `name of ${server}` };
}

describe('connecting while a session runs', () => {
  it('leaves that session as it is, and puts the new one in front', async () => {
    const { sessions, told, connect } = harness();
    await connect('ws://one');
    await connect('ws://two');
    assert.deepEqual(told, ['ws://one connected', 'ws://two connected']);
    assert.equal(sessions.session?.title, 'ws://two');
    assert.deepEqual(
      ['ws://one', 'ws://two', 'ws://three'].map((key) => sessions.standingOf(key).kind),
      ['connected', 'connected', 'none'],
    );
  });

  it('leaves it when the new one is refused, ends that, and says of it why', async () => {
    const { sessions, told, connect, refuse } = harness();
    await connect('ws://one');
    refuse();
    const result = await connect('ws://two');
    assert.deepEqual(result?.state, REFUSED);
    assert.deepEqual(told, ['ws://one connected', 'ws://two failed', 'ws://two ended']);
    assert.deepEqual(
      [sessions.standing.kind, sessions.session?.title, sessions.session?.running],
      ['connected', 'ws://one', true],
    );
    const standing = sessions.standingOf('ws://two');
    assert.equal(standing.kind === 'failed' && standing.failure.message, 'Refused');
  });

  it('ends the session of the same target once the new one is there', async () => {
    const { sessions, told, connect } = harness();
    await connect('ws://one');
    await connect('ws://one');
    assert.deepEqual(told, ['ws://one connected', 'ws://one connected', 'ws://one ended']);
    assert.equal(sessions.all.length, 1);
  });

  it('tells of those that the server may not let in beside it: the same agent or place', async () => {
    const { sessions, connect } = harness();
    await connect('ws://one');
    const inTheWay = (agent: string, place: string, server = 'ws://one'): number =>
      sessions.inTheWay(profile(server, agent, place)).length;
    assert.deepEqual([inTheWay('A1', 'P2'), inTheWay('A2', 'P1'), inTheWay('A2', 'P2')], [1, 1, 0]);
    assert.equal(inTheWay('A1', 'P1', 'ws://two'), 0);
    // Signed in without a place, both have the same: none.
    await connect('ws://one', profile('ws://one', 'A3', ''));
    assert.deepEqual([inTheWay('A2', ''), inTheWay('A3', '')], [0, 1]);
  });
});

describe('several sessions', () => {
  it('have the one in front that was chosen last, and the one before it when that ends', async () => {
    const { sessions, connect } = harness();
    const inFront = (): string | undefined => sessions.session?.title;
    await connect('ws://one');
    await connect('ws://two');
    await connect('ws://three');
    const one = sessions.find('ws://one');
    assert(one !== undefined);
    sessions.choose(one.session);
    assert.equal(inFront(), 'ws://one');
    await sessions.stop();
    assert.equal(inFront(), 'ws://three');
    assert.deepEqual(
      sessions.all.map(({ session }) => session.title),
      ['ws://two', 'ws://three'],
    );
  });

  it('tell that one was chosen, but not that one was looked at', async () => {
    const { sessions, connect } = harness();
    const inFront = (): string | undefined => sessions.session?.title;
    await connect('ws://one');
    await connect('ws://two');
    const chosen: string[] = [];
    sessions.onDidChoose(({ title }) => chosen.push(title));
    const [one, two] = sessions.all;
    assert(one !== undefined && two !== undefined);
    sessions.follow(one.session);
    assert.equal(inFront(), 'ws://one');
    sessions.choose(two.session);
    assert.deepEqual(chosen, ['ws://two']);
  });

  it('end one by one, or all at once', async () => {
    const { sessions, told, connect } = harness();
    await connect('ws://one');
    await connect('ws://two');
    await connect('ws://three');
    await sessions.stop('ws://one');
    assert.deepEqual(told.slice(3), ['ws://one ended']);
    await sessions.stopAll();
    assert.deepEqual([...told.slice(4)].sort(), ['ws://three ended', 'ws://two ended']);
    assert.equal(sessions.standing.kind, 'none');
  });

  it('are found by the recordings that they write', async () => {
    const { sessions, connect } = harness();
    await connect('ws://one');
    const [held] = sessions.all;
    assert(held !== undefined);
    assert.equal(sessions.writing(held.session.trace.path), held);
    assert.equal(sessions.writing('/elsewhere.wbtrace'), undefined);
  });
});

describe('a session that has connected', () => {
  it('is connected before the server has listed its workbins, and takes them when they come', async () => {
    const { sessions, connect, lists } = harness();
    await connect('ws://one');
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
    const { sessions, connect, lists } = harness();
    await connect('ws://one');
    lists[0]?.(failed('no', 'No such request'));
    assert.deepEqual([sessions.standing.kind, sessions.workbins], ['connected', []]);
  });
});
