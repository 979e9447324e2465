import assert from 'node:assert/strict';
import { NEVER_CANCELLED } from '../../../src/core/base/cancellation';
import type { JsonObject } from '../../../src/core/protocol/json';
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

  it('asks for changed properties only when told to', async () => {
    const { client, trace, stop } = await startClient();
    await client.connect(NEVER_CANCELLED);
    const workbin = { type: 'email-draft', ownerKind: 'Agent', owner: 'A1001' } as const;
    await client.requestNotifications(workbin);
    await client.requestNotifications(workbin, { propertyChanges: true });
    await trace.read();
    const asked = [];
    for (let row = 0; row < trace.messages.count; row++) {
      const { message } = await trace.message(row);
      if (message?.name === 'RequestWorkbinNotifications') {
        asked.push(message.attributes['notifyPropertyChanges']);
      }
    }
    assert.deepEqual(asked, [undefined, 1]);
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

  it('sends a request as it was written and resolves with whatever the server answers', async () => {
    const { client, simulator, recording, stop } = await startClient();
    await client.connect(NEVER_CANCELLED);
    const workbin = { workbinTypeId: 'email-draft', workbinAgentId: simulator.agents[0]!.id };
    const content = { name: 'RequestGetWorkbinContent', attributes: { workbin } };
    const sent = await client.send(content);
    assert(sent.ok && sent.value.answer.ok && sent.value.tookMs >= 0);
    const { reference, answer } = sent.value;
    assert.equal(answer.value.name, 'EventWorkbinContent');
    assert.equal(answer.value.attributes['referenceId'], reference);
    const own = await client.send({
      name: 'RequestGetWorkbinContent',
      attributes: { referenceId: 4711, workbin: { ...workbin, workbinTypeId: 'no-such' } },
    });
    assert(own.ok && own.value.answer.ok);
    assert.equal(own.value.reference, 4711);
    assert.equal(own.value.answer.value.name, 'EventError');
    assert(recording.lines.some((line) => line.includes('4711')));
    await stop();
  });

  it('sends nothing under a reference that is in use, none, or without a connection', async () => {
    const { client, simulator, recording, stop } = await startClient();
    const request = { name: 'RequestWorkbinTypesInfo', attributes: { referenceId: 900 } };
    const code = async (attributes: JsonObject): Promise<string> => {
      const sent = await client.send({ ...request, attributes });
      return sent.ok ? 'sent' : sent.error.code;
    };
    assert.equal(await code(request.attributes), 'not-connected');
    await client.connect(NEVER_CANCELLED);
    simulator.faults.hang = true;
    const passed = recording.nextMessage('RequestWorkbinTypesInfo');
    const waiting = client.send(request);
    await passed;
    assert.equal(await code(request.attributes), 'reference-in-use');
    assert.equal(await code({ referenceId: 'seven' }), 'bad-reference');
    await client.disconnect();
    const sent = await waiting;
    assert(sent.ok && !sent.value.answer.ok, 'it was sent, and had no answer');
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
    assert.equal(client.state.kind, 'recovering');
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
