/** `npm run pictures`: takes the pictures of README and walkthrough anew, of the product as it is. */
import * as path from 'node:path';
import { Workbench, type Theme } from '../endToEnd/support/workbench';
import { openBrowser } from './browser';
import { packageVsix } from './build';
import { demonstrationSettings, startDemonstration } from './demonstration';
import { inProject } from './paths';
import { setUpTools } from './tools';
import { testedVsix } from './vsixUnderTest';

const WORKBIN = 'email-draft';

const themes: readonly (readonly [name: string, theme: Theme])[] = [
  ['dark', 'Default Dark Modern'],
  ['light', 'Default Light Modern'],
];

async function main(): Promise<void> {
  await setUpTools();
  await packageVsix(testedVsix());
  const demonstration = await startDemonstration(testedVsix());
  const browser = await openBrowser();
  try {
    const settings = { ...demonstrationSettings, 'window.commandCenter': false };
    const workbench = await Workbench.open(browser, demonstration.vscode, settings);
    await workbench.page.setViewportSize({ width: 1280, height: 760 });
    await arrange(workbench);
    for (const [name, theme] of themes) {
      await workbench.setTheme(theme);
      const picture = (file: string): string => inProject('media', 'readme', `${file}-${name}.png`);
      await workbench.page.screenshot({ path: picture('trace') });
      const sidebar = workbench.page.locator('.part.sidebar');
      await sidebar.screenshot({ path: picture('workbins') });
      console.log(`  ${path.dirname(picture('trace'))}: trace-${name}.png, workbins-${name}.png`);
    }
  } finally {
    await browser.close();
    await demonstration.stop();
  }
}

/** A workbin that was read, with notifications, a change of it, and the trace with that selected. */
async function arrange(workbench: Workbench): Promise<void> {
  const tree = workbench.tree('Workbins');
  const says = (what: string, holds: (description: string) => boolean) =>
    tree.waitForRow(what, ({ label, description }) => label === WORKBIN && holds(description));
  await says('the workbin', () => true);
  await workbench.page.getByRole('button', { name: 'OK', exact: true }).click();
  await tree.expand(WORKBIN);
  await says('how many it holds', (text) => /^\d+/.test(text));
  await tree.clickAction(WORKBIN, 'Request Notifications');
  await says('that it is subscribed', (text) => /(^|· )subscribed/.test(text));
  await workbench.runCommand('Workbin Inspector: Let Another Agent Place an Interaction');
  await workbench.runCommand('Workbin Inspector: Open Trace');
  const change = workbench.webview().locator('.wi-row', { hasText: 'EventWorkbinContentChanged' });
  await change.first().click();
  await workbench.webview().locator('.wi-details', { hasText: 'PlacedIn' }).waitFor();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
});
