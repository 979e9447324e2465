/** The server behind a tap: what its address says, and how a socket to it is opened. */
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { failed, ok, type Result } from '../../core/base/result';

export interface Target {
  /** The address as it was given. */
  readonly url: string;
  /** True for `https:` and `wss:`. */
  readonly secure: boolean;
  /** Host name or address, without brackets, in lower case. */
  readonly host: string;
  readonly port: number;
  /** What the server expects as `Host`: the port is left out when it is the scheme's own. */
  readonly authority: string;
  /** `http:` or `https:` origin. */
  readonly origin: string;
}

export interface TlsOptions {
  /** False: a certificate that cannot be verified is accepted. True unless told. */
  readonly rejectUnauthorized?: boolean;
  /** Further certificates that are trusted, PEM. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[];
}

const SCHEMES: ReadonlyMap<string, { readonly secure: boolean; readonly port: number }> = new Map([
  ['http:', { secure: false, port: 80 }],
  ['ws:', { secure: false, port: 80 }],
  ['https:', { secure: true, port: 443 }],
  ['wss:', { secure: true, port: 443 }],
]);

/** Reads a server's address; fails with `bad-target` in words for the person who typed it. */
export function parseTarget(address: string): Result<Target> {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return failed('bad-target', `"${address}" is not an address such as http://server:8080.`);
  }
  const scheme = SCHEMES.get(url.protocol);
  if (scheme === undefined || url.hostname === '') {
    return failed('bad-target', 'The server address must begin with http, https, ws or wss.');
  }
  if (url.username !== '' || url.password !== '') {
    return failed('bad-target', 'The server address must not contain a user name or password.');
  }
  const port = url.port === '' ? scheme.port : Number(url.port);
  const authority = port === scheme.port ? url.hostname : `${url.hostname}:${port}`;
  return ok({
    url: address,
    secure: scheme.secure,
    host: bareHost(url.hostname),
    port,
    authority,
    origin: `${scheme.secure ? 'https' : 'http'}://${authority}`,
  });
}

/** The address under which an application reaches the target through a tap at `port`. */
export function tapAddress(target: Target, port: number): string {
  const url = new URL(target.url);
  const scheme = url.protocol === 'ws:' || url.protocol === 'wss:' ? 'ws' : 'http';
  const path = url.pathname === '/' ? '' : url.pathname;
  return `${scheme}://127.0.0.1:${port}${path}${url.search}`;
}

/** Begins to connect; what is written before the socket is connected waits in it. */
export function connectToTarget(target: Target, tls: TlsOptions | undefined): Socket {
  const { host, port } = target;
  if (!target.secure) {
    return connectTcp({ host, port, allowHalfOpen: true, noDelay: true });
  }
  const options: ConnectionOptions & { readonly allowHalfOpen: boolean } = {
    host,
    port,
    allowHalfOpen: true,
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: tls?.rejectUnauthorized ?? true,
  };
  if (isIP(host) === 0) {
    options.servername = host;
  }
  if (tls?.ca !== undefined) {
    options.ca = typeof tls.ca === 'string' || Buffer.isBuffer(tls.ca) ? tls.ca : [...tls.ca];
  }
  const socket = connectTls(options);
  socket.setNoDelay(true);
  return socket;
}

/** A host without brackets or final dot, in lower case. */
export function bareHost(host: string): string {
  return host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}
