/**
 * Published clients of Workspace API v3, made to work against whatever speaks it at a base URL: the embedded server,
 * or a tap in front of it. Both need a `window` while they run, and give it back.
 */
import assert from 'node:assert/strict';
import type { WorkspaceApi } from 'genesys-workspace-client-js';
import {
  accessToken,
  CometdDesktop,
  type DesktopOptions,
  type Event,
  type Json,
} from './cometdDesktop';
import { LentWindow } from './window';

export { CometdDesktop };

/** What the `cometd` client saw of one operation. */
export interface CometdCall {
  readonly name: string;
  /** Everything that came until the next operation, the answer among it. */
  readonly events: readonly Event[];
}

/**
 * Lets the published `cometd` client go through every workbin operation over long-polling: it subscribes to a workbin,
 * takes what lies there first out in every way that there is, and puts it back. `workbinName` holds mail at the
 * beginning, and the same at the end.
 */
export async function runCometdClient(
  baseUrl: string,
  options: DesktopOptions,
  workbinName: string,
): Promise<readonly CometdCall[]> {
  const desktop = await CometdDesktop.open(baseUrl, options);
  try {
    await desktop.drained();
    const listed = await desktop.operate('/workbins/get-workbins');
    const workbins = listed.data['workbins'] as Json[];
    const id = String(workbins.find((each) => each['workbinName'] === workbinName)?.['id']);
    const { data } = await desktop.operate(`/workbins/${id}/get-content`);
    const [first] = (data['workbin'] as Json)['interactions'] as Json[];
    const interactionId = String(first?.['id']);
    await desktop.drained();
    const media = `/media/email/interactions/${interactionId}`;
    const pull = [`${media}/pull`, { sourceId: id }] as const;
    const calls: CometdCall[] = [];
    for (const [path, body] of [
      ['/workbins/get-workbins', {}],
      [`/workbins/${id}/get-content`, {}],
      ['/workbins/get-contents', { workbinIds: id }],
      [`/workbins/interactions/${interactionId}/get-details`, {}],
      [`/workbins/${id}/subscribe`, {}],
      pull,
      [`${media}/place-in-queue`, { queue: '__BACK__' }],
      pull,
      [`/workbins/${id}/add-interaction`, { interactionId }],
      pull,
      ['/media-management/move-to-workbin', { interactions: [interactionId], workbinId: id }],
      [`/workbins/${id}/unsubscribe`, {}],
    ] as const) {
      await desktop.operate(path, body);
      const events = await desktop.drained();
      calls.push({ name: path.slice(path.lastIndexOf('/') + 1), events });
    }
    assert.deepEqual(desktop.failures, []);
    return calls;
  } finally {
    await desktop.close();
  }
}

/** What the published client saw in one run. */
export interface GenesysRun {
  readonly user: unknown;
  readonly configuration: unknown;
  readonly activated: unknown;
  /** Of each call: HTTP status, body, and the event that answered it. */
  readonly calls: readonly {
    readonly name: string;
    readonly status: number;
    readonly body: unknown;
    readonly event: Json;
  }[];
  /** Notifications to the subscriber, in their order. */
  readonly notifications: readonly Json[];
}

/**
 * Lets the published `genesys-workspace-client-js`, unchanged, sign in, receive its initialization events, activate
 * its channels and go through every workbin operation: it subscribes to a workbin, pulls what lies there first and
 * puts it back. `workbinName` holds something at the beginning, and the same at the end.
 */
