import assert from 'node:assert/strict';
import { NEVER_CANCELLED } from '../../../../src/core/base/cancellation';
import {
  ANNA,
  createClient,
  OWN_DRAFTS,
  pollHeld,
  startClient,
  startWorkspace,
  type ClientOptions,
} from './support';

const DONE = { ok: true, value: undefined };
const SPAN = String.raw`notifications between \d\d:\d\d:\d\d\.\d{3} and \d\d:\d\d:\d\d\.\d{3} may be missing$`;

/** A client that is subscribed to the agent's drafts. */
async function subscribed(options: ClientOptions = {}) {
  const started = await startClient(options);
  const { client, recording } = started;
  assert.equal((await client.connect(NEVER_CANCELLED)).kind, 'connected');
  assert.deepEqual(await client.requestNotifications(OWN_DRAFTS), DONE);
  return {
    ...started,
    /** Another agent's change is seen. */
    seesChanges: async (simulator: Awaited<ReturnType<typeof startWorkspace>>) => {
      const changed = recording.lineWith('"n":"EventWorkbinContentChanged"');
      assert(simulator.placeAsOtherAgent('email-draft@A1001').ok);
      await changed;
    },
  };
}

describe('Workspace API v3 client that loses its session', () => {
  it('signs in again and subscribes again when the server has forgotten the session', async () => {
    const { client, simulator, recording, state, seesChanges, stop } = await subscribed();
    const texts: string[] = [];
    client.onDidChangeState((each) =>
      texts.push(each.kind === 'recovering' ? each.text : each.kind),
    );
    const from = recording.lines.length;
    simulator.expireSessions();
    await state('recovering');
    await state('connected');
    await seesChanges(simulator);
    assert.deepEqual(texts, [
      'Session lost: 402::session_unknown',
      'Signing in AnnaBerger',
      'Initialising',
      'Opening the event channel',
      'Waiting for the initialisation',
      'connected',
    ]);
    assert.equal(recording.gaps.length, 1);
    const [gap] = recording.gaps;
    assert.equal(gap!.connection, 1);
    assert.match(
      gap!.reason,
      new RegExp(String.raw`^The session was lost \(402::session_unknown\); ${SPAN}`),
    );
    const again = recording.lines.slice(from).join('\n');
    assert.match(
      again,
      /POST initialize-workspace[^]*\/meta\/handshake[^]*RequestWorkbinNotifications/,
    );
    await stop();
  });

  it('reads again what was read, behind the subscriptions', async () => {
    const { client, simulator, recording, state, stop } = await subscribed();
    assert.deepEqual(await client.getContent(OWN_DRAFTS), DONE);
    const from = recording.lines.length;
    simulator.expireSessions();
    await state('recovering');
    await state('connected');
    assert.match(
      recording.lines.slice(from).join('\n'),
      /"kind":"gap"[^]*"n":"RequestWorkbinNotifications"[^]*"n":"RequestGetWorkbinContent"[^]*"n":"EventWorkbinContent"/,
    );
    await stop();
  });

  it('tries at once when told to connect while it waits', async () => {
    const { client, simulator, recording, state } = await subscribed({
      timing: { recoveryDelaysMs: [3_600_000] },
    });
    await simulator.stop();
    await state('recovering');
    await recording.lineWith('ECONNREFUSED');
    assert.equal((await client.connect(NEVER_CANCELLED)).kind, 'recovering');
    const port = Number(new URL(simulator.workspaceAddress).port);
    const next = await startWorkspace({ workspace: { port } });
    assert.equal((await client.connect(NEVER_CANCELLED)).kind, 'connected');
    await client.disconnect();
    client.dispose();
    await next.stop();
  });

  it('recovers when an operation is the first to be told', async () => {
    const { client, simulator, recording, state, seesChanges, stop } = await subscribed();
    simulator.expireSessions();
    const result = await client.getContent(OWN_DRAFTS);
    assert(!result.ok);
    assert.equal(result.error.code, 'session-lost');
    await state('connected');
    await seesChanges(simulator);
    assert.equal(recording.gaps.length, 1);
    await stop();
  });

  it('recovers from a restart that keeps the port', async () => {
    const { simulator, recording, state, seesChanges, stop } = await subscribed();
    simulator.restartWorkspace();
    await state('recovering');
    await state('connected');
    await seesChanges(simulator);
    assert(recording.gaps.length >= 1);
    await stop();
  });

  it('waits for a server that is down, and recovers when it is up again', async () => {
    const { client, simulator, recording, state, seesChanges } = await subscribed();
    await simulator.stop();
    await state('recovering');
    const tried = recording.lineWith('ECONNREFUSED');
    await tried;
    const port = Number(new URL(simulator.workspaceAddress).port);
    const next = await startWorkspace({ workspace: { port } });
    await state('connected');
    await seesChanges(next);
    assert.match(recording.gaps.at(-1)!.reason, /^The session was lost \(/);
    await client.disconnect();
    client.dispose();
    await next.stop();
  });

  it('gives up after a limit, says so, and connects again when told', async () => {
    const { client, simulator, recording, state } = await subscribed({
      timing: { recoveryLimitMs: 60 },
    });
    await simulator.stop();
    const { failure } = await state('failed');
    assert.match(
      failure.message,
      /^The session was lost and could not be regained in \d+ s\. Cannot connect, login got no answer: .* Connect again\.$/,
    );
    const last = recording.records.at(-1);
    assert(last?.kind === 'close');
    assert.equal(last.by, 'network');
    assert.equal((await client.getContent(OWN_DRAFTS)).ok, false);
    const port = Number(new URL(simulator.workspaceAddress).port);
    const next = await startWorkspace({ workspace: { port } });
    assert.equal((await client.connect(NEVER_CANCELLED)).kind, 'connected');
    await client.disconnect();
    client.dispose();
    await next.stop();
  });

  it('sends a poll that broke off again, in the same session, and marks what may have been in it', async () => {
    const { simulator, recording, state, seesChanges, stop } = await subscribed();
    await seesChanges(simulator);
    await pollHeld(recording, simulator.workspaceAddress);
    const from = recording.lines.length;
    simulator.drop();
    await state('recovering');
    await state('connected');
    await seesChanges(simulator);
    assert.match(recording.gaps[0]!.reason, new RegExp(`^The event channel broke off; ${SPAN}`));
    assert.doesNotMatch(recording.lines.slice(from).join('\n'), /handshake|sign-in/);
    await stop();
  });

  it('does not try on when the password is refused meanwhile', async () => {
    let { password } = ANNA;
    const { client, simulator, state, stop } = await subscribed({
      credentials: () => Promise.resolve({ ...ANNA, password }),
    });
    password = 'changed';
    simulator.expireSessions();
    const { failure } = await state('failed');
    assert.equal(failure.code, 'sign-in-refused');
    assert.equal(client.state.kind, 'failed');
    await stop();
  });

  it('stops recovering when it is disconnected', async () => {
    const { client, simulator, recording, state } = await subscribed();
    await simulator.stop();
    await state('recovering');
    await recording.lineWith('ECONNREFUSED');
    await client.disconnect();
    assert.deepEqual(client.state, { kind: 'disconnected' });
    const { length } = recording.lines;
    const other = createClient(simulator.workspaceAddress);
    await other.client.connect(NEVER_CANCELLED);
    assert.equal(recording.lines.length, length);
    client.dispose();
    other.client.dispose();
  });

  it('settles what waits for an event when the session is lost', async () => {
    const { client, simulator, recording, stop } = await subscribed();
    simulator.faults.hang = true;
    const sent = recording.lineWith('RequestGetWorkbinContent');
    const result = client.getContent(OWN_DRAFTS);
    await sent;
    simulator.faults.hang = false;
    simulator.expireSessions();
    const settled = await result;
    assert(!settled.ok);
    assert.equal(settled.error.code, 'session-lost');
    await stop();
  });
});
