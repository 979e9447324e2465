import assert from 'node:assert/strict';
import { NEVER_CANCELLED } from '../../../../src/core/base/cancellation';
import { startScripted, type Script } from './scriptedServer';
import { createClient, OWN_DRAFTS } from './support';

const DONE = { ok: true, value: undefined };

async function connect(script: Script) {
  const server = await startScripted(script);
  const made = createClient(server.address);
  assert.equal((await made.client.connect(NEVER_CANCELLED)).kind, 'connected');
  return {
    ...made,
    server,
    stop: async () => {
      made.client.dispose();
      await server.stop();
    },
  };
}

describe('Workspace API v3 client where WebSocket is offered', () => {
  it('shakes hands by HTTP, goes on by WebSocket, and tells the opening and each frame', async () => {
    const { client, frames, server, stop } = await connect({ webSocket: 'offered' });
    assert.deepEqual(await client.getContent(OWN_DRAFTS), DONE);
    const [upgrade] = server.upgrades;
    assert.match(upgrade!.headers.cookie ?? '', /WORKSPACE_SESSIONID=session-1/);
    const opening = frames.find(
      (frame) => frame.kind === 'http-request' && frame.url.startsWith('ws:'),
    );
    assert(opening?.kind === 'http-request');
    assert.deepEqual(opening.headers.flat(), upgrade!.rawHeaders);
    const answer = frames.find(
      (frame) => frame.kind === 'http-response' && frame.exchange === opening.exchange,
    );
    assert(answer?.kind === 'http-response');
    assert.equal(answer.status, 101);
    const passed = frames.flatMap((frame) =>
      frame.kind === 'websocket' && frame.body.kind === 'text'
        ? [
            [frame.direction, ...frame.body.text.matchAll(/"channel":"(\/meta\/\w+|[^"]+)"/g)].map(
              String,
            ),
          ]
        : [],
    );
    assert.match(passed[0]!.join(), /^send,.*\/meta\/connect/);
    assert.match(passed[1]!.join(), /^receive,.*initialization/);
    const polled = frames.some(
      (frame) => frame.kind === 'http-request' && frame.url.endsWith('/connect'),
    );
    assert(!polled, 'no poll by HTTP');
    await client.disconnect();
    await stop();
  });

  it('goes on by long-polling where a proxy refuses WebSocket', async () => {
    const { client, frames, server, recording, stop } = await connect({
      webSocket: 'offered-and-refused',
    });
    assert.deepEqual(await client.getContent(OWN_DRAFTS), DONE);
    assert.equal(server.upgrades.length, 1);
    const refusal = frames.find((frame) => frame.kind === 'http-response' && frame.status === 400);
    assert(refusal?.kind === 'http-response');
    assert.deepEqual(refusal.headers[0], ['X-Why', 'proxy']);
    assert.deepEqual(recording.gaps, []);
    await stop();
  });

  it('opens a new one when it was cut, and marks the gap', async () => {
    let cut: (() => void) | undefined;
    const { client, server, recording, state, stop } = await connect({
      webSocket: 'offered',
      frame: (_, socket) => {
        cut = () => socket.terminate();
        return false;
      },
    });
    assert.deepEqual(await client.getContent(OWN_DRAFTS), DONE);
    cut!();
    await state('recovering');
    await state('connected');
    assert.equal(recording.gaps.length, 1);
    assert.deepEqual(await client.getContent(OWN_DRAFTS), DONE);
    assert.equal(server.upgrades.length, 2);
    await stop();
  });

  it('takes a frame that is no Bayeux for a broken connection, and records it', async () => {
    let say: ((text: string) => void) | undefined;
    const { client, frames, state, stop } = await connect({
      webSocket: 'offered',
      frame: (_, socket) => {
        say = (text) => socket.send(text);
        return false;
      },
    });
    await client.getContent(OWN_DRAFTS);
    say!('hello');
    await state('recovering');
    await state('connected');
    const bad = frames.find((frame) => frame.kind === 'websocket' && frame.error !== undefined);
    assert.deepEqual(bad?.body, { kind: 'text', text: 'hello' });
    await stop();
  });
});
