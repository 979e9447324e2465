/** The steps that every server has: its name, its port, its certificate. Each closes what it opens. */
import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { CancellationSignal } from '../../core/base/cancellation';
import { StepFailed, type Probe, type ProbeResult } from '../../session/doctor/steps';
import { codeWords, networkWords } from '../networkWords';
import { trustOf, type TrustSettings } from '../serverTrust';
import type { Target } from '../tap/target';
import { certificateLines } from './certificateLines';

/** More addresses than a person would look at, or a server that is well set up would have. */
const MAX_SHOWN = 8;

export function networkProbes(target: Target, trust: TrustSettings): readonly Probe[] {
  const { host, port } = target;
  return [
    {
      name: 'name',
      limitMs: 5000,
      onSilence: 'No name server answers. Check the network, a VPN perhaps.',
      run: async () => (isIP(host) === 0 ? resolveName(host) : undefined),
    },
    {
      name: 'tcp',
      limitMs: 8000,
      onSilence:
        'Something on the way swallows what is sent there, a firewall perhaps. Check host and port, and the way to it.',
      run: (signal) => openPort(host, port, signal),
    },
    {
      name: 'tls',
      limitMs: 8000,
      onSilence:
        'Something listens there and says nothing. Is it the port for TLS? Else use ws or http in the address.',
      run: async (signal) => (target.secure ? lookAtCertificate(target, trust, signal) : undefined),
    },
  ];
}

async function resolveName(host: string): Promise<ProbeResult> {
  let found;
  try {
    found = await lookup(host, { all: true });
  } catch (error) {
    throw new StepFailed(networkWords(error), []);
  }
  const addresses = found.map(({ address }) => address);
  const more = addresses.length - MAX_SHOWN;
  const shown = addresses.slice(0, MAX_SHOWN).join(', ');
  return { seen: [`${host} is ${shown}${more > 0 ? `, and ${more} more` : ''}`] };
}

function openPort(host: string, port: number, signal: CancellationSignal): Promise<ProbeResult> {
  return withSocket(connectTcp({ host, port }), signal, (socket, resolve, reject) => {
    socket.once('error', (error: Error) =>
      reject(new StepFailed(networkWords(firstOf(error)), [])),
    );
    socket.once('connect', () =>
      resolve({ seen: [`${endOf(socket.remoteAddress, socket.remotePort)} takes connections`] }),
    );
  });
}

async function lookAtCertificate(
  { host, port }: Target,
  settings: TrustSettings,
  signal: CancellationSignal,
): Promise<ProbeResult> {
  const { rejectUnauthorized, ca } = await trustOf(settings);
  const socket = connectTls({
    host,
    port,
    ALPNProtocols: ['http/1.1'],
    // So that a certificate that is not accepted can be shown; nothing is sent over this connection.
    rejectUnauthorized: false,
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca }),
  });
  return withSocket(socket, signal, (_, resolve, reject) => {
    socket.once('error', (error: Error) =>
      reject(new StepFailed(networkWords(firstOf(error)), [])),
    );
    socket.once('end', () =>
      reject(new StepFailed('The server hung up in the middle of the TLS handshake.', [])),
    );
    socket.once('secureConnect', () => {
      const seen = [protocolLine(socket), ...certificateLines(certificateOf(socket))];
      const code = refusalOf(socket);
      if (code === '') {
        resolve({ seen });
        return;
      }
      const words = `${codeWords(code) ?? 'Its certificate is not accepted.'} (${code})`;
      if (rejectUnauthorized) {
        reject(new StepFailed(words, seen));
      } else {
        resolve({
          seen,
          warning: `The settings say that certificates are not checked. ${words}`,
        });
      }
    });
  });
}

/** Runs over a socket that is gone when this settles, whichever way. */
async function withSocket<S extends Socket>(
  socket: S,
  signal: CancellationSignal,
  run: (socket: S, resolve: (result: ProbeResult) => void, reject: (error: Error) => void) => void,
): Promise<ProbeResult> {
  const giveUp = (): void => {
    socket.destroy();
  };
  signal.addEventListener?.('abort', giveUp);
  try {
    return await new Promise((resolve, reject) => run(socket, resolve, reject));
  } finally {
    signal.removeEventListener?.('abort', giveUp);
    // What comes late is nobody's any more.
    socket.on('error', () => undefined);
    socket.destroy();
  }
}

/** Node tries all addresses of a name, and tells their failures together. */
function firstOf(error: Error): unknown {
  return error instanceof AggregateError ? (error.errors[0] as unknown) : error;
}

function refusalOf(socket: TLSSocket): string {
  if (socket.authorized) {
    return '';
  }
  // Declared as an error; it is the code of one, or an error that has it.
  const why: unknown = socket.authorizationError;
  return typeof why === 'object' && why !== null && 'code' in why ? String(why.code) : String(why);
}

function certificateOf(socket: TLSSocket): PeerCertificate {
  return socket.getPeerCertificate();
}

function protocolLine(socket: TLSSocket): string {
  return `${socket.getProtocol() ?? 'TLS'}, ${socket.getCipher().standardName}`;
}

function endOf(address: string | undefined, port: number | undefined): string {
  const host = address ?? '';
  return `${host.includes(':') ? `[${host}]` : host}:${port ?? ''}`;
}
