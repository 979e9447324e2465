/**
 * A person's path, in a real VS Code with the VSIX in a fresh profile: connect, look, ask for notifications,
 * see a change arrive, stop, reopen the recording and step through it.
 */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../environment/browser';
import {
  demonstrationSettings,
  startDemonstration,
  type Demonstration,
} from '../environment/demonstration';
import { writeSettings, type Settings } from '../environment/vsCode';
import { testedVsix } from '../environment/vsixUnderTest';
import type { TreeRow } from './support/treeView';
import { Workbench } from './support/workbench';

const WORKBIN = 'email-draft';
const OWNER = 'A1001';
const GET_CONTENT = 'Agent Gets Workbin Content';
const NOTIFICATIONS = 'Agent Requests Workbin Notification';

describe('from connecting to the reopened recording', () => {
  let browser: Browser;
  let demonstration: Demonstration;
  let workbench: Workbench;

  before(async () => {
    demonstration = await startDemonstration(testedVsix());
    browser = await openBrowser();
    workbench = await Workbench.open(browser, demonstration.vscode, demonstrationSettings);
  });

  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
  });

  after(async () => {
    await browser.close();
    await demonstration.stop();
  });

  const tree = () => workbench.tree('Workbins');
  const workbinRow = (what: string, holds: (description: string) => boolean) =>
    tree().waitForRow(what, ({ label, description }) => label === WORKBIN && holds(description));
  const selectedInTree = (what: string, holds: (row: TreeRow) => boolean) =>
    workbench.waitFor(`${what} to be selected in the tree`, async () => {
      const [row, ...others] = await tree().selected();
      return row !== undefined && others.length === 0 && holds(row) ? row : undefined;
    });
  /** Writes settings, and with them a theme, whose coming tells that they are in force. */
  const set = async (settings: Settings) => {
    const { profile } = demonstration.vscode;
    for (const [theme, name] of [
      ['Default Light Modern', 'vs'],
      ['Default Dark Modern', 'vs-dark'],
    ] as const) {
      const all = { ...demonstrationSettings, ...settings, 'workbench.colorTheme': theme };
      writeSettings(profile, all);
      await workbench.page.locator(`.monaco-workbench.${name}`).waitFor();
    }
  };
  const rows = (text: string | RegExp) => workbench.webview().locator('.wi-row', { hasText: text });

  it('connects by itself and says once that customer data lies on disk, and where', async () => {
    await workbinRow('the workbin, not read yet', (text) => text.startsWith('not read'));
    const told = await workbench.waitFor('the notice', async () =>
      (await workbench.notifications()).find((text) => text.includes('Customer data')),
    );
    assert.match(told, /recordings/);
    await workbench.page.getByRole('button', { name: 'OK', exact: true }).click();
  });

  it('shows what is in a workbin when it is opened', async () => {
    await tree().expand(WORKBIN);
    await workbinRow('how many it holds', (text) => /^\d+/.test(text));
    const held = (await tree().rows()).filter(({ level }) => level === 4);
    assert(held.length > 0, 'interactions stand below the workbin');
  });

  it('asks for notifications of it and shows a change that another agent makes', async () => {
    const before = await workbinRow('its count', (text) => /^\d+/.test(text));
    await tree().clickAction(WORKBIN, 'Request Notifications');
    await workbinRow('that it is subscribed', (text) => /(^|· )subscribed/.test(text));
    await workbench.runCommand('Workbin Inspector: Let Another Agent Place an Interaction');
    const after = await workbinRow(
      'one more',
      (text) => Number.parseInt(text) === Number.parseInt(before.description) + 1,
    );
    assert.match(after.description, /subscribed/);
  });

  it('draws the phases and the change in the ladder', async () => {
    await workbench.runCommand('Workbin Inspector: Open Trace');
    for (const text of ['Registration', 'Agent Logs In', GET_CONTENT, NOTIFICATIONS]) {
      await rows(text).first().waitFor();
    }
    const change = rows('EventWorkbinContentChanged').first();
    await change.waitFor();
    await change.click();
    await workbench.webview().locator('.wi-details', { hasText: 'PlacedIn' }).waitFor();
    await workbench.screenshot('journey-live-dark');
    await workbench.setTheme('Default Light Modern');
    await workbench.screenshot('journey-live-light');
    await workbench.setTheme('Default High Contrast');
    await workbench.screenshot('journey-live-high-contrast');
    await workbench.setTheme('Default Dark Modern');
  });

  it('says so when recording is paused, goes on, and stops', async () => {
    await workbench.runCommand('Workbin Inspector: Pause Recording');
    await workbench.webview().getByText('Paused', { exact: false }).first().waitFor();
    await workbench.runCommand('Workbin Inspector: Resume Recording');
    await rows('Recording was paused').first().waitFor();
    await workbench.runCommand('Workbin Inspector: Stop Session');
    await workbench.waitFor('the status bar to say that nothing is connected', async () =>
      (await workbench.statusBar()).some((text) => text.includes('not connected')),
    );
  });

  it('reopens the recording, and stepping through it moves the tree', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.tree('Recordings').rowAt(0).click();
    await rows(GET_CONTENT).first().waitFor();
    assert.equal((await workbench.editors()).length, 1);
    await rows('RequestGetWorkbinContent').first().click();
    await workbinRow('the workbin before its content was read', (text) =>
      text.startsWith('not read'),
    );
    await workbench.page.keyboard.press('ArrowDown');
    const read = await workbinRow('the workbin as it was read', (text) => /^\d+/.test(text));
    await rows('EventWorkbinContentChanged').first().click();
    await workbinRow(
      'the workbin after the change',
      (text) => Number.parseInt(text) === Number.parseInt(read.description) + 1,
    );
    await workbench.screenshot('journey-reopened-dark');
  });

  it('selects in the tree what the selected message names, and opens nothing for it', async () => {
    await rows('RequestGetWorkbinContent').first().click();
    await selectedInTree('the workbin', ({ label }) => label === WORKBIN);
    await tree().expand(WORKBIN);
    await rows('EventWorkbinContentChanged').first().click();
    await selectedInTree('the interaction', ({ level }) => level === 4);
    await workbench.screenshot('journey-revealed-dark');
    // The focus has stayed: the ladder hears its keys.
    await workbench.page.keyboard.press('Home');
    await rows('RequestGetWorkbinContent').first().click();
    await selectedInTree('the workbin', ({ label }) => label === WORKBIN);
    await tree().collapse(WORKBIN);
    // Another row is selected meanwhile, so that it is seen when the tree has followed.
    await tree().row('Desk-101').click();
    await selectedInTree('another row', ({ label }) => label === 'Desk-101');
    await rows('EventWorkbinContentChanged').first().click();
    await workbinRow('the workbin after the change', (text) => /^\d+/.test(text));
    const closed = await selectedInTree('the workbin', ({ label }) => label === WORKBIN);
    assert.equal(closed.expanded, false);
    await tree().collapse(OWNER);
    await rows('EventWorkbinContent').first().click();
    const owner = await selectedInTree('its owner', ({ label }) => label === OWNER);
    assert.equal(owner.expanded, false);
    await tree().expand(OWNER);
  });

  it('leaves the tree alone where the setting says so', async () => {
    // A click on a row turns it as well.
    await tree().row(OWNER).click();
    await tree().expand(OWNER);
    await set({ 'workbinInspector.trace.revealInTree': false });
    await rows('RequestGetWorkbinContent').first().click();
    await workbinRow('the workbin before its content was read', (text) =>
      text.startsWith('not read'),
    );
    await rows('EventWorkbinContentChanged').first().click();
    await workbinRow('the workbin after the change', (text) => /^\d+/.test(text));
    assert.deepEqual(
      (await tree().selected()).map(({ label }) => label),
      [OWNER],
    );
    await set({});
  });

  it('comes back after the window was loaded anew', async () => {
    await workbench.reload();
    await rows(GET_CONTENT).first().waitFor();
    await workbench.screenshot('journey-reloaded-dark');
  });
});
