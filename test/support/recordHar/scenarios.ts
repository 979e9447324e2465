/** What happens in the browser while it is recorded. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Simulator } from '../../../src/simulator/simulator';
import { workbinId } from '../../../src/simulator/workspace/workbinDirectory';
import { PAGE } from './deskServer';
import type { Json } from './twinLine';

/** Everything that a scenario works with. */
export interface Stage {
  readonly page: Page;
  readonly simulator: Simulator;
  /** Where the page is, and behind it the embedded server's Workspace API v3. */
  readonly desk: string;
}

const WATCHED = workbinId('email-in-progress');
const DRAFTS = workbinId('email-draft');
const CHATS = workbinId('chat-followup');
const TEAM = workbinId('team-email');
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
/** Long enough that the request has certainly gone out. */
const PATIENCE_MS = 200;

/** An agent desktop goes through the workbin operations of Workspace API v3, among them ones that fail. */
export async function workspace({ page, simulator, desk }: Stage): Promise<void> {
  const operate = (path: string, data: Json = {}): Promise<Json> =>
    page.evaluate(([to, what]) => window.desk.operate(to, what), [path, data] as const);
  const notified = (count: number): Promise<void> =>
    page.evaluate((each) => window.desk.notified(each), count);

  await page.goto(`${desk}/workspace/v3/login?redirect_uri=${desk}${PAGE}`);
  await signIn(page, 'wrong');
  await page.getByRole('alert').waitFor();
  await signIn(page, 'AnnaBerger');
  await page.waitForURL(`${desk}${PAGE}?code=*`);
  await page.evaluate(() => window.desk.enter());

  await operate('/activate-channels', { channels: [{ name: 'email' }] });
  await operate('/workbins/get-workbins');
  const { workbin } = await operate(`/workbins/${WATCHED}/get-content`);
  const { interactions } = workbin as { readonly interactions: readonly Json[] };
  const [first, second] = interactions.map(({ id }) => String(id));
  await operate(`/workbins/${UNKNOWN}/get-content`);
  await operate(`/workbins/${TEAM}/get-content`, { ownerId: 'Customer-Mail' });
  await operate(`/workbins/${TEAM}/get-content`, { ownerId: 'Claims' });
  await operate('/workbins/get-contents', { workbinIds: `${DRAFTS},${CHATS}` });
  await operate(`/workbins/${WATCHED}/subscribe`);
  await operate(`/workbins/${UNKNOWN}/subscribe`);

  assert.ok(simulator.placeAsOtherAgent('email-in-progress@A1001').ok);
  await notified(1);
  assert.ok(simulator.pullAsOtherAgent('email-in-progress@A1001').ok);
  await notified(2);

  const mine = `/media/email/interactions/${String(second)}`;
  await operate(`/workbins/interactions/${String(second)}/get-details`);
  await operate(`${mine}/pull`, { sourceId: WATCHED });
  await operate(`${mine}/place-in-queue`, { queue: '__BACK__' });
  await operate(`${mine}/pull`, { sourceId: WATCHED });
  await operate(`/workbins/${WATCHED}/add-interaction`, { interactionId: second });
  // Another agent has it already.
  await operate(`/media/email/interactions/${String(first)}/pull`, { sourceId: WATCHED });
  const moved = { interactions: [second], workbinId: DRAFTS };
  await operate('/media-management/move-to-workbin', moved);
  await notified(7);

  simulator.faults.delayMs = 5 * PATIENCE_MS;
  await page.evaluate(([path, patience]) => window.desk.giveUp(path, patience), [
    `/workbins/${DRAFTS}/get-content`,
    PATIENCE_MS,
  ] as const);
  simulator.faults.delayMs = 0;

  await operate(`/workbins/${WATCHED}/unsubscribe`);
  // Nobody is told any more.
  assert.ok(simulator.pullAsOtherAgent('email-in-progress@A1001').ok);
  await operate(`/workbins/${CHATS}/get-content`);
  // What is still being read when the browser closes is missing in a HAR file.
  const loggedOut = page.waitForEvent('requestfinished', (each) => each.url().endsWith('/logout'));
  await page.evaluate(() => window.desk.leave());
  await loggedOut;
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('User name').fill('\\AnnaBerger');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** An agent application on a WebSocket: every workbin operation of Platform SDK, among them ones that fail. */
export async function platformSdk({ page, simulator, desk }: Stage): Promise<void> {
  const request = (name: string, attributes: Json = {}): Promise<Json> =>
    page.evaluate(([to, what]) => window.sdk.request(to, what), [name, attributes] as const);
  const notified = (count: number): Promise<void> =>
    page.evaluate((each) => window.sdk.notified(each), count);

  await page.goto(`${desk}${PAGE}`);
  await page.evaluate((address) => window.sdk.open(address), simulator.address);

  const drafts = { workbinTypeId: 'email-draft', workbinAgentId: 'A1001' };
  const workbin = { workbinTypeId: 'email-in-progress', workbinAgentId: 'A1001' };
  await request('RequestRegisterClient', {
    clientName: 'Agent desktop',
    clientType: 'AgentApplication',
  });
  await request('RequestAgentLogin', { tenantId: 101, agentId: 'A1001', placeId: 'Desk-101' });
  await request('RequestWorkbinTypesInfo', { tenantId: 101 });
  const { interactions } = await request('RequestGetWorkbinContent', { workbin });
  const [first, second] = Object.keys(interactions as Json);
  await request('RequestGetWorkbinContent', {
    workbin: { workbinTypeId: 'email-draft', workbinAgentId: 'A1002' },
  });
  await request('RequestCancelWorkbinNotifications', { workbin });
  await request('RequestWorkbinNotifications', { workbin, notifyPropertyChanges: 1 });
  assert.ok(simulator.placeAsOtherAgent('email-in-progress@A1001').ok);
  await notified(1);
  assert.ok(simulator.pullAsOtherAgent('email-in-progress@A1001').ok);
  await notified(2);
  const viewId = 'email-in-progress/PrivateView';
  await request('RequestPull', { viewId, pullParameters: { id: second } });
  await request('RequestPlaceInWorkbin', { interactionId: second, workbin: drafts });
  // Another agent has it already.
  await request('RequestPull', { viewId, pullParameters: { id: first } });
  await request('RequestCancelWorkbinNotifications', { workbin });
  await request('RequestAgentLogout');
  await page.evaluate(() => window.sdk.close());
}
