/** The steps of a server that speaks Platform SDK's messages in JSON: upgrade, registration, login. */
import type { CancellationSignal } from '../../core/base/cancellation';

import type { ConnectionProfile } from '../platform';
import { logIn, register } from '../platformSdkEntry';
import { PlatformSdkRequests } from '../platformSdkRequests';
import type { Clock, Transport } from '../ports';
import type { DialectProbes } from './steps';

const LOGOUT_PATIENCE_MS = 1500;
const STEP_MS = 8000;

export function platformSdkProbes(
  profile: ConnectionProfile,
  transport: Transport,
  clock: Clock,
): DialectProbes {
  const requests = new PlatformSdkRequests(clock, STEP_MS * 2, () => undefined);
  let lost: string | undefined;
  let isIn = false;
  transport.onDidPass(({ frame }) => {
    if (frame.direction === 'receive' && frame.body.kind === 'text') {
      requests.receive(frame.body);
    }
  });
  transport.onDidEnd(({ reason }) => {
    lost = `The server hung up: ${reason}.`;
    isIn = false;
    requests.use(undefined);
    requests.rejectAll({ code: 'connection-lost', message: lost });
  });
  const answered = async (signal: CancellationSignal, ask: () => Promise<void>): Promise<void> => {
    const giveUp = (): void => requests.rejectAll({ code: 'cancelled', message: 'Given up.' });
    signal.addEventListener?.('abort', giveUp);
    try {
      await ask();
    } finally {
      signal.removeEventListener?.('abort', giveUp);
    }
  };
  return {
    probes: [
      {
        name: 'upgrade',
        limitMs: STEP_MS,
        onSilence:
          'Something takes the connection and does not answer HTTP. Is it the port for WebSocket, and the port with TLS only for wss?',
        run: async (signal) => {
          await transport.open(signal);
          requests.use(transport);
          return { seen: ['HTTP 101: the connection is a WebSocket'] };
        },
      },
      {
        name: 'registration',
        limitMs: STEP_MS,
        onSilence: 'The server answers no registration. Does Interaction Server stand behind it?',
        run: async (signal) => {
          await answered(signal, () => register(requests, profile));
          return { seen: [`Registered as ${profile.clientName}, an AgentApplication`] };
        },
      },
      {
        name: 'login',
        limitMs: STEP_MS,
        onSilence: 'The server answers no login. Is Interaction Server still starting?',
        run: async (signal) => {
          await answered(signal, () => logIn(requests, profile));
          isIn = true;
          return {
            seen: [
              `Agent ${profile.agent} logged in at ${profile.place}, tenant ${profile.tenant}`,
            ],
          };
        },
      },
    ],
    async leave() {
      if (isIn) {
        const patience = clock.after(LOGOUT_PATIENCE_MS, () =>
          requests.rejectAll({ code: 'unanswered', message: 'No goodbye.' }),
        );
        await requests.request('RequestAgentLogout', {});
        patience.dispose();
      }
      await transport.close();
      transport.dispose();
      requests.dispose();
    },
  };
}
