import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { NEVER_CANCELLED } from '../../../src/core/base/cancellation';
import type { StampedFrame, TransportEnd } from '../../../src/session/ports';
import { WebSocketTransport } from '../../../src/transport/webSocketTransport';
import { FakeClock } from '../../support/fakeClock';

const PING_EVERY_MS = 20_000;

describe('A WebSocket to a server', () => {
  let clock: FakeClock;
  let server: WebSocketServer;
  let transport: WebSocketTransport;
  let ends: TransportEnd[];

  async function open(options: { readonly autoPong: boolean }): Promise<WebSocket> {
    clock = new FakeClock();
    ends = [];
    server = new WebSocketServer({ host: '127.0.0.1', port: 0, ...options });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const accepted = once(server, 'connection') as Promise<[WebSocket]>;
    transport = new WebSocketTransport(`ws://127.0.0.1:${port}`, clock);
    transport.onDidEnd((end) => ends.push(end));
    await transport.open(NEVER_CANCELLED);
    return (await accepted)[0];
  }

  /** The next look at the connection; resolves when the server has the ping. */
  async function look(peer: WebSocket): Promise<void> {
    const pinged = once(peer, 'ping');
    clock.advance(PING_EVERY_MS);
    await pinged;
  }

  /** Resolves when what the server sent before has reached the client: its answer comes after it. */
  async function reached(peer: WebSocket): Promise<void> {
    const answered = once(peer, 'pong');
    peer.ping();
    await answered;
  }

  afterEach(() => {
    transport.dispose();
    server.clients.forEach((client) => client.terminate());
    server.close();
  });

  it('has ended, by the network, when two pings in a row are followed by nothing', async () => {
    const peer = await open({ autoPong: false });
    const closed = once(peer, 'close');
    await look(peer);
    await look(peer);
    assert.deepEqual(ends, []);
    clock.advance(PING_EVERY_MS);
    await closed;
    assert.deepEqual(
      ends.map(({ by, reason }) => [by, reason]),
      [
        [
          'network',
          '1006 cut off without a close frame: nothing came for 40 s, not even an answer to a ping',
        ],
      ],
    );
  });

  it('goes on as long as pings are answered, and notices when they are not any more', async () => {
    const peer = await open({ autoPong: false });
    for (let count = 0; count < 5; count++) {
      await look(peer);
      peer.pong();
      await reached(peer);
    }
    assert.deepEqual(ends, []);
    const closed = once(peer, 'close');
    await look(peer);
    await look(peer);
    clock.advance(PING_EVERY_MS);
    await closed;
    assert.deepEqual(
      ends.map(({ by }) => by),
      ['network'],
    );
  });

  it('tells a text with every byte that came, a byte order mark among them', async () => {
    const peer = await open({ autoPong: true });
    const text = '\ufeff{"ü":"😀"}';
    const passed = new Promise<StampedFrame>((resolve) => transport.onDidPass(resolve));
    peer.send(text);
    const { body } = (await passed).frame;
    assert(body.kind === 'text');
    assert.deepEqual([body.text, Buffer.from(body.utf8 ?? [])], [text, Buffer.from(text)]);
  });

  it('ends with a server that sends text that is none', async () => {
    const peer = await open({ autoPong: true });
    const passed: StampedFrame[] = [];
    transport.onDidPass((frame) => passed.push(frame));
    const closed = once(peer, 'close');
    peer.send(Buffer.from([0x7b, 0xff, 0x7d]), { binary: false });
    await closed;
    assert.deepEqual(passed, []);
  });

  it('goes on with a server that answers no ping but has sent something since, however silent it is then', async () => {
    const peer = await open({ autoPong: false });
    await look(peer);
    const passed = new Promise((resolve) => transport.onDidPass(resolve));
    peer.send('{}');
    await passed;
    for (let count = 0; count < 5; count++) {
      clock.advance(PING_EVERY_MS);
    }
    assert.deepEqual([ends, peer.readyState], [[], peer.OPEN]);
    await reached(peer);
  });
});
