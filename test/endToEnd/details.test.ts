/** The details of a message in a real VS Code with the VSIX: its bytes, its phase, and two messages in the diff editor. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../environment/browser';
import {
  demonstrationSettings,
  startDemonstration,
  type Demonstration,
} from '../environment/demonstration';
import { testedVsix } from '../environment/vsixUnderTest';
import { Workbench } from './support/workbench';

describe('the details of a message in VS Code', () => {
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

  const view = () => workbench.webview();
  const row = (name: string) => view().locator('.wi-row--message', { hasText: name }).first();
  const show = async (name: string): Promise<void> => {
    await row(name).click();
    await view().locator('.wi-details__name', { hasText: name }).waitFor();
  };

  it('show the attributes of an event, system properties apart from attached data, and search them', async () => {
    await workbench.tree('Workbins').waitForRow('the workbin', ({ label, description }) => {
      return label === 'email-draft' && description.startsWith('not read');
    });
    await workbench.tree('Workbins').expand('email-draft');
    await workbench.runCommand('Workbin Inspector: Open Trace');
    await show('EventWorkbinContent');
    await view()
      .locator('.wi-tree__line--group', { hasText: 'System properties' })
      .first()
      .waitFor();
    await row('EventWorkbinContent').press('Enter');
    await workbench.page.keyboard.press('Control+f');
    await workbench.page.keyboard.type('mediatype');
    const count = view().locator('.wi-attributes__count', { hasText: /^1 of \d+$/ });
    await count.waitFor();
    await workbench.screenshot('details-attributes');
  });

  it('show the frame as text and byte by byte, as it crossed the wire', async () => {
    await view().getByRole('tab', { name: 'Frame' }).click();
    await view().locator('.wi-text__body', { hasText: '"messageName"' }).waitFor();
    await view().getByRole('radio', { name: 'Hex' }).click();
    const byte = (offset: number) => view().locator(`.wi-hex__byte[data-offset="${offset}"]`);
    await byte(0).filter({ hasText: '7b' }).waitFor();
    const signs = await view().locator('.wi-hex__signs').allTextContents();
    assert.match(signs.join(''), /^\{"messageName":"EventWorkbinContent"/);
    await byte(2).click();
    await workbench.page.keyboard.press('Shift+End');
    await view()
      .locator('.wi-hex__status', { hasText: /^[\d,]+ bytes selected, from offset 2$/ })
      .waitFor();
    await workbench.screenshot('details-hex');
  });

  it('show what the phase expects beside what came, and lead to its request', async () => {
    await view().getByRole('tab', { name: 'Phase' }).click();
    const steps = view().locator('.wi-steps__step');
    await steps.filter({ hasText: 'EventWorkbinContent completes it' }).waitFor();
    await view().locator('.wi-needs__need--met', { hasText: 'The agent is logged in' }).waitFor();
    await workbench.screenshot('details-phase');
    await steps.first().getByRole('button').click();
    await view().locator('.wi-details__name', { hasText: 'RequestGetWorkbinContent' }).waitFor();
  });

  it('open two messages in the diff editor, by keys and by the menu of a row', async () => {
    await row('RequestRegisterClient').click();
    await workbench.page.keyboard.press('d');
    await row('RequestAgentLogin').click();
    await workbench.page.keyboard.press('Shift+D');
    const diff = workbench.page.locator('.monaco-diff-editor');
    await diff.locator('.view-line', { hasText: 'RequestRegisterClient' }).first().waitFor();
    await diff.locator('.view-line', { hasText: 'RequestAgentLogin' }).first().waitFor();
    const title = (await workbench.editors()).find((text) => text.includes('↔')) ?? '';
    assert.match(title, /RequestRegisterClient #2 ↔ RequestAgentLogin #4 \(.+\.wbtrace\)/);
    await workbench.screenshot('details-compare');
    await workbench.runCommand('View: Close Editor');
    await row('RequestGetWorkbinContent').click({ button: 'right' });
    await view().getByRole('menuitem', { name: 'Compare With RequestRegisterClient #2' }).click();
    await diff.locator('.view-line', { hasText: 'RequestGetWorkbinContent' }).first().waitFor();
  });
});
