/** The steps of Workspace API v3: an HTTP answer, the sign-in, the session. */
import type { CancellationSignal } from '../../core/base/cancellation';
import { ExpectedError } from '../../core/base/result';
import { StepFailed, type DialectProbes } from '../../session/doctor/steps';
import type { ConnectionProfile, PasswordSource } from '../../session/platform';
import type { Clock } from '../../session/ports';
import { trustOf, type ServerTrust } from '../serverTrust';
import { parseApiAddress, workspaceUrl } from '../workspaceV3/apiAddress';
import { fieldOf, RecordingHttp } from '../workspaceV3/recordingHttp';
import {
  initializeWorkspace,
  signInByForm,
  signInByToken,
  statusOf,
  type Grant,
} from '../workspaceV3/signIn';
import { WebSession } from '../workspaceV3/webSession';

const HTTP_MS = 10_000;
const SIGN_IN_MS = 20_000;
const GOODBYE_MS = 1500;

export function workspaceProbes(
  profile: ConnectionProfile,
  password: PasswordSource,
  clock: Clock,
): DialectProbes {
  const end = new AbortController();
  let http: RecordingHttp | undefined;
  let grant: Grant | undefined;
  let session: WebSession | undefined;
  const address = parseApiAddress(profile.server);
  const createSession = (trust: ServerTrust): WebSession => {
    // Nothing is recorded: what passes here are passwords and tokens.
    http = new RecordingHttp({ onFrame: () => undefined, clock, trust });
    const common = [
      ['Accept', 'application/json, text/html;q=0.5'],
      ['User-Agent', 'workbin-inspector'],
    ] as const;
    return new WebSession(http, common, HTTP_MS, end.signal);
  };
  const giving = async <T>(signal: CancellationSignal, work: () => Promise<T>): Promise<T> => {
    const giveUp = (): void => end.abort();
    signal.addEventListener?.('abort', giveUp);
    try {
      return await work();
    } finally {
      signal.removeEventListener?.('abort', giveUp);
    }
  };
  return {
    probes: [
      {
        name: 'http',
        limitMs: HTTP_MS,
        onSilence: 'Something takes the connection and does not answer HTTP. Check the port.',
        run: (signal) =>
          giving(signal, async () => {
            const web = createSession(await trustOf(profile));
            session = web;
            const query = String(new URLSearchParams({ redirect_uri: `${address.root}/` }));
            const url = workspaceUrl(address, `/login?${query}`);
            const response = await web.send({ method: 'GET', url });
            const { status, error, headers } = response;
            if (status === 0) {
              throw new ExpectedError('no-answer', error ?? 'There was no answer.');
            }
            const server = fieldOf(headers, 'server');
            const seen = [
              `GET ${new URL(url).pathname}: ${statusOf(response)}`,
              ...(server === undefined ? [] : [`Server: ${server.slice(0, 100)}`]),
            ];
            if (status >= 400) {
              throw new StepFailed(adviceFor(status), seen);
            }
            return { seen };
          }),
      },
      {
        name: 'sign-in',
        limitMs: SIGN_IN_MS,
        onSilence:
          'The server is slow or hangs. Try again, and look at its Authentication service.',
        run: (signal) =>
          giving(signal, async () => {
            const given = await password();
            if (given === undefined || session === undefined) {
              throw new ExpectedError(
                'no-credentials',
                `No password was given for ${profile.agent}. Diagnose again and type it.`,
              );
            }
            const form = (profile.signIn ?? 'form') === 'form';
            const signIn = form ? signInByForm : signInByToken;
            grant = await signIn(session, address, { user: profile.agent, password: given });
            return {
              seen: [
                form
                  ? `${profile.agent} signed in by the form`
                  : `${profile.agent} signed in, a token was given`,
              ],
            };
          }),
      },
      {
        name: 'session',
        limitMs: SIGN_IN_MS,
        onSilence: 'The server begins no session. Is Interaction Server behind it up?',
        run: (signal) =>
          giving(signal, async () => {
            if (session !== undefined && grant !== undefined) {
              await initializeWorkspace(session, address, grant);
            }
            return { seen: ['The workspace session began'] };
          }),
      },
    ],
    async leave() {
      if (session !== undefined && grant !== undefined && !end.signal.aborted) {
        const url = workspaceUrl(address, '/logout');
        await session.send({ method: 'POST', url, timeLimitMs: GOODBYE_MS });
      }
      end.abort();
      http?.dispose();
    },
  };
}

function adviceFor(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return 'Something in front of the server refuses the request, a gateway perhaps. Ask whoever runs it for access.';
    case 404:
      return 'There is no Workspace API v3 at this address. Check its path.';
    case 502:
    case 503:
    case 504:
      return 'A gateway answers, and the server behind it is not there. Check that it runs.';
    default:
      return status >= 500
        ? 'The server answers with a failure of its own. Look at its log.'
        : 'The server answers, and does not take the request. Check the address.';
  }
}
