import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { inProject } from '../environment/paths';

const FOLDER = ['test', 'unit', 'transport', 'certificates'];

/** Certificates of one key, valid until 2120 except `expired`; all but `selfSigned` are from `authority`. */
export type TestCertificate = 'good' | 'expired' | 'otherName' | 'selfSigned';

/** Path of a file beside the certificates. */
export function certificateFile(name: string): string {
  return inProject(...FOLDER, `${name}.pem`);
}

/** Listens on loopback with a certificate for `localhost` and 127.0.0.1, or one that is wrong in one way. */
export async function startTlsServer(
  certificate: TestCertificate,
  onRequest: RequestListener = (_, response) => {
    response.writeHead(404).end();
  },
): Promise<{ readonly server: Server; readonly port: number; readonly stop: () => void }> {
  const server = createServer(
    {
      key: readFileSync(certificateFile('server.key')),
      cert: readFileSync(certificateFile(certificate)),
    },
    onRequest,
  );
  // What a client thinks of the certificate is the client's affair.
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    server,
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