export async function runGenesysClient(
  baseUrl: string,
  { user, signIn = 'token' }: DesktopOptions,
  workbinName: string,
): Promise<GenesysRun> {
  const lent = new LentWindow({});
  const { default: Client } = await import('genesys-workspace-client-js');
  const { default: generated } =
    await import('genesys-workspace-client-js/src/internal/code-gen/workspace-api/index.js');
  // As the client does itself when it is loaded for the first time.
  const { default: node } = await import('genesys-workspace-client-js/src/cometd-nodejs-client.js');
  node.adapt();
  const api = new Client('', baseUrl);
  try {
    const desktop = new CometdDesktop(baseUrl);
    await api.initialize(
      signIn === 'token'
        ? { token: await accessToken(baseUrl, user) }
        : { code: await desktop.codeByForm(user), redirectUri: '/' },
    );
    const events: Json[] = [];
    for (const channel of ['workbins', 'media/*', 'media-management']) {
      await new Promise<void>((resolve) =>
        api._cometd.subscribe(
          `/workspace/v3/${channel}`,
          ({ data }) => events.push(data as Json),
          () => resolve(),
        ),
      );
    }
    const activated = await api.activateChannels();
    const workbins = new generated.WorkbinsApi(api.agent);
    const media = new generated.MediaApi(api.agent);
    const management = new generated.MediaManagementApi(api.agent);
    const calls: GenesysRun['calls'][number][] = [];
    const call = async (
      name: string,
      send: (operationId: string) => Promise<Answer>,
    ): Promise<Json> => {
      const operationId = `genesys-${calls.length}`;
      const { response } = await send(operationId);
      const { status, body } = response;
      // A call without a body has no operationId of the client's.
      const id = (body as Json)['operationId'];
      const event = await arrival(events, (each) => each['operationId'] === id);
      calls.push({ name, status, body, event });
      return event;
    };
    const listed = await call('get-workbins', () => invoke(workbins, 'getWorkbins'));
    const workbin = (listed['workbins'] as Json[]).find(
      (each) => each['workbinName'] === workbinName,
    );
    const id = String(workbin?.['id']);
    const step = (name: string, made: object, method: string, ...given: readonly unknown[]) =>
      call(name, (operationId) =>
        invoke(made as Interface, method, ...given.slice(0, -1), {
          operationId,
          data: given.at(-1),
        }),
      );
    const content = await step('get-content', workbins, 'getWorkbinContent', id, {});
    const [first] = (content['workbin'] as Json)['interactions'] as Json[];
    const ixn = String(first?.['id']);
    const pull = () =>
      call('pull', (operationId) =>
        invoke(media, 'pullInteractionFromWorkbin', 'email', ixn, {
          pullInteractionFromWorkbinData: { operationId, data: { workbinId: id } },
        }),
      );
    await step('get-contents', workbins, 'getWorkbinsContent', { workbinIds: id });
    await call('get-details', () => invoke(workbins, 'getInteractionDetailsFromWorkbin', ixn));
    await step('subscribe', workbins, 'subscribeToWorkbinNotifications', id, {});
    await pull();
    await step('place-in-queue', media, 'placeInQueue', 'email', ixn, { queue: '__BACK__' });
    await pull();
    await step('add-interaction', workbins, 'addInteractionToWorkbin', id, { interactionId: ixn });
    await pull();
    await step('move-to-workbin', management, 'mgtMoveToWorkbin', {
      interactions: [ixn],
      workbinId: id,
    });
    await step('unsubscribe', workbins, 'unsubscribeToWorkbinNotifications', id, {});
    return {
      user: api.user,
      configuration: api.configuration,
      activated,
      calls,
      notifications: events.filter((each) => each['name'] === 'EventWorkbinContentChanged'),
    };
  } finally {
    await leave(api);
    lent.takeBack();
  }
}

type Interface = Readonly<Record<string, (...parameters: readonly unknown[]) => Promise<Answer>>>;

function invoke(api: Interface, name: string, ...parameters: readonly unknown[]): Promise<Answer> {
  const method = api[`${name}WithHttpInfo`];
  assert.ok(method, `the published client has ${name}`);
  return method.apply(api, [...parameters]);
}

interface Answer {
  readonly response: { readonly status: number; readonly body: unknown };
}

async function arrival(events: readonly Json[], fits: (event: Json) => boolean): Promise<Json> {
  const end = performance.now() + 5000;
  for (;;) {
    const found = events.find(fits);
    if (found !== undefined) {
      return found;
    }
    assert.ok(performance.now() < end, `an event came; there were ${JSON.stringify(events)}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** `destroy` waits neither for the disconnect nor for the logout. */
async function leave(api: WorkspaceApi): Promise<void> {
  if (!api.initialized) {
    return;
  }
  const { _cometd: cometd } = api;
  await new Promise<void>((resolve) => cometd.disconnect(() => resolve()));
  await api.destroy();
}
