import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Diagnosis } from '../../../../src/session/doctor/steps';
import type { ConnectionProfile } from '../../../../src/session/platform';
import { startSimulator } from '../../../../src/simulator/simulator';
import { diagnoseConnection } from '../../../../src/transport/doctor/diagnoseConnection';
import { systemClock } from '../../../../src/transport/systemClock';
import { waitFor } from '../../../environment/waiting';
import { SILENT_LOGGER } from '../../../support/fakeClock';
import { certificateFile, startTlsServer } from '../../../support/tlsServer';

const AUTHORITY = certificateFile('authority');
/** What has to be closed after a test. */
const open: (() => void | Promise<void>)[] = [];

function diagnose(
  server: string,
  more: Partial<ConnectionProfile> = {},
  { password = 'A1001', signal = new AbortController().signal } = {},
): Promise<Diagnosis> {
  const profile: ConnectionProfile = {
    dialect: server.startsWith('ws') ? 'platform-sdk-json' : 'workspace-v3',
    server,
    agent: 'A1001',
    place: 'Desk-101',
    tenant: 101,
    clientName: 'Test client',
    ...more,
  };
  const given = (): Promise<string> => Promise.resolve(password);
  return diagnoseConnection(profile, given, { clock: systemClock, signal });
}

const outcomes = ({ steps }: Diagnosis) => steps.map(({ name, outcome }) => `${name} ${outcome}`);

/** The step that failed, and its words. */
function failure({ steps }: Diagnosis): readonly [string, string] {
  const step = steps.find(({ outcome }) => outcome === 'failed');
  return [step?.name ?? 'none', step?.words ?? ''];
}

/** A server that does as told with each connection; how many of them are open. */
async function rawServer(onSocket: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    // Unread data would hide the end of the connection.
    socket.resume();
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    onSocket(socket);
  });
  const port = await listening(server);
  open.push(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return { port, sockets };
}

async function listening(server: Pick<Server, 'listen' | 'address'> & NodeJS.EventEmitter) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A WebSocket server that does as told with each request. */
async function socketServer(onRequest: (socket: WebSocket, request: Asked) => void) {
  const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(sockets, 'listening');
  sockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => onRequest(socket, JSON.parse(String(data)) as Asked));
  });
  open.push(() => {
    sockets.clients.forEach((socket) => socket.terminate());
    sockets.close();
  });
  return { address: `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}/`, sockets };
}

interface Asked {
  readonly messageName: string;
  readonly referenceId: number;
}

function answer(socket: WebSocket, { referenceId }: Asked, what: object): void {
  socket.send(JSON.stringify({ referenceId, ...what }));
}

async function httpServer(status: number) {
  const server = createHttpServer((_, response) => response.writeHead(status).end('<html>'));
  const port = await listening(server);
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return port;
}

