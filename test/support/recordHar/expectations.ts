/** What a twin says that must be seen, read from its raw fields alone. */
import type { Json, TwinLine } from './twinLine';

export interface ExpectedMessage {
  /** As in the twin. */
  readonly t: number;
  readonly x: number;
  readonly direction: 'send' | 'receive';
  readonly name: string;
  /** Absent where the wire has none. */
  readonly reference?: string | number;
  /** `type@owner`. */
  readonly workbin?: string;
  readonly errorCode?: number;
}

type Meaning = Omit<ExpectedMessage, 't' | 'x' | 'direction'>;

/** Requests of Interaction Management, by the end of an operation's path. */
const OPERATIONS: Readonly<Record<string, string>> = {
  'get-workbins': 'RequestWorkbinTypesInfo',
  'get-content': 'RequestGetWorkbinContent',
  'get-contents': 'RequestGetWorkbinContent',
  'get-details': 'RequestGetInteractionProperties',
  subscribe: 'RequestWorkbinNotifications',
  unsubscribe: 'RequestCancelWorkbinNotifications',
  'add-interaction': 'RequestPlaceInWorkbin',
  'move-to-workbin': 'RequestPlaceInWorkbin',
  // The scenario puts back into a workbin only.
  'place-in-queue': 'RequestPlaceInWorkbin',
  pull: 'RequestPull',
};

/** Every message of the twin in its order; pages of the application are none. */
export function expectedMessages(lines: readonly TwinLine[]): readonly ExpectedMessage[] {
  const desk = new DeskReading(lines);
  return lines.flatMap((line): ExpectedMessage[] => {
    const meaning =
      line.type === 'message' && line.via === 'websocket'
        ? sdkMessage(line.message)
        : desk.read(line);
    const { t, x } = line;
    const direction = line.dir === 'send' ? 'send' : 'receive';
    return meaning === undefined ? [] : [{ t, x, direction, ...meaning }];
  });
}

/** A message of Platform SDK tells everything itself. */
function sdkMessage(message: Json): Meaning {
  const { workbinTypeId: type, ...owners } = (message['workbin'] ?? {}) as Partial<
    Record<string, string>
  >;
  const [owner] = Object.values(owners);
  return defined({
    name: String(message['messageName']),
    reference: message['referenceId'] as number | undefined,
    workbin: type === undefined ? undefined : `${type}@${owner ?? ''}`,
    errorCode: message['errorCode'] as number | undefined,
  });
}

/** In Workspace API v3 a message says little without those before it. */
class DeskReading {
  private readonly names: ReadonlyMap<unknown, unknown>;
  private readonly user: string;
  /** What was asked, by exchange and by `operationId`. */
  private readonly asked = new Map<unknown, Meaning>();
  /** Where an interaction was pulled from. */
  private readonly pulled = new Map<string, string | undefined>();

  constructor(lines: readonly TwinLine[]) {
    const data = lines.flatMap((line) =>
      line.type === 'message' && line.message['data'] !== undefined
        ? [line.message['data'] as Json]
        : [],
    );
    const listed = data.find(({ name }) => name === 'EventWorkbins')?.['workbins'] as
      Json[] | undefined;
    this.names = new Map((listed ?? []).map(({ id, workbinName }) => [id, workbinName]));
    const begun = data.find(({ messageType }) => messageType === 'WorkspaceInitializationComplete');
    const told = begun?.['data'] as { readonly user: Json } | undefined;
    this.user = String(told?.user['employeeId']);
  }

  read(line: TwinLine): Meaning | undefined {
    const { pathname } = new URL(line.url);
    if (!/^\/(?:workspace|auth)\/v3\//.test(pathname)) {
      return undefined;
    }
    switch (line.type) {
      case 'request':
        return this.request(line.x, line.method, pathname, line.body);
      case 'response':
        return this.response(line.x, line.status, line.location, line.body);
      case 'message':
        return this.bayeux(line.message);
      case 'open':
        return { name: 'GET notifications' };
      case 'error':
        return { ...this.asked.get(line.x), name: 'HttpError' };
      case 'close':
        return undefined;
    }
  }

  private request(x: number, method: string, path: string, body: unknown): Meaning {
    const { operationId, data } = (typeof body === 'object' ? body : {}) as {
      readonly operationId?: string;
      readonly data?: Json;
    };
    const last = path.slice(path.lastIndexOf('/') + 1);
    const meaning = defined({
      name: OPERATIONS[last] ?? `${method} ${last}`,
      reference: operationId,
      workbin: this.workbinOf(path, data ?? {}),
    });
    this.asked.set(x, meaning);
    this.asked.set(operationId ?? x, meaning);
    return meaning;
  }

