/**
 * Tells the applications behind a tap apart. An application may use many sockets (a browser does), and a
 * socket says nothing about who owns it; so the requests must tell:
 *
 * 1. A request belongs to an application with the same `User-Agent`.
 * 2. Among those, cookies decide: it belongs to the one with whose cookies its own agree for the most part,
 *    and not to one with whose cookies they differ. Cookies are learned from what passes.
 * 3. A request without the cookies that an application would have sent is not that application's, so a second
 *    instance that signs in is told from the first. Exempt are the requests that a browser sends without
 *    cookies of its own accord (preflights, and whatever is not the loading of a page).
 * 4. Where nothing speaks against it, a request belongs to the application that its socket served before,
 *    else to the one seen last; where everything does, it begins a new application.
 *
 * Applications that send the same `User-Agent` and no cookies cannot be told apart.
 */
import { CookieJar, type Cookie } from 'tough-cookie';
import { applicationName } from './applicationName';
import { fieldValue, fieldValues, type Head, type RequestHead } from './httpHead';

/** Cookies beyond this many are not learned. */
const MAX_COOKIES = 200;

export interface Application {
  /** For people, unlike those of the other applications. */
  readonly name: string;
  readonly userAgent: string | undefined;
  readonly jar: CookieJar;
  cookiesLearned: number;
  /** Number of its connection in the recording, while it has one. */
  connection: number | undefined;
  exchanges: number;
  /** How many sockets it has. */
  links: number;
}

export class Applications {
  /** Seen last comes last. */
  private known: Application[] = [];
  private readonly named = new Map<string, number>();

  get all(): readonly Application[] {
    return this.known;
  }

  /** Whose request this is. `current`: whose the last request on the same socket was. `url`: on the server's side. */
  find(head: RequestHead, url: string, current: Application | undefined): Application {
    const userAgent = fieldValue(head, 'user-agent');
    const sent = sentCookies(head);
    const candidates = this.known
      .filter((application) => application.userAgent === userAgent)
      .map((application) => ({
        application,
        score: compare(application, sent, url, mayLackCookies(head)),
        isCurrent: application === current,
      }))
      .filter(({ score }) => score >= 0)
      .sort((a, b) => a.score - b.score || Number(a.isCurrent) - Number(b.isCurrent));
    const found = candidates.at(-1)?.application ?? this.create(userAgent);
    this.known = [...this.known.filter((application) => application !== found), found];
    learnSent(found, sent, url);
    return found;
  }

  forget(application: Application): void {
    this.known = this.known.filter((known) => known !== application);
  }

  private create(userAgent: string | undefined): Application {
    const name = applicationName(userAgent);
    const count = (this.named.get(name) ?? 0) + 1;
    this.named.set(name, count);
    return {
      name: count === 1 ? name : `${name} (${count})`,
      userAgent,
      jar: new CookieJar(undefined, { looseMode: true, rejectPublicSuffixes: false }),
      cookiesLearned: 0,
      connection: undefined,
      exchanges: 0,
      links: 0,
    };
  }
}

/** Takes note of the cookies that a response gives to an application. */
export function learnGivenCookies(application: Application, head: Head, url: string): void {
  for (const value of fieldValues(head, 'set-cookie')) {
    learn(application, value, url);
  }
}

/** Above 0: agrees; 0: nothing speaks for or against; below 0: somebody else's. */
function compare(
  application: Application,
  sent: ReadonlyMap<string, string>,
  url: string,
  mayLack: boolean,
): number {
  const held = heldCookies(application, url);
  let score = 0;
  let lacks = false;
  for (const { key, value } of held) {
    const own = sent.get(key);
    if (own === undefined) {
      lacks = true;
    } else {
      score += own === value ? 1 : -1;
    }
  }
  if (score === 0 && held.some(({ key }) => sent.has(key))) {
    return -1;
  }
  return score === 0 && lacks && !mayLack ? -1 : score;
}

function heldCookies(application: Application, url: string): readonly Cookie[] {
  try {
    return application.jar.getCookiesSync(url);
  } catch {
    return []; // An address that the jar does not understand has no cookies.
  }
}

function learnSent(application: Application, sent: ReadonlyMap<string, string>, url: string): void {
  const held = new Map(heldCookies(application, url).map(({ key, value }) => [key, value]));
  for (const [name, value] of sent) {
    if (held.get(name) !== value) {
      learn(application, `${name}=${value}; Path=/`, url);
    }
  }
}

function learn(application: Application, setCookie: string, url: string): void {
  if (application.cookiesLearned >= MAX_COOKIES) {
    return;
  }
  application.cookiesLearned++;
  application.jar.setCookieSync(setCookie, url, { ignoreError: true });
}

function sentCookies(head: RequestHead): ReadonlyMap<string, string> {
  const pairs = fieldValues(head, 'cookie').flatMap((value) => value.split(';'));
  return new Map(
    pairs.flatMap((pair): [string, string][] => {
      const at = pair.indexOf('=');
      return at < 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]];
    }),
  );
}

/** Browsers send `Sec-Fetch-Mode` to loopback addresses; only the loading of a page always has cookies. */
function mayLackCookies(head: RequestHead): boolean {
  const mode = fieldValue(head, 'sec-fetch-mode');
  return head.method === 'OPTIONS' || (mode !== undefined && mode !== 'navigate');
}
