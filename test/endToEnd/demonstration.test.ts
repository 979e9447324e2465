import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../environment/browser';
import { type Demonstration, startDemonstration } from '../environment/demonstration';
import { manifest } from '../environment/paths';
import { testedVsix } from '../environment/vsixUnderTest';
import { Workbench } from './support/workbench';

/** Name of the embedded server's scenario. */
const SCENARIO = 'First Look';

describe('the demonstration', () => {
  let browser: Browser;
  let demonstration: Demonstration;
  let workbench: Workbench;

  before(async () => {
    demonstration = await startDemonstration(testedVsix());
    browser = await openBrowser();
    workbench = await Workbench.open(browser, demonstration.vscode);
  });

  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
  });

  after(async () => {
    await browser.close();
    await demonstration.stop();
  });

  it('lets nobody in without the token', async () => {
    const { origin } = new URL(demonstration.address);
    const response = await fetch(origin);
    assert.equal(response.status, 403);
  });

  it('comes up with the Workbins view in front, connected to the embedded server', async () => {
    const rows = workbench.tree('Workbins');
    await rows.waitForRow('the server', ({ level, label, description }) => {
      return (
        level === 1 &&
        label.startsWith('ws://127.0.0.1:') &&
        description === `${SCENARIO} · connected`
      );
    });
    await rows.waitForRow('the first workbin', ({ level }) => level === 3);
    await workbench.waitFor('the status bar to name the server', async () =>
      (await workbench.statusBar()).some((text) => text.includes(SCENARIO)),
    );
    await workbench
      .tree('Recordings')
      .waitForRow('the recording of it', ({ label }) => label.endsWith(` ${SCENARIO}`));
    await workbench.screenshot('demonstration');
  });

  it('has the version that was packaged', async () => {
    const { displayName, name, publisher, version } = manifest();
    await workbench.runCommand('Extensions: Show Installed Extensions');
    const row = workbench.page.locator(`[data-extension-id="${publisher}.${name}"]`);
    await row.waitFor();
    const label = (await row.getAttribute('aria-label')) ?? '';
    assert.deepEqual(label.split(', ').slice(0, 2), [displayName, version]);
  });
});
