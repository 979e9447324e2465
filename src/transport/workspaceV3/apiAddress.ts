import { ExpectedError } from '../../core/base/result';

/** Where the web APIs of a server stand. */
export interface ApiAddress {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Origin, and the path that a gateway puts in front of the APIs; without a slash at the end. */
  readonly root: string;
}

const API = '/workspace/v3';

/**
 * Reads `http://host:port` or `https://host/gateway/workspace/v3`. Throws an `ExpectedError` that says what is wrong
 * with anything else.
 */
export function parseApiAddress(text: string): ApiAddress {
  const example = `Write it as https://host or https://host${API}.`;
  if (!URL.canParse(text)) {
    throw new ExpectedError('bad-address', `This is no address. ${example}`);
  }
  const { protocol, username, password, origin, pathname } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new ExpectedError(
      'bad-address',
      `Workspace API v3 is spoken over http or https, not ${protocol} ${example}`,
    );
  }
  if (username !== '' || password !== '') {
    throw new ExpectedError(
      'bad-address',
      `User name and password have no place in the address: they are asked for. ${example}`,
    );
  }
  const end = pathname.indexOf(`${API}/`);
  const path = end >= 0 ? pathname.slice(0, end) : pathname.replace(/\/workspace\/v3$/, '');
  return { origin, root: origin + path.replace(/\/+$/, '') };
}

/** The address of a path of Workspace API v3, such as `/notifications`. */
export function workspaceUrl(address: ApiAddress, path: string): string {
  return `${address.root}${API}${path}`;
}
