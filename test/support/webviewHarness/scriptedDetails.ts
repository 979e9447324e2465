/** Phases and bodies as the details of the harness show them. */
import type { DetailsMethods, FrameBytes } from '../../../src/bridge/detailsMethods';
import type { MessageRow } from '../../../src/core/ladder/rows';
import type { PhaseMessage, PhaseReport } from '../../../src/core/phases/phaseReport';
import { PRECONDITIONS } from '../../../src/core/phases/preconditions';
import type { ScriptedRows } from './scriptedRows';

/** Bytes of every body: more than a browser can scroll. */
export const BODY_BYTES = 9_000_000;

const BODY = `{"messageName":"EventWorkbinContent","password":"~secret-1~","interactions":{"note":"Grüße","text":"${'x'.repeat(2000)}"}}`;

/** Answers all of the details' methods; `rows` holds the messages. */
export function scriptedDetails(rows: ScriptedRows): DetailsMethods {
  let compared: number | undefined;
  const title = (message: number): string => `${rows.messageRow(message).name} #${message + 1}`;
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    getPhase: (phase) => Promise.resolve(reportOf(rows, phase)),
    getFrameText: () => Promise.resolve({ text: BODY, total: 400_000, language: 'json' }),
    getFrameBytes: (_message, offset, count) => Promise.resolve(bytesAt(offset, count)),
    copyFrameBytes: nothing,
    copyAttribute: nothing,
    copyPath: nothing,
    selectForCompare(message) {
      compared = message;
      return Promise.resolve({ title: title(message) });
    },
    getCompared: () =>
      Promise.resolve(compared === undefined ? undefined : { title: title(compared) }),
    compareWithSelected: () =>
      compared === undefined
        ? Promise.reject(new Error('Select a message for compare first.'))
        : Promise.resolve(),
  };
}

/** The text of the body again and again. */
function bytesAt(offset: number, count: number): FrameBytes {
  const pattern = new TextEncoder().encode(BODY);
  const length = Math.max(0, Math.min(count, BODY_BYTES - offset));
  const bytes = Uint8Array.from(
    { length },
    (_, index) => pattern[(offset + index) % pattern.length] ?? 0,
  );
  const secret = BODY.indexOf('~secret-1~');
  return {
    offset,
    total: BODY_BYTES,
    base64: btoa(String.fromCharCode(...bytes)),
    secrets: offset === 0 ? [[secret, secret + 10]] : [],
  };
}

function reportOf(rows: ScriptedRows, phase: number): PhaseReport {
  const own = rows
    .base()
    .filter((row): row is MessageRow => row.kind === 'message' && row.phase === phase);
  const [request] = own;
  const begin = request?.time ?? 0;
  const place = ({ message, seq, name, time }: MessageRow): PhaseMessage => ({
    message,
    seq,
    name,
    time,
    sinceRequestMs: time - begin,
  });
  const of = (role: MessageRow['role']): readonly PhaseMessage[] =>
    own.filter((row) => row.role === role).map(place);
  const counted = (list: readonly PhaseMessage[]) => {
    const [first] = list;
    const last = list.at(-1);
    return first === undefined || last === undefined
      ? { count: 0 }
      : { count: list.length, first, last };
  };
  const [answer] = of('answer');
  const follows = request?.name === 'RequestWorkbinNotifications';
  const heading = rows.base().find((row) => row.kind === 'heading' && row.phase === phase);
  return {
    phase,
    title: heading?.kind === 'heading' ? heading.title : '',
    source: 'Genesys Events and Models Reference: Workbin Operations',
    outcome: request?.outcome ?? 'open',
    late: heading?.kind === 'heading' && heading.late,
    ...(request?.workbin === undefined ? {} : { workbin: request.workbin }),
    ...(request?.reference === undefined ? {} : { reference: request.reference }),
    request:
      request === undefined
        ? { message: 0, seq: 1, name: '', time: 0, sinceRequestMs: 0 }
        : place(request),
    expected: [
      { name: follows ? 'EventAck' : 'EventWorkbinContent', means: 'success' },
      { name: 'EventError', means: 'failure', when: 'the agent or the workbin is not registered' },
    ],
    accepted: counted(of('accepted')),
    ...(answer === undefined ? {} : { answer }),
    moreAnswers: [],
    more: { count: 0 },
    duplicates: counted(of('duplicate')),
    followedBy: follows
      ? [
          {
            name: 'EventWorkbinContentChanged',
            means: 'success',
            reading: 'its name is from elsewhere',
          },
        ]
      : [],
    ...(follows ? { endedBy: 'Agent Cancels Workbin Notifications' } : {}),
    live: heading?.kind === 'heading' && heading.live,
    notifications: counted(of('notification')),
    timeLimitMs: 10_000,
    needs: [
      {
        need: 'registered client',
        words: PRECONDITIONS['registered client'].words,
        standing: 'met',
        message: 0,
        seq: 1,
      },
      {
        need: 'logged-in agent',
        words: PRECONDITIONS['logged-in agent'].words,
        reading: PRECONDITIONS['logged-in agent'].reading ?? '',
        standing: 'met',
        message: 2,
        seq: 3,
      },
      { need: 'known workbin', words: PRECONDITIONS['known workbin'].words, standing: 'unseen' },
    ],
  };
}
