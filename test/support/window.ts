import type { CookieJar } from 'tough-cookie';

/**
 * The published CometD clients are made for browsers and look for `window`. This lends them one, in the process of
 * the tests alone, and takes it back.
 */
export class LentWindow {
  private readonly before = Object.getOwnPropertyDescriptor(globalThis, 'window');

  constructor(window: object) {
    Object.defineProperty(globalThis, 'window', {
      value: window,
      configurable: true,
      writable: true,
    });
  }

  takeBack(): void {
    if (this.before === undefined) {
      Reflect.deleteProperty(globalThis, 'window');
    } else {
      Object.defineProperty(globalThis, 'window', this.before);
    }
  }
}

/** What a transport of the CometD client hands to each of its requests. */
export interface RequestContext {
  readonly cookies: CookieJar;
  /** Requests on their way. */
  readonly pending: Set<Promise<void>>;
  /** Ends them all. */
  readonly end: AbortSignal;
}

/** As much of XMLHttpRequest as the CometD client needs, with cookies in a jar of its own. */
class JarXmlHttpRequest {
  static readonly UNSENT = 0;

  context: RequestContext | undefined;
  status = 0;
  statusText = '';
  readyState = 0;
  responseText = '';
  withCredentials = true;
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  private readonly abortion = new AbortController();
  private readonly headers: Record<string, string> = {};
  private url = '';

  open(_method: string, url: string): void {
    this.url = url;
    this.readyState = 1;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }

  send(body: string): void {
    const { context } = this;
    if (context === undefined) {
      throw new Error('The transport has no context.');
    }
    const sending = this.exchange(body, context).finally(() => context.pending.delete(sending));
    context.pending.add(sending);
  }

  abort(): void {
    this.abortion.abort();
  }

  private async exchange(body: string, { cookies, end }: RequestContext): Promise<void> {
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        body,
        headers: { ...this.headers, cookie: await cookies.getCookieString(this.url) },
        signal: AbortSignal.any([this.abortion.signal, end]),
      });
      for (const cookie of response.headers.getSetCookie()) {
        await cookies.setCookie(cookie, this.url);
      }
      this.status = response.status;
      this.responseText = await response.text();
      this.readyState = 4;
      this.onload?.();
    } catch (error) {
      this.statusText = String(error);
      this.readyState = 4;
      (this.abortion.signal.aborted || end.aborted ? this.onabort : this.onerror)?.();
    }
  }
}

/** A window for the `cometd` client; without WebSocket it does long-polling. */
export const COMETD_WINDOW: object = {
  setTimeout: (callback: () => void, ms: number) => setTimeout(callback, ms),
  clearTimeout: (timer: NodeJS.Timeout) => clearTimeout(timer),
  XMLHttpRequest: JarXmlHttpRequest,
};