describe('A diagnosis', () => {
  afterEach(async () => {
    for (const close of open.splice(0)) {
      await close();
    }
  });

  it('passes every step to the embedded server, and leaves nothing open and nobody logged in', async () => {
    const simulator = await startSimulator({ clock: systemClock, logger: SILENT_LOGGER });
    open.push(() => simulator.stop());
    for (let count = 0; count < 2; count++) {
      const diagnosis = await diagnose(simulator.address);
      assert.deepEqual(outcomes(diagnosis), [
        'name skipped',
        'tcp passed',
        'tls skipped',
        'upgrade passed',
        'registration passed',
        'login passed',
      ]);
      assert(diagnosis.steps.every(({ tookMs = 0 }) => tookMs >= 0 && tookMs < 5000));
    }
  });

  it('passes every step of Workspace API v3, by form and by token', async () => {
    const simulator = await startSimulator({
      clock: systemClock,
      logger: SILENT_LOGGER,
      workspace: true,
    });
    open.push(() => simulator.stop());
    for (const signIn of ['form', 'token'] as const) {
      const diagnosis = await diagnose(simulator.workspaceAddress ?? '', {
        agent: 'AnnaBerger',
        signIn,
      });
      assert.deepEqual(outcomes(diagnosis).slice(3), [
        'http passed',
        'sign-in passed',
        'session passed',
      ]);
      assert.doesNotMatch(JSON.stringify(diagnosis), /"A1001"|token":/);
    }
    const refused = await diagnose(
      simulator.workspaceAddress ?? '',
      { agent: 'AnnaBerger' },
      { password: 'wrong' },
    );
    assert.deepEqual(failure(refused), [
      'sign-in',
      'The server refused to sign in AnnaBerger. Check user name and password.',
    ]);
  });

  it('names what it was told of an address that is none', async () => {
    for (const server of ['', 'ws:', 'ftp://host', 'ws://user:secret@host/', 'not an address']) {
      const diagnosis = await diagnose(server, { dialect: 'platform-sdk-json' });
      assert.deepEqual(outcomes(diagnosis), ['address failed'], server);
    }
  });

  it('stops at a name that nobody knows', async () => {
    const diagnosis = await diagnose('ws://no.such.invalid:1/');
    const [step, words] = failure(diagnosis);
    assert.equal(step, 'name');
    // Without a name server at all, the machine says that it cannot look it up now.
    assert.match(words, /^The host name (is not known|cannot be looked up now)\. Check/);
    assert.deepEqual(outcomes(diagnosis).slice(1), [
      'tcp not-reached',
      'tls not-reached',
      'upgrade not-reached',
      'registration not-reached',
      'login not-reached',
    ]);
  });

  it('stops at a port where nothing listens, and tells what the name stands for', async () => {
    const { port } = await rawServer((socket) => socket.destroy());
    await open.pop()?.();
    const diagnosis = await diagnose(`ws://localhost:${port}/`);
    assert.match(diagnosis.steps[0]?.seen[0] ?? '', /^localhost is .*(127\.0\.0\.1|::1)/);
    assert.deepEqual(failure(diagnosis), [
      'tcp',
      'Nothing listens there. Check host and port, and that the server runs. (ECONNREFUSED)',
    ]);
  });

  it('stops at a server that takes the connection and hangs up at once', async () => {
    const { port } = await rawServer((socket) => socket.destroy());
    for (const [address, step] of [
      [`ws://127.0.0.1:${port}/`, 'upgrade'],
      [`wss://127.0.0.1:${port}/`, 'tls'],
      [`http://127.0.0.1:${port}/`, 'http'],
    ] as const) {
      assert.equal(failure(await diagnose(address))[0], step);
    }
  });

  it('stops at a server that speaks no TLS', async () => {
    const { port } = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const [step, words] = failure(await diagnose(`wss://127.0.0.1:${port}/`));
    assert.equal(step, 'tls');
    assert.match(words, /does not speak TLS there/);
  });

  for (const [what, certificate, caFile, words] of [
    ['whose authority is not known', 'good', undefined, /not known here\. Choose the CA file/],
    ['from another authority', 'good', certificateFile('otherAuthority'), /Choose the CA file/],
    ['that is self-signed', 'selfSigned', undefined, /self-signed\. Choose it as CA file/],
    ['that has expired', 'expired', AUTHORITY, /expired\. Have a new one installed/],
    ['for another name', 'otherName', AUTHORITY, /for another host name\. Use a name/],
  ] as const) {
    it(`stops at a certificate ${what}, and shows it`, async () => {
      const { port, stop } = await startTlsServer(certificate);
      open.push(stop);
      const more = caFile === undefined ? {} : { caFile };
      const diagnosis = await diagnose(`wss://localhost:${port}/`, more);
      const step = diagnosis.steps.find(({ name }) => name === 'tls');
      assert.equal(step?.outcome, 'failed');
      assert.match(step.words ?? '', words);
      const seen = step.seen.join('\n');
      assert.match(seen, /^TLSv1\.3, /);
      assert.match(seen, /Certificate of localhost, Workbin Inspector tests/);
      assert.match(seen, certificate === 'selfSigned' ? /issued by localhost/ : /issued by Test A/);
      assert.match(seen, certificate === 'expired' ? /to 2021-01-01/ : /2020-01-01 to 2120-01-01/);
    });
  }

  it('goes on with a warning where certificates are not to be checked', async () => {
    const { port, stop } = await startTlsServer('expired');
    open.push(stop);
    const diagnosis = await diagnose(`wss://localhost:${port}/`, { rejectUnauthorized: false });
    const step = diagnosis.steps.find(({ name }) => name === 'tls');
    assert.equal(step?.outcome, 'warning');
    assert.match(step.words ?? '', /certificates are not checked/);
    assert.match(failure(diagnosis)[1], /HTTP 404/);
  });

  it('names a CA file that cannot be used', async () => {
    const { port, stop } = await startTlsServer('good');
    open.push(stop);
    const [step, words] = failure(
      await diagnose(`wss://localhost:${port}/`, { caFile: '/no/such.pem' }),
    );
    assert.equal(step, 'tls');
    assert.match(words, /The CA file \/no\/such\.pem cannot be used\. It does not exist\./);
  });

  for (const [status, words] of [
    [404, /HTTP 404 instead of a WebSocket\. Check the path/],
    [502, /HTTP 502 instead of a WebSocket\. A gateway answers/],
  ] as const) {
    it(`stops at an answer of HTTP ${status}, in both dialects`, async () => {
      const port = await httpServer(status);
      const [step, said] = failure(await diagnose(`ws://127.0.0.1:${port}/`));
      assert.equal(step, 'upgrade');
      assert.match(said, words);
      const web = await diagnose(`http://127.0.0.1:${port}/`);
      assert.equal(failure(web)[0], 'http');
      assert.match(
        web.steps[3]?.seen.join() ?? '',
        new RegExp(`/workspace/v3/login: HTTP ${status}`),
      );
    });
  }

  it('stops at a registration that is refused, in the server’s words', async () => {
    const { address } = await socketServer((socket, request) =>
      answer(socket, request, {
        messageName: 'EventError',
        errorCode: 2,
        errorDescription: 'No agents here',
      }),
    );
    assert.deepEqual(failure(await diagnose(address)), [
      'registration',
      'RequestRegisterClient: ErrorUnknownClientType (2): No agents here. The server takes no agent applications at this port.',
    ]);
  });

  it('stops at an agent that the server does not know', async () => {
    const simulator = await startSimulator({ clock: systemClock, logger: SILENT_LOGGER });
    open.push(() => simulator.stop());
    const [step, words] = failure(await diagnose(simulator.address, { agent: 'nobody' }));
    assert.equal(step, 'login');
    assert.match(words, /Error_unknown_agent_in_request \(10\).*Check the agent in/);
  });

  it('stops at a server that hangs up in the middle', async () => {
    const { address, sockets } = await socketServer((socket, request) => {
      if (request.messageName === 'RequestRegisterClient') {
        answer(socket, request, { messageName: 'EventAck' });
      } else {
        socket.close(1011, 'out of order');
      }
    });
    const diagnosis = await diagnose(address);
    assert.deepEqual(failure(diagnosis), [
      'login',
      'RequestAgentLogin: The server hung up: 1011 server error: out of order.',
    ]);
    await waitFor('the end', () => sockets.clients.size === 0);
  });

  it('is not kept from its answers by a server that floods', async () => {
    const { address, sockets } = await socketServer((socket, request) => {
      const event = JSON.stringify({
        messageName: 'EventWorkbinContentChanged',
        note: 'x'.repeat(500),
      });
      for (let count = 0; count < 20_000; count++) {
        socket.send(event);
      }
      answer(socket, request, { messageName: 'EventAck' });
    });
    const diagnosis = await diagnose(address);
    assert.deepEqual(outcomes(diagnosis).slice(3), [
      'upgrade passed',
      'registration passed',
      'login passed',
    ]);
    await waitFor('the end', () => sockets.clients.size === 0);
  });

  it('can be given up at a server that never speaks, and leaves no connection', async () => {
    for (const scheme of ['ws', 'wss', 'http']) {
      const { port, sockets } = await rawServer(() => undefined);
      const abort = new AbortController();
      const running = diagnose(`${scheme}://127.0.0.1:${port}/`, {}, { signal: abort.signal });
      // The second connection is the one on which it waits.
      await waitFor('the silence', () => sockets.size === 1);
      const stop = setInterval(() => abort.abort(), 100);
      const diagnosis = await running;
      clearInterval(stop);
      assert(diagnosis.steps.some(({ outcome }) => outcome === 'cancelled'));
      assert.equal(failure(diagnosis)[0], 'none');
      await waitFor('the end', () => sockets.size === 0);
    }
  });
});
