import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebSocketServer } from 'ws';
import { NEVER_CANCELLED } from '../../../src/core/base/cancellation';
import { readCaFile, trustOf, type TrustSettings } from '../../../src/transport/serverTrust';
import { systemClock } from '../../../src/transport/systemClock';
import { WebSocketTransport } from '../../../src/transport/webSocketTransport';
import { certificateFile, startTlsServer, type TestCertificate } from '../../support/tlsServer';

const AUTHORITY = { caFile: certificateFile('authority') };

describe('A CA file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'workbin-ca-'));
  const inFolder = (name: string, text: string | Buffer): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };

  after(() => rmSync(folder, { recursive: true }));

  it('gives its certificates, and the usual ones stay trusted', async () => {
    const [own] = await readCaFile(AUTHORITY.caFile);
    const { ca, rejectUnauthorized } = await trustOf(AUTHORITY);
    assert(ca !== undefined && ca.length > 50);
    assert.equal(ca.at(-1), own);
    assert.equal(rejectUnauthorized, true);
    assert.deepEqual(await trustOf({ rejectUnauthorized: false, caFile: '' }), {
      rejectUnauthorized: false,
    });
  });

  for (const [what, file, words] of [
    ['does not exist', () => path.join(folder, 'none.pem'), /It does not exist\./],
    ['is a folder', () => folder, /It is no file\./],
    ['is in DER form', () => inFolder('der', Buffer.from([0x30, 0x82, 0, 0xff])), /openssl x509/],
    ['is empty', () => inFolder('empty', ''), /no PEM file/],
    ['is larger than 1 MiB', () => inFolder('large', Buffer.alloc(1024 * 1024 + 1)), /1 MiB/],
    ['is a key', () => certificateFile('server.key'), /only something else in PEM form/],
    [
      'is damaged',
      () => inFolder('torn', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'),
      /Certificate 1 in it is damaged/,
    ],
  ] as const) {
    it(`that ${what} is refused, with what to do`, async () => {
      const name = file();
      await assert.rejects(readCaFile(name), (error: Error & { code?: string }) => {
        assert.equal(error.code, 'bad-ca-file');
        assert(error.message.startsWith(`The CA file ${name} cannot be used. `));
        assert.match(error.message, words);
        assert.match(error.message, /Choose another CA file in the server’s settings\.$/);
        return true;
      });
    });
  }

  it('that never ends is not waited for', () => {
    mkdirSync(path.join(folder, 'sub'));
    return assert.rejects(readCaFile('/dev/zero'), /It is no file\./);
  });
});

describe('A WebSocket over TLS', () => {
  const open = async (certificate: TestCertificate, trust: TrustSettings): Promise<string> => {
    const { server, port, stop } = await startTlsServer(certificate);
    const sockets = new WebSocketServer({ server });
    const transport = new WebSocketTransport(`wss://localhost:${port}/`, systemClock, trust);
    try {
      await transport.open(NEVER_CANCELLED);
      return 'open';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    } finally {
      transport.dispose();
      sockets.close();
      stop();
    }
  };

  it('opens when the CA file vouches for the server', async () => {
    assert.equal(await open('good', AUTHORITY), 'open');
    assert.equal(await open('selfSigned', { caFile: certificateFile('selfSigned') }), 'open');
  });

  it('opens whatever the certificate where nobody is to check it', async () => {
    assert.equal(await open('expired', { rejectUnauthorized: false }), 'open');
  });

  for (const [what, certificate, trust, words] of [
    [
      'whose authority is not known',
      'good',
      {},
      /authority .* not known here\. Choose the CA file/,
    ],
    [
      'from another authority',
      'good',
      { caFile: certificateFile('otherAuthority') },
      /authority .* not known here\. Choose the CA file/,
    ],
    ['that is self-signed', 'selfSigned', {}, /is self-signed\. Choose it as CA file/],
    ['that has expired', 'expired', AUTHORITY, /has expired\. Have a new one installed/],
    ['for another name', 'otherName', AUTHORITY, /is for another host name\. Use a name/],
  ] as const) {
    it(`does not open on a certificate ${what}, and says what to do`, async () => {
      const message = await open(certificate, trust);
      assert.match(message, /^Cannot connect to wss:\/\/localhost:\d+\/\. /);
      assert.match(message, words);
    });
  }

  it('does not open when the server answers something else, and says so', async () => {
    const { port, stop } = await startTlsServer('good', (_, response) => {
      response.writeHead(502).end('x'.repeat(1000));
    });
    const url = `wss://localhost:${port}/`;
    const transport = new WebSocketTransport(url, systemClock, AUTHORITY);
    await assert.rejects(transport.open(NEVER_CANCELLED), {
      message: `Cannot connect to ${url}. The server answered HTTP 502 instead of a WebSocket. A gateway answers, and the server behind it is not there. Check that it runs.`,
    });
    transport.dispose();
    stop();
  });
});
