/**
 * A person's path with several servers, in a real VS Code with the VSIX in a fresh profile: add them by keyboard,
 * connect two at once, look at one and the other, see why a third fails, edit, remove, restart.
 */
import assert from 'node:assert/strict';
import { startSimulator, type SimulatorProcess } from '../environment/simulatorProcess';
import { startProduct, type Product } from './support/product';
import type { TreeView } from './support/treeView';
import type { Theme, Workbench } from './support/workbench';

/** Of the user AnnaBerger; nobody else of this suite is called so. */
const PASSWORD = 'A1001';

/** The tests of this suite are one path, in the order in which a person walks it. */
describe('the Servers view', () => {
  let product: Product;
  let other: SimulatorProcess;
  let workbench: Workbench;
  let servers: TreeView;

  before(async () => {
    [product, other] = await Promise.all([
      startProduct({ 'workbinInspector.connection.tenant': 101, 'breadcrumbs.enabled': false }, [
        '--workspace-port',
        '0',
      ]),
      startSimulator([]),
    ]);
    ({ workbench } = product);
    servers = workbench.tree('Servers');
    await workbench.showContainer('Workbin Inspector');
  });

  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
  });

  after(async () => {
    await product.stop();
    await other.stop();
  });

  const says = (label: string, words: string) =>
    servers.waitForRow(
      `${label} with "${words}"`,
      (row) => row.label === label && row.description.startsWith(words),
    );
  const press = (key: string) => workbench.page.keyboard.press(key);
  const told = (text: string) =>
    workbench.waitFor(`the notification "${text}"`, async () =>
      (await workbench.notifications()).find((shown) => shown.includes(text)),
    );
  const titleIs = (title: string) =>
    workbench.page
      .locator('.quick-input-widget:visible .quick-input-title', { hasText: title })
      .waitFor();
  const workbinsOf = (address: string) =>
    workbench.tree('Workbins').waitForRow(`the workbins of ${address}`, ({ level, label }) => {
      return level === 1 && label === address;
    });

  /** Walks through all steps with the keyboard alone. */
  async function add(name: string, address: string, agent: string, place: string): Promise<void> {
    await workbench.runCommand('Workbin Inspector: Add Server…');
    await workbench.answerNext('Add Server: Address', address);
    const who = address.startsWith('http') ? 'User' : 'Agent';
    await workbench.answerNext(`Add Server: ${who}`, agent);
    await workbench.answerNext('Add Server: Place', place);
    await workbench.answerNext('Add Server: Name', name);
    await titleIs('Add Server (5/5)');
    await press('ArrowDown');
    await press('Enter');
    await says(name, 'not connected');
  }

  it('offers to add a server while there is none, beside the embedded one', async () => {
    await servers.waitForRow('what to do', ({ label }) => label === 'Add Server…');
    await says('Embedded Interaction Server', 'not running');
  });

  it('takes a server in steps, says at once what is wrong, and goes back', async () => {
    await workbench.runCommand('Workbin Inspector: Add Server…');
    await workbench.answerNext('Add Server: Address', 'ftp://127.0.0.1');
    await workbench.page.locator('.quick-input-message', { hasText: 'ws:' }).waitFor();
    await workbench.answerNext('Add Server: Address', product.simulator.address);
    await titleIs('Add Server: Agent (2/5)');
    await workbench.page.locator('.quick-input-widget:visible [aria-label^="Back"]').click();
    await titleIs('Add Server: Address (1/5)');
    await press('Enter');
    await workbench.answerNext('Add Server: Agent', 'A1003');
    await workbench.answerNext('Add Server: Place', 'Desk-103');
    await workbench.answerNext('Add Server: Name', 'Production');
    await workbench.pick('Tenant');
    await workbench.answerNext('Add Server: Tenant', 'first');
    await workbench.page.locator('.quick-input-message', { hasText: 'whole number' }).waitFor();
    await workbench.answerNext('Add Server: Tenant', '101');
    await titleIs('Add Server');
    await workbench.screenshot('servers-form');
    await workbench.pick('Save and Connect');
    await says('Production', 'connected · A1003');
    await workbinsOf(product.simulator.address);
  });

  it('connects a second one beside the first, from the keyboard', async () => {
    await add('Staging', other.address, 'A1002', 'Desk-102');
    await servers.row('Production').click();
    await press('ArrowDown');
    await press('Enter');
    await says('Staging', 'connected · in front');
    await says('Production', 'connected · A1003');
    await workbinsOf(other.address);
    await workbench.waitFor('the status bar to count', async () =>
      (await workbench.statusBar()).some((text) => /Staging[\s\S]*1 of 2/.test(text)),
    );
  });

  it('shows the workbins of the one that is chosen', async () => {
    await servers.row('Production').click();
    await says('Production', 'connected · in front');
    await workbinsOf(product.simulator.address);
    await servers.clickAction('Staging', 'Open Trace');
    await says('Staging', 'connected · in front');
    await workbinsOf(other.address);
    await workbench.runCommand('View: Close All Editors');
  });

  it('says why a server could not be connected, and keeps saying it', async () => {
    await add('Nobody', 'wss://127.0.0.1:9/', 'A1009', 'Desk-109');
    await servers.clickAction('Nobody', 'Connect');
    await says('Nobody', 'failed · Nothing listens there.');
    await told('Nobody: Cannot connect to wss://127.0.0.1:9/');
    await workbench.runCommand('Notifications: Clear All Notifications');
    const tip = workbench.page.locator('.workbench-hover:visible', {
      hasText: 'Check host and port',
    });
    await workbench.waitFor('the whole reason', async () => {
      await servers.row('Staging').hover();
      await servers.row('Nobody').hover();
      return tip.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
    });
    await workbench.screenshot('servers-failed');
  });

  it('keeps the password out of its list', async () => {
    await add('Web', product.simulator.workspaceAddress ?? '', 'AnnaBerger', '');
    await servers.clickAction('Web', 'Connect');
    await workbench.answerNext('Connect: Password', PASSWORD);
    await says('Web', 'connected · in front');
    const kept = await workbench.waitFor('the list on disk', async () => {
      const texts = await workbench.extensionMemory();
      return texts.find((text) => text.includes('AnnaBerger') && text.includes('Staging'));
    });
    assert(!kept.includes(PASSWORD), kept);
  });

  it('is to be seen in every theme', async () => {
    await workbench.runCommand('Notifications: Clear All Notifications');
    const themes: readonly (readonly [Theme, string])[] = [
      ['Default Light Modern', 'light'],
      ['Default High Contrast', 'hc-dark'],
      ['Default High Contrast Light', 'hc-light'],
      ['Default Dark Modern', 'dark'],
    ];
    for (const [theme, name] of themes) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`servers-${name}`);
    }
  });

  it('changes one field, removes a server and brings it back', async () => {
    await servers.row('Nobody').click({ button: 'right' });
    const menu = workbench.page.locator('.monaco-menu');
    await menu.waitFor();
    // A menu takes no click for a moment after it has opened.
    await workbench.waitFor('the menu to take the click', async () => {
      await menu.getByText('Edit Server…').click();
      return menu.waitFor({ state: 'hidden', timeout: 500 }).then(
        () => true,
        () => false,
      );
    });
    await titleIs('Edit Nobody');
    await workbench.pick('Name');
    await workbench.answerNext('Edit Nobody: Name', 'Somebody');
    await titleIs('Edit Nobody');
    await press('Escape');
    await says('Somebody', 'failed');
    await workbench.runCommand('Workbin Inspector: Remove Server');
    await workbench.answerNext('Remove Server', 'Somebody');
    await told('Somebody was removed');
    await workbench.page.getByRole('button', { name: 'Undo' }).click();
    await says('Somebody', 'not connected');
    assert.deepEqual(
      (await servers.rows()).filter(({ level }) => level === 1).map(({ label }) => label),
      ['Production', 'Staging', 'Somebody', 'Web', 'Embedded Interaction Server'],
    );
  });

  it('brings a removed server back with its password', async () => {
    await workbench.runCommand('Workbin Inspector: Stop All Sessions');
    await says('Web', 'not connected');
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.runCommand('Workbin Inspector: Remove Server');
    await workbench.answerNext('Remove Server', 'Web');
    await told('Web was removed');
    await workbench.page.getByRole('button', { name: 'Undo' }).click();
    await says('Web', 'not connected');
    await servers.clickAction('Web', 'Connect');
    await says('Web', 'connected · AnnaBerger');
  });

  it('has all of them after a restart of the window', async () => {
    await workbench.reload();
    await workbench.showContainer('Workbin Inspector');
    await says('Somebody', 'not connected');
    await says('Production', 'not connected');
    await servers.clickAction('Production', 'Connect');
    await says('Production', 'connected · A1003');
    await workbench.runCommand('Workbin Inspector: Stop All Sessions');
    await says('Production', 'not connected');
  });
});