  private response(
    x: number,
    status: number,
    location: string | undefined,
    body: unknown,
  ): Meaning {
    const asked = this.asked.get(x);
    // A refused sign-in is sent back to where it came from, with a word about it.
    const isRefused = new URL(location ?? '/', 'http://127.0.0.1').searchParams.has('error');
    if (status >= 400 || isRefused) {
      return { ...asked, name: 'HttpError', errorCode: status };
    }
    const { code } = (body as { readonly status?: Json } | undefined)?.status ?? {};
    return { ...asked, name: status >= 300 ? 'Redirected' : code === 1 ? 'Accepted' : 'Done' };
  }

  private bayeux({ channel, data }: Json): Meaning {
    if (data === undefined) {
      return { name: String(channel) };
    }
    const event = data as Json;
    const { id, owner } = (event['workbin'] ?? {}) as Json;
    const reference = event['operationId'] as string | undefined;
    return {
      ...this.asked.get(reference),
      ...defined({
        name: String(event['name'] ?? event['messageType']),
        reference,
        workbin: owner === undefined ? undefined : this.label(id, owner),
        errorCode: event['errorCode'] as number | undefined,
      }),
    };
  }

  private workbinOf(path: string, data: Json): string | undefined {
    const [, workbin] = /\/workbins\/([0-9a-f-]{36})\//.exec(path) ?? [];
    const [, interaction, action] =
      /\/interactions\/(\w+)\/(pull|place-in-queue)$/.exec(path) ?? [];
    if (interaction !== undefined && action === 'place-in-queue') {
      return this.pulled.get(interaction);
    }
    const id = workbin ?? data['sourceId'] ?? data['workbinId'];
    const label = id === undefined ? undefined : this.label(id, data['ownerId'] ?? this.user);
    if (interaction !== undefined) {
      this.pulled.set(interaction, label);
    }
    return label;
  }

  private label(id: unknown, owner: unknown): string {
    return `${String(this.names.get(id) ?? id)}@${String(owner)}`;
  }
}

/** A request of Interaction Management and how it went. */
export interface ExpectedPhase {
  readonly title: string;
  readonly workbin?: string;
  readonly outcome: 'completed' | 'failed' | 'interrupted';
  readonly notifications: number;
}

/** What no documented conversation begins with is called by its request. */
const TITLES: Readonly<Record<string, string>> = {
  RequestRegisterClient: 'Registration',
  RequestAgentLogin: 'Agent Logs In',
  RequestAgentLogout: 'Agent Logs Out',
  RequestGetWorkbinContent: 'Agent Gets Workbin Content',
  RequestWorkbinNotifications: 'Agent Requests Workbin Notification',
  RequestCancelWorkbinNotifications: 'Agent Cancels Workbin Notifications',
  RequestPull: 'Agent Pulls Interaction',
  RequestPlaceInWorkbin: 'Place Interaction in Workbin',
};

/** Phases by the plainest reading: the first answer counts; a subscription lasts until it is cancelled. */
export function expectedPhases(messages: readonly ExpectedMessage[]): readonly ExpectedPhase[] {
  const answerTo = (request: ExpectedMessage): ExpectedMessage | undefined =>
    messages.find(
      ({ direction, name, reference }) =>
        direction === 'receive' && name !== 'Accepted' && reference === request.reference,
    );
  const failed = (answer: ExpectedMessage | undefined): boolean =>
    answer?.name === 'HttpError' || answer?.errorCode !== undefined;
  const requests = messages.filter(({ name }) => name.startsWith('Request'));
  return requests.map((request) => {
    const { name, workbin } = request;
    const answer = answerTo(request);
    const cancellation = requests.find(
      (each) =>
        each.name === 'RequestCancelWorkbinNotifications' &&
        each.workbin === workbin &&
        !failed(answerTo(each)),
    );
    const end = cancellation === undefined ? undefined : answerTo(cancellation);
    const title = TITLES[name] ?? name;
    const outcome: ExpectedPhase['outcome'] =
      answer === undefined ? 'interrupted' : failed(answer) ? 'failed' : 'completed';
    return defined({
      title: failed(answer) ? title.replace('Agent Gets', 'Agent Fails to Get') : title,
      workbin,
      outcome,
      notifications:
        name === 'RequestWorkbinNotifications' && answer !== undefined && !failed(answer)
          ? messages
              .slice(
                messages.indexOf(answer),
                end === undefined ? undefined : messages.indexOf(end),
              )
              .filter(
                (each) => each.name === 'EventWorkbinContentChanged' && each.workbin === workbin,
              ).length
          : 0,
    });
  });
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Leaves out what is undefined. */
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined),
  ) as Defined<T>;
}
