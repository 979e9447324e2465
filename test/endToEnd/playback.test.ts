/**
 * Playback in a real VS Code with the VSIX: a recording is played, the Workbins tree follows, and the editor's own keys
 * and commands lead from failure to failure.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { waitForEqual } from '../environment/waiting';
import { startProduct, type Product } from './support/product';

const NAME = 'morning.wbtrace';
const WORKBIN = { workbinTypeId: 'drafts', workbinAgentId: 'kmiller' };
/** Interactions that each content answer holds, a second after the one before. */
const CONTENTS = [1, 2, 3, 4];

/** A workbin whose content is asked for again and again, then one that is not known. */
function morning(): string {
  const lines: object[] = [
    {
      kind: 'header',
      format: 'wbtrace',
      version: 1,
      startedAt: '2026-11-22T09:14:05.120Z',
      writer: 'test',
      decoder: 1,
    },
    {
      kind: 'open',
      seq: 1,
      t: 0,
      c: 1,
      dialect: 'platform-sdk-json',
      server: 'ws://localhost:7300/',
      application: 'Agent desktop',
    },
  ];
  let reference = 0;
  const frame = (t: number, d: 'send' | 'receive', messageName: string, more: object): void => {
    const json = { messageName, referenceId: reference, proxyClientId: 1, ...more };
    lines.push({ kind: 'frame', seq: lines.length, t, c: 1, d, v: 'ws', json });
  };
  const ask = (t: number, workbin: object): void => {
    reference++;
    frame(t, 'send', 'RequestGetWorkbinContent', { workbin });
  };
  for (const [second, count] of CONTENTS.entries()) {
    ask(second * 1000, WORKBIN);
    const ids = Array.from({ length: count }, (_, place) => `0000${place}`);
    const interactions = Object.fromEntries(ids.map((id) => [id, { Subject: `Mail ${id}` }]));
    frame(second * 1000 + 20, 'receive', 'EventWorkbinContent', { interactions });
  }
  ask(65_000, { workbinTypeId: 'draughts', workbinAgentId: 'kmiller' });
  frame(65_020, 'receive', 'EventError', { errorCode: 33, errorDescription: 'No such workbin' });
  ask(66_000, WORKBIN);
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

describe('playback of a recording', function () {
  this.timeout(120_000);
  let product: Product;

  before(async () => {
    product = await startProduct();
    writeFileSync(path.join(product.profile.workspace, NAME), morning());
    const { workbench } = product;
    await workbench.showContainer('Workbin Inspector');
    await workbench.openFile(NAME);
    await view().locator('.wi-row--message').first().waitFor();
  });
  after(() => product.stop());
  afterEach(function () {
    return product.workbench.screenshotOfFailure(this.currentTest);
  });

  const view = () => product.workbench.webview();
  const button = (name: string) => view().getByRole('button', { name, exact: true });
  const selected = (text: string) =>
    view().locator('.wi-row[aria-selected="true"]', { hasText: text });
  const holds = async () => {
    const rows = await product.workbench.tree('Workbins').rows();
    const row = rows.find(({ label }) => label === 'drafts');
    return row === undefined ? undefined : row.description;
  };

  it('moves the tree with the messages, and stops at the end of what it skips to', async () => {
    const { workbench } = product;
    await view().locator('.wi-row--message').first().click();
    await view().getByLabel('Speed').selectOption('2');
    await button('Skip Pauses over 2 s').click();
    await button('Play').click();
    const seen: string[] = [];
    await workbench.waitFor('the tree to come to the last content', async () => {
      const now = await holds();
      if (now !== undefined && now !== seen.at(-1)) {
        seen.push(now);
      }
      return now?.startsWith('4') === true;
    });
    assert.ok(seen.filter((text) => /^[123]/.test(text)).length >= 2, seen.join(' | '));
    // A minute passes here in the recording.
    await button('Play').waitFor();
    await selected('01:06.000').waitFor();
    await workbench.screenshot('playback-dark');
  });

  it('goes from failure to failure by the editor’s key and by command', async () => {
    const { workbench } = product;
    await view().locator('.wi-row--message').first().click();
    await selected('RequestGetWorkbinContent').waitFor();
    await workbench.page.keyboard.press('F8');
    await selected('EventError').waitFor();
    await workbench.page.keyboard.press('Home');
    await view().locator('.wi-row[aria-rowindex="2"][aria-selected="true"]').waitFor();
    await workbench.runCommand('Workbin Inspector: Go to Next Failure');
    await selected('EventError').waitFor();
  });

  it('shows its keys, and takes the speed into a window that is loaded anew', async () => {
    const { workbench } = product;
    await workbench.runCommand('Workbin Inspector: Show Keys of the Trace View');
    await view().getByRole('dialog', { name: 'Keys' }).waitFor();
    await workbench.screenshot('keys-dark');
    await workbench.page.keyboard.press('Escape');
    await view().getByRole('dialog').waitFor({ state: 'hidden' });
    await workbench.reload();
    await view().locator('.wi-row--message').first().waitFor();
    await waitForEqual(() => view().getByLabel('Speed').inputValue(), '2');
  });
});
