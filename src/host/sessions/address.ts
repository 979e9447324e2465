import { failed, ok, type Result } from '../../core/base/result';
import type { Dialect } from '../../core/protocol/decoder';

/** What is spoken under each scheme. */
const DIALECTS: ReadonlyMap<string, Dialect> = new Map([
  ['ws:', 'platform-sdk-json'],
  ['wss:', 'platform-sdk-json'],
  ['http:', 'workspace-v3'],
  ['https:', 'workspace-v3'],
]);

/** What somebody typed as the address of a server, checked; the error says what to write instead. */
export function checkAddress(text: string): Result<string> {
  const trimmed = text.trim();
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    return failed(
      'no-address',
      'Write an address such as https://server.example/ or ws://server.example:7120/',
    );
  }
  if (!DIALECTS.has(url.protocol)) {
    return failed(
      'wrong-protocol',
      'The address begins with http://, https://, ws:// or wss://. Interaction Server’s native connection is not public and cannot be used.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    return failed(
      'secret',
      'Leave name and password out of the address: it is shown and recorded.',
    );
  }
  return url.hash === ''
    ? ok(trimmed)
    : failed('fragment', 'Leave out the part behind #: it is never sent to a server.');
}

/** What a server at a checked address is taken to speak: HTTP is Workspace API v3, WebSocket Platform SDK JSON. */
export function dialectOf(address: string): Dialect {
  return DIALECTS.get(new URL(address).protocol) ?? 'platform-sdk-json';
}

/** A port that somebody typed; empty stands for any free one, 0. */
export function checkPort(text: string): Result<number> {
  const trimmed = text.trim();
  const port = trimmed === '' ? 0 : Number(trimmed);
  return /^\d*$/.test(trimmed) && (port === 0 || port >= 1024) && port <= 65535
    ? ok(port)
    : failed('no-port', 'Write a port from 1024 to 65535, or nothing for any free one.');
}

/**
 * Origins (`https://desk.example`) and host names that somebody typed, between commas or blanks. The error names
 * the first that is none.
 */
export function checkOrigins(text: string): Result<readonly string[]> {
  const entries = text.split(/[\s,;]+/).filter((entry) => entry !== '');
  const wrong = entries.find((entry) => originIn(entry) === undefined);
  return wrong === undefined
    ? ok([...new Set(entries.map((entry) => originIn(entry) ?? entry))])
    : failed(
        'no-origin',
        `“${wrong}” is neither an origin such as https://desk.example:8443 nor the name of a host.`,
      );
}

/** The origin of an address, or the host name as it was written; undefined for anything else. */
function originIn(entry: string): string | undefined {
  if (/^https?:\/\//i.test(entry)) {
    const url = URL.canParse(entry) ? new URL(entry) : undefined;
    return url !== undefined && url.username === '' && url.password === '' ? url.origin : undefined;
  }
  return /^[a-z0-9._-]+$/i.test(entry) || /^\[[0-9a-f:.]+\]$/i.test(entry) ? entry : undefined;
}
