/**
 * A person's path with a tap, in a real VS Code with the VSIX in a fresh profile: start it from the command palette,
 * let applications work through it, see what they say, stop, reopen.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { CometdDesktop } from '../support/cometdDesktop';
import { ScriptedApplication } from '../support/scriptedApplication';
import { startProduct, type Product } from './support/product';
import type { Workbench } from './support/workbench';

const GET_CONTENT = 'Agent Gets Workbin Content';
const NOTIFICATIONS = 'Agent Requests Workbin Notification';

/** The tests of this suite are one path, in the order in which a person walks it. */
describe('a tap between applications and their server', () => {
  let product: Product;
  let workbench: Workbench;

  before(async () => {
    product = await startProduct({ 'breadcrumbs.enabled': false }, ['--workspace-port', '0']);
    ({ workbench } = product);
    await workbench.showContainer('Workbin Inspector');
    await workbench.page.getByText('Start Tap…').first().waitFor();
    await workbench.screenshot('tap-welcome');
  });

  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
  });

  after(() => product.stop());

  const rows = (text: string | RegExp) => workbench.webview().locator('.wi-row', { hasText: text });
  const statusSays = (text: string) =>
    workbench.waitFor(`the status bar to say "${text}"`, async () =>
      (await workbench.statusBar()).find((shown) => shown.includes(text)),
    );
  const told = (text: string) =>
    workbench.waitFor(`the notification "${text}"`, async () =>
      (await workbench.notifications()).find((shown) => shown.includes(text)),
    );

  /** Answers the dialogues of Start Tap… for a server that was never tapped; returns the tap's address. */
  async function startTap(server: string): Promise<string> {
    await workbench.runCommand('Workbin Inspector: Start Tap…');
    await workbench.pick('Enter Address…');
    await workbench.answerNext('Start Tap: Address', server);
    await workbench.answerNext('Start Tap: Port', '');
    await workbench.answerNext('Start Tap: Further Origins', '');
    const words = await told(`instead of ${server}`);
    const [, address = ''] = /use (\S+) instead/.exec(words) ?? [];
    assert.match(address, /127\.0\.0\.1:\d+/);
    return address;
  }

  describe('of Platform SDK JSON', () => {
    let application: ScriptedApplication;

    it('tells the address for the application, and waits', async () => {
      const { address } = product.simulator;
      const tapped = await startTap(address);
      const { host } = new URL(tapped);
      await statusSays(`tap ${host} → ${new URL(address).host}`);
      await workbench
        .tree('Workbins')
        .waitForRow('the server', ({ description }) => description === `tapped at ${host}`);
      await workbench.page.getByRole('button', { name: 'OK', exact: true }).click();
      await workbench.webview().getByText(`Have one use ${tapped} as its server`).waitFor();
      await workbench.screenshot('tap-waiting');
      application = await ScriptedApplication.open(tapped);
    });

    it('shows the phases of the application live, and what it does to workbins', async () => {
      await application.work('A1001', 'Desk-101', 'email-draft');
      for (const text of ['Registration', 'Agent Logs In', GET_CONTENT, NOTIFICATIONS]) {
        await rows(text).first().waitFor();
      }
      product.simulator.command('place email-draft@A1001');
      await rows('EventWorkbinContentChanged').first().click();
      await workbench.webview().locator('.wi-details', { hasText: 'PlacedIn' }).waitFor();
      await workbench.tree('Workbins').waitForRow('the workbin', ({ label, description }) => {
        return label === 'email-draft' && /\d+ · subscribed/.test(description);
      });
      assert.match(await statusSays('tap 127.0.0.1'), /[1-9]\d* frames/);
      await workbench.screenshot('tap-live');
    });

    it('lives on without views, and sums up when it is stopped', async () => {
      await workbench.runCommand('View: Close All Editors');
      const answer = await application.request('RequestWorkbinTypesInfo', { tenantId: 101 });
      assert.equal(answer['messageName'], 'EventWorkbinTypesInfo');
      await workbench.runCommand('Workbin Inspector: Stop Session');
      const summary = await told('has stopped');
      assert.match(summary, /1 connection: \d+ frames recorded, \d+ kB passed\./);
      await statusSays('not connected');
      await workbench.page.getByText('Not connected to a server.').waitFor();
      await workbench.screenshot('tap-summary');
      await application.close();
    });

    it('is reopened from the recordings', async () => {
      await workbench.runCommand('Notifications: Clear All Notifications');
      await workbench.tree('Recordings').rowAt(0).click();
      await rows(NOTIFICATIONS).first().waitFor();
      await rows('EventWorkbinTypesInfo').first().waitFor();
      await workbench.screenshot('tap-reopened');
    });
  });

  describe('of Workspace API v3', () => {
    it('shows what the published CometD client does, and folds what only keeps it going', async () => {
      await workbench.runCommand('View: Close All Editors');
      const tapped = await startTap(product.simulator.workspaceAddress ?? '');
      const desktop = await CometdDesktop.open(tapped, { user: 'A1001' });
      try {
        const listed = await desktop.operate('/workbins/get-workbins');
        const workbins = listed.data['workbins'] as readonly Readonly<Record<string, unknown>>[];
        const id = String(workbins.find((each) => each['workbinName'] === 'email-draft')?.['id']);
        await desktop.operate(`/workbins/${id}/get-content`);
        await desktop.operate(`/workbins/${id}/subscribe`);
        product.simulator.command('place email-draft@A1001');
        await rows(GET_CONTENT).first().waitFor();
        await rows(NOTIFICATIONS).first().waitFor();
        await rows('EventWorkbinContentChanged').first().waitFor();
        await workbench.screenshot('tap-workspace-live');
      } finally {
        await desktop.close();
      }
      await workbench.runCommand('Workbin Inspector: Stop Session');
      await told('has stopped');
    });
  });

  describe('as a HAR file', () => {
    let har: string;

    it('is exported, and says where', async () => {
      await workbench.runCommand('Notifications: Clear All Notifications');
      await workbench.runCommand('Workbin Inspector: Export Trace to HAR…');
      const input = workbench.page.locator('.quick-input-widget:visible .quick-input-box input');
      // The folder and the name that are suggested will do.
      const file = await workbench.waitFor('the suggested file', async () => {
        const value = await input.inputValue();
        return value.endsWith('.har') && value;
      });
      await input.press('Enter');
      har = path.basename(file);
      assert.match(await told(`${har}:`), /\d+ entries/);
      await workbench.screenshot('har-exported');
    });

    before(() => {
      writeFileSync(path.join(product.profile.workspace, 'none.har'), '{"log":{"entries":[]}}');
    });

    it('opens with the trace view, and shows the same phases', async () => {
      await workbench.runCommand('View: Close All Editors');
      await workbench.openFile(har);
      await workbench.runCommand('View: Reopen Editor With...');
      await workbench.pick('Workbin Trace');
      await rows(GET_CONTENT).first().waitFor();
      await rows(NOTIFICATIONS).first().waitFor();
      assert.equal((await workbench.editors()).length, 1);
      await workbench.screenshot('har-opened');
    });

    it('says in the editor why one cannot be opened', async () => {
      await workbench.runCommand('View: Close All Editors');
      await workbench.openFile('none.har');
      await workbench.runCommand('View: Reopen Editor With...');
      await workbench.pick('Workbin Trace');
      await workbench.webview().getByText('The HAR file has 0 entries').waitFor();
      await workbench.screenshot('har-refused');
    });
  });
});
