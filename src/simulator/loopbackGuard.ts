import type { IncomingMessage } from 'node:http';

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Why a request to a loopback listener is refused; undefined when it may pass. A foreign `Host` is a name that was
 * bent to this machine, a foreign `Origin` is a page in a browser that should not reach it.
 */
export function foreignHeader(request: IncomingMessage): string | undefined {
  const { host, origin } = request.headers;
  if (host === undefined || !isLoopback(`http://${host}`)) {
    return 'The Host header does not name this machine.';
  }
  if (origin !== undefined && !isLoopback(origin)) {
    return 'The Origin header names a foreign page.';
  }
  return undefined;
}

function isLoopback(address: string): boolean {
  // Anything beyond scheme, host and port (user information, path) has no place in these headers.
  const match = /^https?:\/\/(?<name>\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(address);
  return LOOPBACK_NAMES.has(match?.groups?.['name']?.toLowerCase() ?? '');
}
