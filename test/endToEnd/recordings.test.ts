import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { waitForEqual } from '../environment/waiting';
import { type Product, startProduct } from './support/product';
import { Workbench } from './support/workbench';

/** Length and messages are told while both grow. */
const BEING_RECORDED = /^being recorded, (\d+ m?s|\d+ min \d+ s), \d+ messages$/;

/** The tests of this suite are one path, in the order in which a person walks it. */
describe('recordings', () => {
  let product: Product;
  let workbench: Workbench;

  before(async () => {
    product = await startProduct({ 'workbinInspector.connection.tenant': 101 });
    ({ workbench } = product);
    await workbench.showContainer('Workbin Inspector');
  });

  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
  });

  after(() => product.stop());

  const recordings = () => workbench.tree('Recordings');
  const onlyRow = (what: string, holds: (description: string) => boolean) =>
    recordings().waitForRow(what, ({ description }) => holds(description));
  const connect = async (): Promise<void> => {
    await workbench.runCommand('Workbin Inspector: Connect…');
    await workbench.pick('Enter Address…');
    await workbench.answer(product.simulator.address);
    await workbench.answerNext('Connect: Agent', 'A1001');
    await workbench.answerNext('Connect: Place', 'Desk-101');
    await onlyRow('that it is being recorded', (text) => BEING_RECORDED.test(text));
  };

  it('tells of one that it is being recorded, also in a second window, which follows it', async () => {
    await connect();
    const second = await Workbench.open(product.browser, product.vscode);
    await second.showContainer('Workbin Inspector');
    await second
      .tree('Recordings')
      .waitForRow('the recording', ({ description }) => description === 'being recorded');
    await second.tree('Recordings').rowAt(0).click();
    const rows = second.webview().locator('.wi-row--message');
    await rows.filter({ hasText: 'RequestRegisterClient' }).first().waitFor();
    const content = rows.filter({ hasText: 'EventWorkbinContent' });
    await waitForEqual(() => content.count(), 0);
    const tree = workbench.tree('Workbins');
    await tree.waitForRow('a workbin', ({ label }) => label === 'team-email');
    const { description: before } = await onlyRow('what it holds', (text) =>
      BEING_RECORDED.test(text),
    );
    await tree.clickAction('team-email', 'Get Content');
    await content.first().waitFor();
    await onlyRow('more messages', (text) => BEING_RECORDED.test(text) && text !== before);
    await second.screenshot('recordings-second-window');
    await second.close();
  });

  it('tells length, messages and failures of one that has ended', async () => {
    await workbench.runCommand('Workbin Inspector: Stop Session');
    const { description } = await onlyRow(
      'what it holds',
      (text) => text.includes('messages') && !BEING_RECORDED.test(text),
    );
    assert.match(description, /^(\d+ m?s|\d+ min \d+ s), \d+ messages$/);
    const { page } = workbench;
    const tooltip = page.locator('.monaco-hover', { hasText: product.simulator.address });
    // A row that is drawn anew under the mouse forgets that it was to tell something.
    await workbench.waitFor('the tooltip', async () => {
      await page.mouse.move(0, 0);
      await recordings().rowAt(0).hover();
      return tooltip.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
    });
    await workbench.screenshot('recordings-tooltip');
  });

  it('is renamed by key, with what shows it, and refuses a name that is none', async () => {
    await recordings().rowAt(0).click();
    await workbench.waitFor('the editor', async () => (await workbench.editors()).length === 1);
    await workbench.webview().locator('.wi-row--message').first().waitFor();
    await workbench.runCommand('Focus on Recordings View');
    await workbench.page.keyboard.press('F2');
    await workbench.answer('a/b');
    await workbench.page.locator('.quick-input-message', { hasText: 'Possible is: a-b' }).waitFor();
    await workbench.answer('wrong e-mails');
    await recordings().waitForRow('the new name', ({ label }) => label === 'wrong e-mails');
    await workbench.waitFor('the editor under that name', async () => {
      const [editor, other] = await workbench.editors();
      return editor?.startsWith('wrong e-mails') === true && other === undefined;
    });
    await workbench.webview().locator('.wi-row--message').first().waitFor();
    // Nothing has come since it was opened.
    await waitForEqual(() => workbench.webview().locator('.wi-pill:visible').count(), 0);
  });

  it('finds what was cut off when the editor was killed, and offers it', async () => {
    await connect();
    // The mark beside a recording that is being written names the process that writes it.
    const files = readdirSync(product.profile.home, { recursive: true, encoding: 'utf8' });
    const mark = files.find((file) => file.endsWith('.write')) ?? '';
    const writer = Number(/\.(\d+)-[0-9a-f]+\.write$/.exec(path.basename(mark))?.[1]);
    assert.ok(writer > 0, 'no mark');
    process.kill(writer, 'SIGKILL');
    const loaded = workbench.page.waitForEvent('load');
    await workbench.page.reload();
    await loaded;
    const told = await workbench.waitFor('the offer', async () =>
      (await workbench.notifications()).find((text) => text.includes('cut off')),
    );
    assert.match(told, /^The recording .* was cut off when the editor ended/);
    await onlyRow('the recording', (text) => text.startsWith('not ended, '));
    for (const theme of [
      'Default Light Modern',
      'Default High Contrast',
      'Default High Contrast Light',
      'Default Dark Modern',
    ] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`recordings-${theme}`);
    }
    await workbench.page
      .locator('.notifications-toasts')
      .getByText('Open', { exact: true })
      .click();
    const rows = workbench.webview().locator('.wi-row--message');
    await rows.filter({ hasText: 'RequestAgentLogin' }).first().waitFor();
  });

  it('is deleted by key, after a question', async () => {
    await recordings().row('wrong e-mails').click();
    await workbench.webview().locator('.wi-row--message').first().waitFor();
    await workbench.runCommand('Focus on Recordings View');
    await workbench.page.keyboard.press('Delete');
    await workbench.page.locator('.monaco-dialog-box').getByText('Delete', { exact: true }).click();
    await workbench.waitFor('it to be gone', async () =>
      (await recordings().rows()).every(({ label }) => label !== 'wrong e-mails'),
    );
  });
});
