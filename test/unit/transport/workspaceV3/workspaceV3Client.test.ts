import assert from 'node:assert/strict';
import { NEVER_CANCELLED } from '../../../../src/core/base/cancellation';
import type { JsonObject } from '../../../../src/core/protocol/json';
import { ANNA, OWN_DRAFTS, pollHeld, startClient, type ClientOptions } from './support';
import type { SimulatorOptions } from '../../../../src/simulator/simulator';

const DONE = { ok: true, value: undefined };

async function connected(options: ClientOptions & Partial<SimulatorOptions> = {}) {
  const started = await startClient(options);
  assert.equal((await started.client.connect(NEVER_CANCELLED)).kind, 'connected');
  const { simulator } = started;
  return {
    ...started,
    /** Id of an interaction that the other agent has just laid in the drafts. */
    place: () => {
      const deed = simulator.placeAsOtherAgent('email-draft@A1001');
      assert(deed.ok);
      return simulator.server.interactions.get(deed.value.interactionId)!;
    },
    lies: (interactionId: string) => simulator.server.interactions.get(interactionId)!.location,
  };
}

describe('Workspace API v3 client against the embedded server', () => {
  it('sends a request as the operation that stands for it, and says what cannot be sent', async () => {
    const { client, place, lies, stop } = await connected();
    const { id } = place();
    const workbin = { workbinTypeId: 'email-draft', workbinAgentId: 'A1001' };
    const answerTo = async (name: string, attributes: JsonObject): Promise<string> => {
      const sent = await client.send({ name, attributes });
      if (!sent.ok) {
        return `not sent: ${sent.error.code}`;
      }
      const { answer } = sent.value;
      return answer.ok ? answer.value.name : answer.error.code;
    };
    assert.equal(await answerTo('RequestWorkbinTypesInfo', {}), 'EventWorkbins');
    assert.equal(await answerTo('RequestGetWorkbinContent', { workbin }), 'EventWorkbinContent');
    assert.equal(await answerTo('RequestWorkbinNotifications', { workbin }), 'EventAck');
    assert.equal(await answerTo('RequestCancelWorkbinNotifications', { workbin }), 'EventAck');
    const pull = { viewId: 'email-draft/PrivateView', pullParameters: { id } };
    assert.match(await answerTo('RequestPull', pull), /^Event|^Interaction/);
    assert.notEqual(lies(id).kind, 'workbin');
    assert.match(await answerTo('RequestPlaceInWorkbin', { interactionId: id, workbin }), /^[EI]/);
    assert.equal(lies(id).kind, 'workbin');
    assert.equal(await answerTo('RequestHold', { interactionId: id }), 'not sent: not-carried');
    assert.equal(
      await answerTo('RequestGetWorkbinContent', { workbin, reason: {} }),
      'not sent: not-carried',
    );
    assert.equal(await answerTo('RequestGetWorkbinContent', {}), 'not sent: incomplete');
    const unknown = { workbinTypeId: 'no-such', workbinAgentId: 'A1001' };
    assert.equal(await answerTo('RequestGetWorkbinContent', { workbin: unknown }), 'http-error');
    await stop();
  });

  it('signs in by form, initialises, reads, subscribes, sees a change, cancels and leaves', async () => {
    const { client, simulator, recording, place, stop } = await connected();
    assert.deepEqual(client.state, {
      kind: 'connected',
      agent: 'A1001',
      server: simulator.workspaceAddress,
    });
    const workbins = await client.workbins();
    assert(workbins.ok);
    assert.deepEqual(
      workbins.value.find(({ type }) => type === 'email-draft'),
      OWN_DRAFTS,
    );
    assert.deepEqual(await client.getContent(OWN_DRAFTS), DONE);
    const refused = await client.requestNotifications(OWN_DRAFTS, { propertyChanges: true });
    assert(!refused.ok && refused.error.code === 'not-offered');
    assert.deepEqual(await client.requestNotifications(OWN_DRAFTS), DONE);
    const changed = recording.lineWith('"n":"EventWorkbinContentChanged"');
    place();
    await changed;
    assert.deepEqual(await client.cancelNotifications(OWN_DRAFTS), DONE);
    await client.disconnect();
    assert.deepEqual(client.state, { kind: 'disconnected' });
    assert.deepEqual(
      recording.messages.filter((name) => /^(?:Request|EventW|EventA|POST|GET)/.test(name)),
      [
        'GET login',
        'GET authorize',
        'POST sign-in',
        'GET start',
        'POST initialize-workspace',
        'RequestWorkbinTypesInfo',
        'EventWorkbins',
        'RequestGetWorkbinContent',
        'EventWorkbinContent',
        'RequestWorkbinNotifications',
        'EventAck',
        'EventWorkbinContentChanged',
        'RequestCancelWorkbinNotifications',
        'EventAck',
        'POST logout',
      ],
    );
    assert.deepEqual(recording.gaps, []);
    await stop();
  });

  it('tells the workbin of each message as the tree names it', async () => {
    const { client, recording, stop } = await connected();
    await client.workbins();
    await client.getContent(OWN_DRAFTS);
    const hints = recording.records.flatMap((record) =>
      record.kind === 'frame' ? record.hints.filter(({ name }) => /Content$/.test(name)) : [],
    );
    assert.deepEqual(
      hints.map(({ name, workbin }) => [name, workbin]),
      [
        ['RequestGetWorkbinContent', 'email-draft@A1001'],
        ['EventWorkbinContent', 'email-draft@A1001'],
      ],
    );
    await stop();
  });

  it('signs in by token', async () => {
    const { client, recording, stop } = await connected({ profile: { signIn: 'token' } });
    assert.deepEqual(await client.getContent(OWN_DRAFTS), DONE);
    assert.deepEqual(
      recording.messages.filter((name) => /^(?:POST|GET)/.test(name)),
      ['POST token', 'POST initialize-workspace'],
    );
    await stop();
  });

  for (const signIn of ['form', 'token'] as const) {
    it(`says that a password was refused, and not which, by ${signIn}`, async () => {
      const { client, recording, stop } = await startClient({
        profile: { signIn },
        credentials: () => Promise.resolve({ user: 'AnnaBerger', password: 'tr0ub4dor' }),
      });
      assert.deepEqual(await client.connect(NEVER_CANCELLED), {
        kind: 'failed',
        failure: {
          code: 'sign-in-refused',
          message: 'The server refused to sign in AnnaBerger. Check user name and password.',
        },
      });
      assert(!recording.lines.some((line) => line.includes('tr0ub4dor')));
      assert.equal(recording.records.at(-1)?.kind, 'close');
      await stop();
    });
  }

  it('records no cookie, code, token or password', async () => {
    for (const signIn of ['form', 'token'] as const) {
      const { client, recording, frames, stop } = await connected({ profile: { signIn } });
      await client.getContent(OWN_DRAFTS);
      await client.disconnect();
      const passed = JSON.stringify(frames);
      const secrets = [
        ...passed.matchAll(/(?:WORKSPACE_SESSIONID|WWE_CODE|BAYEUX_BROWSER)=([^;"\\]+)/g),
        ...passed.matchAll(/[?&]code=([^&"\\]+)/g),
        ...passed.matchAll(/access_token\\":\\"([^"\\]+)/g),
        ...passed.matchAll(/Bearer ([^"\\]+)/g),
        ...passed.matchAll(/(password=A1001)/g),
      ].map(([, secret]) => secret!);
      assert(secrets.length >= 5, 'the traffic has secrets to be found');
      const recorded = recording.lines.join('\n');
      assert.deepEqual(
        secrets.filter((secret) => recorded.includes(secret)),
        [],
      );
      await stop();
    }
  });

  it('pulls an interaction, and places it back by closing it', async () => {
    const { client, recording, place, lies, stop } = await connected();
    const { id } = place();
    assert.deepEqual(await client.pull(id, OWN_DRAFTS), DONE);
    assert.equal(lies(id).kind, 'handled');
    const from = recording.lines.length;
    assert.deepEqual(await client.placeInWorkbin(id, OWN_DRAFTS), DONE);
    assert.equal(lies(id).kind, 'workbin');
    assert.match(recording.lines.slice(from).join('\n'), /\/place-in-queue"/);
    await stop();
  });

  it('adds an interaction that it has not open', async () => {
    const { client, recording, place, lies, stop } = await connected();
    const { id } = place();
    const target = { ...OWN_DRAFTS, type: 'email-in-progress' };
    assert.deepEqual(await client.placeInWorkbin(id, target), DONE);
    assert.match(recording.lines.join('\n'), /\/add-interaction"/);
    const location = lies(id);
    assert.equal(location.kind === 'workbin' && location.workbin.type, 'email-in-progress');
    await stop();
  });

  it('gets several contents at once, and the details of an interaction', async () => {
    const { client, place, stop } = await connected();
    const { id, mediaType } = place();
    const other = { ...OWN_DRAFTS, type: 'email-in-progress' };
    assert.deepEqual(await client.getContents([OWN_DRAFTS, other]), DONE);
    const details = await client.getDetails(id);
    assert(details.ok);
    assert.equal(details.value['mediaType'], mediaType);
    assert.deepEqual(
      await client.getContents([OWN_DRAFTS, { ...other, owner: 'A1002' }]).then(({ ok }) => ok),
      false,
    );
    await stop();
  });

  it('names the owner of a workbin that is somebody else’s', async () => {
    const { client, frames, stop } = await connected();
    await client.getContent({ ...OWN_DRAFTS, owner: 'A1002' });
    const sent = frames.flatMap((frame) =>
      frame.kind === 'http-request' && frame.url.endsWith('/get-content') ? [frame.body] : [],
    );
    assert.match(JSON.stringify(sent), /"ownerId\\":\\"A1002\\"/);
    await stop();
  });

  it('fails with the server’s words where it refuses, and goes on', async () => {
    const { client, stop } = await connected();
    const unknown = await client.getContent({ ...OWN_DRAFTS, type: 'no-such' });
    assert.deepEqual(unknown, {
      ok: false,
      error: {
        code: 'http-error',
        message:
          'The server failed get-content with HTTP 500 Internal Server Error. It may not know the workbin.',
      },
    });
    const nothing = await client.placeInWorkbin('no-such', OWN_DRAFTS);
    assert(!nothing.ok);
    assert.equal(
      nothing.error.message,
      "The server failed add-interaction with HTTP 500 Internal Server Error. (There is no interaction 'no-such'.)",
    );
    const notSubscribed = await client.cancelNotifications(OWN_DRAFTS);
    assert(!notSubscribed.ok);
    assert.equal(notSubscribed.error.code, 'event-error');
    assert.deepEqual(await client.getContent(OWN_DRAFTS), DONE);
    await stop();
  });

  it('tells an operation that was accepted and brought no event', async () => {
    const { client, stop } = await connected({
      workspace: { quirks: true },
      answerTimeLimitMs: 150,
    });
    const result = await client.placeInWorkbin('no-such', OWN_DRAFTS);
    assert.deepEqual(result, {
      ok: false,
      error: {
        code: 'no-event',
        message:
          'add-interaction was accepted, but no event came within 0.15 s. The server may not know the interaction, or the session.',
      },
    });
    const details = await client.pull('no-such', OWN_DRAFTS);
    assert(!details.ok);
    assert.equal(details.error.code, 'unknown-interaction');
    await stop();
  });

  it('calls an operation unanswered after the time limit, and goes on', async () => {
    const { client, recording, simulator, stop } = await connected({ answerTimeLimitMs: 400 });
    assert.deepEqual(await client.getContent(OWN_DRAFTS), DONE);
    await pollHeld(recording, simulator.workspaceAddress);
    simulator.faults.hang = true;
    const result = await client.getContent(OWN_DRAFTS);
    assert(!result.ok);
    assert.equal(result.error.code, 'unanswered');
    simulator.faults.hang = false;
    assert.deepEqual(await client.getContent(OWN_DRAFTS), DONE);
    await stop();
  });

  it('activates the channels of a place that is named', async () => {
    const { recording, stop } = await connected({ profile: { place: 'Desk-101' } });
    assert.match(
      recording.lines.find((line) => line.includes('/activate-channels"')) ?? '',
      /"agentId":"A1001","placeName":"Desk-101"/,
    );
    await stop();
  });

  it('gives up connecting when told, though the server hangs', async () => {
    const { client, simulator, recording, stop } = await startClient();
    simulator.faults.hang = true;
    const cancel = new AbortController();
    const sent = recording.lineWith('GET login');
    const connecting = client.connect(cancel.signal);
    await sent;
    cancel.abort();
    assert.deepEqual(await connecting, {
      kind: 'disconnected',
      reason: 'Connecting was cancelled.',
    });
    assert.equal(recording.records.at(-1)?.kind, 'close');
    await stop();
  });

  it('leaves when told while it is connecting', async () => {
    const { client, simulator, recording, stop } = await startClient();
    simulator.faults.hang = true;
    const sent = recording.lineWith('GET login');
    const connecting = client.connect(NEVER_CANCELLED);
    await sent;
    await client.disconnect();
    assert.deepEqual(await connecting, { kind: 'disconnected' });
    await stop();
  });

  it('does not connect when it is cancelled before', async () => {
    const { client, recording, stop } = await startClient();
    const state = await client.connect(AbortSignal.abort());
    assert.equal(state.kind, 'disconnected');
    assert.equal(recording.records.length, 0);
    await stop();
  });

  it('fails with what to do when no password is given, nothing listens or the address is none', async () => {
    const without = await startClient({ credentials: () => Promise.resolve(undefined) });
    assert.deepEqual(await without.client.connect(NEVER_CANCELLED), {
      kind: 'failed',
      failure: { code: 'no-credentials', message: 'No password was given for AnnaBerger.' },
    });
    await without.stop();
    const gone = await startClient();
    await gone.simulator.stop();
    const state = await gone.client.connect(NEVER_CANCELLED);
    assert(state.kind === 'failed');
    assert.match(
      state.failure.message,
      /^Cannot connect, login got no answer: Nothing listens there\. Check host and port, and that the server runs\. \(ECONNREFUSED\)$/,
    );
    gone.client.dispose();
    const bad = await startClient({ profile: { server: 'ws://127.0.0.1:1' } });
    const refused = await bad.client.connect(NEVER_CANCELLED);
    assert(refused.kind === 'failed');
    assert.match(
      refused.failure.message,
      /^Workspace API v3 is spoken over http or https, not ws:/,
    );
    await bad.stop();
  });

  it('connects again after it was disconnected, as a connection of its own', async () => {
    const { client, recording, stop } = await connected({
      credentials: () => Promise.resolve(ANNA),
    });
    await client.disconnect();
    assert.equal((await client.getContent(OWN_DRAFTS)).ok, false);
    assert.equal((await client.connect(NEVER_CANCELLED)).kind, 'connected');
    assert.deepEqual(await client.getContent(OWN_DRAFTS), DONE);
    await client.disconnect();
    assert.deepEqual(
      recording.records.flatMap((record) =>
        record.kind === 'open' || record.kind === 'close'
          ? [`${record.kind} ${record.connection}`]
          : [],
      ),
      ['open 1', 'close 1', 'open 2', 'close 2'],
    );
    await stop();
  });
});
