import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { startSimulator } from '../../../src/simulator/simulator';
import { SILENT, Stage, changeLine, ofAgent, until, type Json } from './support';

describe('The wire of the embedded server', () => {
  const stage = new Stage();
  beforeEach(() => stage.start());
  afterEach(() => stage.dispose());

  const drafts = ofAgent('email-draft', 'A1001');

  /** HTTP status of a WebSocket handshake with these headers; 101 when it is accepted. */
  const handshake = async (headers: Record<string, string>): Promise<number | undefined> => {
    const { port } = new URL(stage.simulator.address);
    const asked = request({
      host: '127.0.0.1',
      port,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.alloc(16).toString('base64'),
        ...headers,
      },
    });
    return new Promise((resolve, reject) => {
      asked.on('upgrade', (response: IncomingMessage, socket) => {
        socket.destroy();
        resolve(response.statusCode);
      });
      asked.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on('error', reject);
      asked.end();
    });
  };

  it('listens on loopback under the address that it tells', () => {
    assert.match(stage.simulator.address, /^ws:\/\/127\.0\.0\.1:\d+\/$/);
  });

  it('refuses foreign Host and Origin headers with 403 and takes those of this machine', async () => {
    const statuses: unknown[] = [];
    for (const headers of [
      { host: 'evil.example.com' },
      { host: '127.0.0.1.evil.example.com:80' },
      { host: 'localhost@evil.example.com' },
      { origin: 'https://evil.example.com' },
      { origin: 'null' },
      { origin: 'file://' },
      { origin: 'vscode-webview://localhost' },
      { host: 'localhost:1' },
      { host: '[::1]' },
      { origin: 'http://localhost:3000' },
      {},
    ]) {
      statuses.push(await handshake(headers));
    }
    assert.deepEqual(statuses, [403, 403, 403, 403, 403, 403, 403, 101, 101, 101, 101]);
  });

  it('answers plain HTTP with a hint, and foreign plain HTTP with 403', async () => {
    const url = stage.simulator.address.replace('ws:', 'http:');
    const plain = await fetch(url);
    assert.deepEqual([plain.status, await plain.text()], [426, 'This is a WebSocket server.']);
    const { port } = new URL(url);
    const asked = request({ host: '127.0.0.1', port, headers: { host: 'evil.example.com' } });
    asked.end();
    const [foreign] = (await once(asked, 'response')) as [IncomingMessage];
    foreign.resume();
    assert.equal(foreign.statusCode, 403);
  });

  it('answers what is no message with error 79 and goes on', async () => {
    const client = await stage.connect();
    const deep = '['.repeat(5_000);
    const frames = [
      '',
      'hello',
      '{"messageName":"RequestAgentLogin"',
      '[]',
      'null',
      '7',
      '{}',
      '{"messageName":7}',
      `{"messageName":"RequestAgentLogin","extension":${deep}${']'.repeat(5_000)}}`,
      deep,
      Buffer.from('{"messageName":"RequestAgentLogin"}'),
      Buffer.from([0, 255, 1]),
    ];
    const codes: unknown[] = [];
    for (const frame of frames) {
      client.socket.send(frame);
      codes.push((await client.next())['errorCode']);
    }
    assert.deepEqual(
      codes,
      frames.map(() => 79),
    );
    await client.register();
  });

  it('repeats the reference also when a message has no name', async () => {
    const client = await stage.connect();
    client.send({ referenceId: 5, proxyClientId: 3 });
    const { referenceId, proxyClientId, errorCode } = await client.next();
    assert.deepEqual([referenceId, proxyClientId, errorCode], [5, 3, 79]);
  });

  it('closes a connection that sends a huge frame or text that is no UTF-8, and serves the others', async () => {
    const other = await stage.agent('A1001', 'Desk-101');
    const huge = await stage.connect();
    huge.socket.send('x'.repeat(1024 * 1024 + 1));
    assert.equal((await huge.closed).code, 1009);
    const broken = await stage.connect();
    broken.socket.send(Buffer.from([0xc3, 0x28]), { binary: false });
    assert.equal((await broken.closed).code, 1007);
    assert.equal((await other.ids(drafts)).length, 3);
  });

  it('survives a client that breaks off in the middle of a frame', async () => {
    const { port } = new URL(stage.simulator.address);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\n\r\n`,
    );
    await once(socket, 'data');
    socket.write(Buffer.from([0x81, 0xfe, 0x01]));
    socket.resetAndDestroy();
    await once(socket, 'close');
    const client = await stage.connect();
    await client.register();
  });

  it('negotiates no compression', async () => {
    const client = await stage.connect();
    assert.equal(client.socket.extensions, '');
  });

  it('keeps keys like __proto__ as what they are', async () => {
    const client = await stage.agent('A1001', 'Desk-101');
    const [interactionId] = await client.ids(drafts);
    client.socket.send(
      `{"messageName":"RequestChangeProperties","interactionId":"${String(interactionId)}",` +
        '"addedProperties":{"__proto__":{"polluted":1},"constructor":"c"}}',
    );
    assert.deepEqual(await client.next(), { messageName: 'EventAck' });
    const answer = await client.request('RequestGetInteractionProperties', { interactionId });
    const data = (answer['interaction'] as Json)['interactionUserData'] as Json;
    assert.deepEqual(Object.getOwnPropertyDescriptor(data, '__proto__')?.value, { polluted: 1 });
    assert.equal(data['constructor'], 'c');
    assert.equal('polluted' in {}, false);
  });

  it('keeps numbers that JavaScript would round', async () => {
    const client = await stage.agent('A1001', 'Desk-101');
    const [interactionId] = await client.ids(drafts);
    client.socket.send(
      `{"messageName":"RequestChangeProperties","interactionId":"${String(interactionId)}",` +
        '"addedProperties":{"Big":12345678901234567890}}',
    );
    await client.next();
    client.send({ messageName: 'RequestGetWorkbinContent', workbin: drafts });
    const [text] = (await once(client.socket, 'message')) as [Buffer];
    assert.match(text.toString(), /"Big":12345678901234567890[,}]/);
  });

  it('shows two agents what the other one does', async () => {
    const chloe = await stage.agent('A1003', 'Desk-103');
    const dmitri = await stage.agent('A1004', 'Desk-104');
    const workbin = { workbinTypeId: 'claims-desk', workbinPlaceGroupId: 'Claims-Floor' };
    for (const client of [chloe, dmitri]) {
      await client.request('RequestWorkbinNotifications', { workbin });
    }
    const [id] = await chloe.ids(workbin);
    await chloe.request('RequestPull', {
      viewId: 'claims-desk/PrivateView',
      pullParameters: { id },
    });
    const taken = await dmitri.next();
    assert.equal(changeLine(taken), `TakenOut Pull claims-desk@Claims-Floor ${String(id)}`);
    assert.equal((taken['actor'] as Json)['actorAgentId'], 'A1003');
    assert.deepEqual(await chloe.next(), taken);
    await chloe.request('RequestPlaceInWorkbin', { interactionId: id, workbin });
    assert.deepEqual(await chloe.next(), await dmitri.next());
  });

  it('forgets subscriptions and logins when it drops connections, and takes the agent again', async () => {
    const client = await stage.agent('A1001', 'Desk-101');
    await client.request('RequestWorkbinNotifications', { workbin: drafts });
    stage.simulator.drop();
    assert.equal((await client.closed).code, 1006);
    await until(() => stage.simulator.server.loggedIn.length === 0);
    const again = await stage.agent('A1001', 'Desk-101');
    stage.simulator.placeAsOtherAgent('email-draft@A1001');
    assert.deepEqual(await again.drained(), []);
    assert.equal(await again.refusal('RequestCancelWorkbinNotifications', { workbin: drafts }), 41);
  });

  it('answers nothing while it hangs, and answers again afterwards', async () => {
    const client = await stage.agent('A1001', 'Desk-101');
    stage.simulator.faults.hang = true;
    client.send({ messageName: 'RequestAgentLogout', referenceId: 1 });
    client.socket.ping();
    await once(client.socket, 'pong');
    stage.simulator.faults.hang = false;
    assert.deepEqual(await client.drained(), []);
    assert.equal((await client.ids(drafts)).length, 3);
  });

  it('sends everything late and in order', async () => {
    const client = await stage.agent('A1001', 'Desk-101');
    stage.simulator.faults.delayMs = 500;
    client.send({ messageName: 'RequestHold', referenceId: 1 });
    client.send({ messageName: 'RequestHold', referenceId: 2 });
    client.socket.ping();
    await once(client.socket, 'pong');
    stage.simulator.faults.delayMs = 0;
    client.send({ messageName: 'RequestHold', referenceId: 3 });
    client.socket.ping();
    await once(client.socket, 'pong');
    stage.clock.advance(500);
    const references = [
      (await client.next())['referenceId'],
      (await client.next())['referenceId'],
      (await client.next())['referenceId'],
    ];
    assert.deepEqual(references, [1, 2, 3]);
  });

  it('closes its connections in order when it stops, and frees the port', async () => {
    const client = await stage.connect();
    const { address } = stage.simulator;
    await stage.simulator.stop();
    assert.deepEqual(await client.closed, { code: 1001, reason: 'the server stops' });
    const socket = new WebSocket(address);
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    assert.equal(error.code, 'ECONNREFUSED');
  });

  it('says what to do when its port is taken', async () => {
    const port = Number(new URL(stage.simulator.address).port);
    await assert.rejects(startSimulator({ clock: stage.clock, logger: SILENT, port }), {
      name: 'ExpectedError',
      code: 'cannot-listen',
      message: /Choose another port/,
    });
  });
});
