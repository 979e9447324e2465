import assert from 'node:assert/strict';
import { NEVER_CANCELLED } from '../../../src/core/base/cancellation';
import { ladderRowsOf, startClient } from '../../support/clientAgainstServer';

const PROFILE = { agent: 'A1001', place: 'Desk-101' };

describe('Platform SDK client against the embedded server', () => {
  it('registers, logs in, reads, subscribes, sees a change, cancels and leaves; the trace shows each phase', async () => {
    const { client, simulator, recording, trace, stop } = await startClient();
    const agent = simulator.agents[0]!;
    assert.equal((await client.connect(NEVER_CANCELLED)).kind, 'connected');
    const known = await client.workbins();
    assert(known.ok);
    const own = known.value.find(({ owner }) => owner === agent.id)!;
    assert.deepEqual(await client.getContent(own), { ok: true, value: undefined });
    assert.deepEqual(await client.requestNotifications(own), { ok: true, value: undefined });
    const changed = recording.nextMessage('EventWorkbinContentChanged');
    assert(simulator.placeAsOtherAgent(`${own.type}@${own.owner}`).ok);
    await changed;
    assert.deepEqual(await client.cancelNotifications(own), { ok: true, value: undefined });
    await client.disconnect();
    await trace.read();
    const titles = (await ladderRowsOf(trace)).flatMap((row) =>
      row.kind === 'heading' && !row.continued ? [`${row.title}: ${row.outcome}`] : [],
    );
    assert.deepEqual(
      titles.filter((title) => !title.startsWith('RequestWorkbinStatistic')),
      [
        'Registration: completed',
        'Agent Logs In: completed',
        'RequestWorkbinTypesInfo: completed',
        'Agent Gets Workbin Content: completed',
        'Agent Requests Workbin Notification: completed',
        'Agent Cancels Workbin Notifications: completed',
        'Agent Logs Out: completed',
      ],
    );
    await stop();
  });

  it('says in the server’s words why a request failed', async () => {
    const { client, stop } = await startClient();
    await client.connect(NEVER_CANCELLED);
    const unknown = { type: 'no-such-type', ownerKind: 'Agent', owner: 'A1001' } as const;
    const result = await client.getContent(unknown);
    assert(!result.ok);
    assert.match(result.error.message, /^Error_workbin_inaccessible \(41\)/);
    await stop();
  });

  it('fails with what to do when nothing listens', async () => {
    const { client, stop, simulator } = await startClient();
    await simulator.stop();
    const state = await client.connect(NEVER_CANCELLED);
    assert(state.kind === 'failed');
    assert.match(state.failure.message, /^Cannot connect to ws:.*Nothing listens there\. Check/);
    await stop();
  });

  it('fails with the server’s words when the agent is not known to it', async () => {
    const { client, stop } = await startClient({ ...PROFILE, agent: 'nobody' });
    const state = await client.connect(NEVER_CANCELLED);
    assert(state.kind === 'failed');
    assert.match(state.failure.message, /RequestAgentLogin: Error_unknown_agent_in_request \(10\)/);
    await stop();
  });

  it('gives up connecting when told, though the server hangs', async () => {
    const { client, simulator, recording, stop } = await startClient();
    simulator.faults.hang = true;
    const cancel = new AbortController();
    const sent = recording.nextMessage('RequestRegisterClient');
    const connecting = client.connect(cancel.signal);
    await sent;
    cancel.abort();
    assert.deepEqual(await connecting, {
      kind: 'disconnected',
      reason: 'Connecting was cancelled.',
    });
    await stop();
  });

  it('tells that the connection was lost in the middle of a frame, settles what waits, and connects again', async () => {
    const { client, simulator, recording, trace, stop } = await startClient();
    await client.connect(NEVER_CANCELLED);
    simulator.faults.hang = true;
    const sent = recording.nextMessage('RequestGetWorkbinContent');
    const own = { type: 'email-draft', ownerKind: 'Agent', owner: 'A1001' } as const;
    const answer = client.getContent(own);
    await sent;
    simulator.drop();
    const result = await answer;
    assert(!result.ok);
    assert.match(result.error.message, /^The connection was lost: 1006/);
    assert.equal(client.state.kind, 'disconnected');
    simulator.faults.hang = false;
    assert.equal((await client.connect(NEVER_CANCELLED)).kind, 'connected');
    await trace.read();
    assert.deepEqual(trace.status.phases.interrupted, 1);
    await stop();
  });

  it('calls a request unanswered after the time limit, and goes on', async () => {
    const { client, simulator, stop } = await startClient({ ...PROFILE, answerTimeLimitMs: 60 });
    await client.connect(NEVER_CANCELLED);
    simulator.faults.hang = true;
    const own = { type: 'email-draft', ownerKind: 'Agent', owner: 'A1001' } as const;
    const result = await client.getContent(own);
    assert(!result.ok);
    assert.equal(result.error.code, 'unanswered');
    simulator.faults.hang = false;
    assert.deepEqual(await client.getContent(own), { ok: true, value: undefined });
    await stop();
  });
});
