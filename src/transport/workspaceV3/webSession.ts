/** The HTTP side of one sign-in: cookies as a browser keeps them, and fields that go with every request. */
import { CookieJar } from 'tough-cookie';
import { ExpectedError } from '../../core/base/result';
import type { HeaderList, HttpResponseFrame } from '../../core/protocol/frame';
import type { RecordingHttp } from './recordingHttp';

export interface WebCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: HeaderList;
  /** With its content type. */
  readonly content?: { readonly type: string; readonly text: string };
  readonly timeLimitMs?: number;
  /** Ends this request alone. */
  readonly signal?: AbortSignal;
}

export interface Followed {
  readonly response: HttpResponseFrame;
  readonly target?: URL;
  readonly redirects: number;
}

const MAX_REDIRECTS = 10;

export class WebSession {
  // Servers of this kind stand in house, under names that no public list knows.
  private readonly jar = new CookieJar(undefined, {
    rejectPublicSuffixes: false,
    allowSpecialUseDomain: true,
  });

  /** `common`: fields of every request. `signal` ends all of its requests. */
  constructor(
    private readonly http: RecordingHttp,
    private readonly common: HeaderList,
    private readonly timeLimitMs: number,
    readonly signal: AbortSignal,
  ) {}

  /** One exchange; cookies are sent and taken. Never rejects, see {@link RecordingHttp.request}. */
  async send(call: WebCall): Promise<HttpResponseFrame> {
    const response = await this.http.request(
      {
        method: call.method,
        url: call.url,
        headers: [
          ...this.fieldsFor(call.url),
          ['Accept-Encoding', 'gzip, deflate'],
          ...(call.headers ?? []),
          ...(call.content === undefined ? [] : ([['Content-Type', call.content.type]] as const)),
        ],
        timeLimitMs: call.timeLimitMs ?? this.timeLimitMs,
        ...(call.content !== undefined && { body: call.content.text }),
      },
      call.signal === undefined ? this.signal : AbortSignal.any([this.signal, call.signal]),
    );
    this.learn(call.url, response.headers);
    return response;
  }

  /**
   * Sends, and follows redirects by GET as long as `goOn` says so of the address they lead to. Resolves with the last
   * response, the address to which it leads, if it leads anywhere, and how many redirects were followed. Rejects with
   * an `ExpectedError` when there is no end of them.
   */
  async follow(call: WebCall, goOn: (url: URL) => boolean): Promise<Followed> {
    let next = call;
    for (let redirects = 0; ; redirects++) {
      const response = await this.send(next);
      const target = redirectTarget(response, next.url);
      if (target === undefined || !goOn(target)) {
        return { response, redirects, ...(target !== undefined && { target }) };
      }
      if (redirects === MAX_REDIRECTS) {
        throw new ExpectedError(
          'too-many-redirects',
          `The server redirected more than ${MAX_REDIRECTS} times, last to ${target.pathname}.`,
        );
      }
      next = { method: 'GET', url: target.href };
    }
  }

  /** The fields that go with every request to `url`, its cookies among them. */
  fieldsFor(url: string): HeaderList {
    const cookies = this.jar.getCookieStringSync(url);
    return cookies === '' ? this.common : [...this.common, ['Cookie', cookies]];
  }

  /** Takes the cookies of a response; one that is none is ignored, as browsers do. */
  learn(url: string, headers: HeaderList): void {
    for (const [name, value] of headers) {
      if (name.toLowerCase() === 'set-cookie') {
        this.jar.setCookieSync(value, url, { ignoreError: true });
      }
    }
  }

  /** Whether a cookie with a value would go to `url`. */
  hasCookie(url: string, names: readonly string[]): boolean {
    return this.jar
      .getCookiesSync(url)
      .some(({ key, value }) => names.includes(key) && value !== '' && value !== 'undefined');
  }
}

function redirectTarget({ status, headers }: HttpResponseFrame, from: string): URL | undefined {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  return status >= 300 && status < 400 && location !== undefined && URL.canParse(location, from)
    ? new URL(location, from)
    : undefined;
}
