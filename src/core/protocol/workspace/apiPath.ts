/** Where in the web APIs an address points: pure text work, since a pure library has no `URL`. */

/** `workspace-v3`: Workspace API v3. `auth-v3`: Authentication API v3. `web-services-v2`: Web Services API v2. */
export type Api = 'workspace-v3' | 'auth-v3' | 'web-services-v2';

export interface ApiPath {
  readonly api: Api;
  /** What follows the base, decoded, without empty segments. */
  readonly segments: readonly string[];
  readonly query: ReadonlyMap<string, string>;
}

/** The bases stand anywhere in the path: a gateway may put its own in front. */
const BASES: readonly (readonly [Api, RegExp])[] = [
  ['workspace-v3', /\/workspace\/v3(?=\/|$)/],
  ['auth-v3', /\/auth(?:entication)?\/v3(?=\/|$)/],
  ['web-services-v2', /\/api\/v2(?=\/|$)/],
];

/** Undefined for an address outside of the APIs, such as a page or a picture. */
export function apiPath(url: string): ApiPath | undefined {
  const { path, query } = splitUrl(url);
  for (const [api, base] of BASES) {
    const found = base.exec(path);
    if (found !== null) {
      const rest = path.slice(found.index + found[0].length);
      const segments = rest.split('/').filter((segment) => segment !== '');
      return { api, segments: segments.map(decode), query: formFields(query) };
    }
  }
  return undefined;
}

/** The fields of `application/x-www-form-urlencoded` text; the first of equal names counts. */
export function formFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    const name = decodeField(equals < 0 ? pair : pair.slice(0, equals));
    if (name !== '' && !fields.has(name)) {
      fields.set(name, equals < 0 ? '' : decodeField(pair.slice(equals + 1)));
    }
  }
  return fields;
}

export function splitUrl(url: string): { readonly path: string; readonly query: string } {
  const [address = ''] = url.split('#', 1);
  const afterScheme = address.indexOf('://');
  const pathAt = afterScheme < 0 ? 0 : address.indexOf('/', afterScheme + 3);
  const rest = pathAt < 0 ? '' : address.slice(pathAt);
  const mark = rest.indexOf('?');
  return mark < 0
    ? { path: rest, query: '' }
    : { path: rest.slice(0, mark), query: rest.slice(mark + 1) };
}

function decodeField(text: string): string {
  return decode(text.replaceAll('+', ' '));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A stray percent sign: its letters are what was meant.
  }
}
