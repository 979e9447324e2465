import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request without its body, as the handlers read it. */
export interface WorkspaceRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly cookies: ReadonlyMap<string, string>;
  /** The token of `Authorization: Bearer`. */
  readonly bearer: string | undefined;
  readonly contentType: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

/** Bodies beyond this are refused with 413. */
const MAX_BODY_BYTES = 1024 * 1024;

export function readRequest(request: IncomingMessage): WorkspaceRequest {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
    cookies: readCookies(request.headers.cookie ?? ''),
    bearer: /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1],
    contentType: (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
  };
}

/** Reads the body as text; a reply instead when it cannot be taken. Rejects when the client breaks off. */
export async function readBody(request: IncomingMessage): Promise<string | Reply> {
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
    return failure(415, 'Bodies are not compressed here.');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      return failure(413, `A body has at most ${MAX_BODY_BYTES} bytes.`, { connection: 'close' });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function writeReply(response: ServerResponse, { status, headers, body = '' }: Reply): void {
  const bytes = Buffer.from(body);
  for (const [name, value] of Object.entries(headers ?? {})) {
    response.setHeader(name, value);
  }
  response.writeHead(status, { 'content-length': bytes.length });
  response.end(bytes);
}

export function json(status: number, value: unknown, headers: Reply['headers'] = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function plainText(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

export function html(status: number, body: string): Reply {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; form-action 'self'",
    },
    body: `<!doctype html><meta charset="utf-8"><title>Embedded Interaction Server</title>${body}\n`,
  };
}

export function redirect(location: string, cookies: readonly string[] = []): Reply {
  return {
    status: 302,
    headers: { location, ...(cookies.length === 0 ? {} : { 'set-cookie': cookies }) },
  };
}

/** An error in the envelope of the API (workspace-client-js: any `status.code` but 0, 1 and 2 is an error). */
export function failure(status: number, message: string, headers: Reply['headers'] = {}): Reply {
  return json(status, { status: { code: status, message } }, headers);
}

/** A cookie as the simulator of the real service sets it; an empty value takes it away. */
export function cookie(name: string, value: string): string {
  return `${name}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax${value === '' ? '; Max-Age=0' : ''}`;
}

function readCookies(header: string): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(';')) {
    const mark = pair.indexOf('=');
    const name = pair.slice(0, Math.max(mark, 0)).trim();
    if (name !== '' && !cookies.has(name)) {
      cookies.set(name, decoded(pair.slice(mark + 1).trim()));
    }
  }
  return cookies;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: the value stands for itself.
    return text;
  }
}
