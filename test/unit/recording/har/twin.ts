/**
 * Reads the twin of a HAR file: one timed message a line, written by another program than the one that wrote the
 * HAR. What is to be expected of an import is taken from its fields alone, without our decoder.
 */
import { readFile } from 'node:fs/promises';

export interface ExpectedMessage {
  /** Milliseconds since the first line. */
  readonly t: number;
  /** Frame that it stands in. */
  readonly frame: string;
  readonly exchange: number;
  readonly direction: 'send' | 'receive';
  readonly name: string;
  /** Undefined where the wire has none: we may then make one. */
  readonly reference: string | undefined;
  readonly workbin: string | undefined;
  readonly errorCode: number | undefined;
}

interface Line {
  readonly t: number;
  readonly dir: 'send' | 'recv';
  readonly type: string;
  readonly x: number;
  readonly url: string;
  readonly method?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly message?: { readonly channel: string; readonly data?: Json };
}

type Json = Readonly<Record<string, unknown>>;

const USER = 'JohnSmith';
const OF_WORKBIN: Readonly<Record<string, string>> = {
  'get-content': 'RequestGetWorkbinContent',
  subscribe: 'RequestWorkbinNotifications',
  unsubscribe: 'RequestCancelWorkbinNotifications',
  'add-interaction': 'RequestPlaceInWorkbin',
};
const OTHERS: Readonly<Record<string, string>> = {
  'get-workbins': 'RequestWorkbinTypesInfo',
  'get-contents': 'RequestGetWorkbinContent',
  'get-details': 'RequestGetInteractionProperties',
  pull: 'RequestPull',
  // Every one in these scenarios goes into a workbin.
  'place-in-queue': 'RequestPlaceInWorkbin',
  'move-to-workbin': 'RequestPlaceInWorkbin',
};

export async function readTwin(path: string): Promise<readonly ExpectedMessage[]> {
  const lines = (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  const names = workbinNames(lines);
  const references = new Map<number, string | undefined>();
  return lines.flatMap((line): ExpectedMessage[] => {
    const meant = messageOf(line, names, references);
    const direction = line.dir === 'send' ? 'send' : 'receive';
    const frame = `${line.x} ${line.dir} ${line.t}`;
    return meant === undefined ? [] : [{ t: line.t, frame, exchange: line.x, direction, ...meant }];
  });
}

type Meaning = Pick<ExpectedMessage, 'name' | 'reference' | 'workbin' | 'errorCode'>;

function messageOf(
  line: Line,
  names: ReadonlyMap<string, string>,
  references: Map<number, string | undefined>,
): Meaning | undefined {
  const path = new URL(line.url).pathname;
  const segments = path.split('/');
  const isApi = /^\/(?:workspace|auth)\/v3\//.test(path);
  const label = (id: unknown, owner: unknown): string =>
    `${names.get(String(id)) ?? String(id)}@${String(owner)}`;
  const none = { reference: undefined, workbin: undefined, errorCode: undefined };
  switch (line.type) {
    case 'request': {
      if (!isApi) {
        return undefined;
      }
      const body = (typeof line.body === 'object' ? line.body : {}) as Json;
      const reference = body['operationId'] as string | undefined;
      references.set(line.x, reference);
      const [, , , area, id, action = ''] = segments;
      const last = segments.at(-1) ?? '';
      const owned = area === 'workbins' ? OF_WORKBIN[action] : undefined;
      const data = (body['data'] ?? {}) as Json;
      return {
        ...none,
        name: owned ?? OTHERS[last] ?? `${line.method ?? ''} ${last}`,
        reference,
        workbin: owned === undefined ? undefined : label(id, data['ownerId'] ?? USER),
      };
    }
    case 'response': {
      if (!isApi) {
        return undefined;
      }
      const status = line.status ?? 0;
      const code = ((line.body as Json | undefined)?.['status'] as Json | undefined)?.['code'];
      const name =
        status >= 400
          ? 'HttpError'
          : status >= 300
            ? 'Redirected'
            : code === 1
              ? 'Accepted'
              : 'Done';
      return {
        ...none,
        name,
        reference: references.get(line.x),
        errorCode: status >= 400 ? status : undefined,
      };
    }
    case 'open':
      return { ...none, name: line.dir === 'send' ? 'GET notifications' : 'Done' };
    case 'error':
      return { ...none, name: 'HttpError' };
    case 'message': {
      const { channel = '', data } = line.message ?? {};
      if (data === undefined) {
        return { ...none, name: channel };
      }
      const workbin = data['workbin'] as Json | undefined;
      return {
        ...none,
        name: String(data['name'] ?? data['messageType']),
        reference: data['operationId'] as string | undefined,
        workbin:
          workbin?.['owner'] === undefined ? undefined : label(workbin['id'], workbin['owner']),
      };
    }
    default:
      return undefined;
  }
}

function workbinNames(lines: readonly Line[]): ReadonlyMap<string, string> {
  const listed = lines.flatMap(({ message }) => message?.data?.['workbins'] ?? []);
  return new Map(
    listed.flat().flatMap((each) => {
      const { id, workbinName } = each as { readonly id?: string; readonly workbinName?: string };
      return id === undefined || workbinName === undefined ? [] : [[id, workbinName] as const];
    }),
  );
}

/** A request of Interaction Management and how it went. */
export interface ExpectedPhase {
  readonly request: string;
  readonly outcome: string;
  readonly answer: string | undefined;
  readonly notifications: number;
}

/** Phases by the plainest reading: the first answer counts; a subscription lasts until its cancellation is answered. */
export function phasesIn(messages: readonly ExpectedMessage[]): readonly ExpectedPhase[] {
  const answerTo = (request: ExpectedMessage): ExpectedMessage | undefined =>
    messages.find(
      ({ direction, name, reference, exchange }) =>
        direction === 'receive' &&
        name !== 'Accepted' &&
        (request.reference === undefined
          ? exchange === request.exchange
          : reference === request.reference),
    );
  const requests = messages.filter(({ name }) => name.startsWith('Request'));
  return requests.map((request) => {
    const answer = answerTo(request);
    const cancel = requests.find(
      ({ name, workbin }) =>
        name === 'RequestCancelWorkbinNotifications' && workbin === request.workbin,
    );
    const end = cancel === undefined ? undefined : answerTo(cancel);
    const live = messages.slice(
      answer === undefined ? 0 : messages.indexOf(answer),
      end === undefined ? messages.length : messages.indexOf(end),
    );
    const isSubscription = request.name === 'RequestWorkbinNotifications';
    return {
      request: `${request.name} ${request.workbin ?? ''}`,
      outcome:
        answer === undefined
          ? 'interrupted'
          : answer.errorCode === undefined
            ? 'completed'
            : 'failed',
      answer: answer?.name,
      notifications: live.filter(
        ({ name, workbin }) =>
          isSubscription && name === 'EventWorkbinContentChanged' && workbin === request.workbin,
      ).length,
    };
  });
}
