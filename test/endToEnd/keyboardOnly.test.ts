/**
 * From connecting to the exported ladder without a mouse: nothing in here clicks or points. What has the focus is
 * looked at, as somebody does who hears it read out.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { startProduct, type Product } from './support/product';
import type { Workbench } from './support/workbench';

/** The tests of this suite are one path, in the order in which a person walks it. */
describe('by keyboard alone', () => {
  let product: Product;
  let workbench: Workbench;

  before(async () => {
    product = await startProduct({ 'workbinInspector.connection.tenant': 101 });
    ({ workbench } = product);
  });

  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
  });

  after(() => product.stop());

  const press = (key: string) => workbench.page.keyboard.press(key);
  const type = (text: string) => workbench.page.keyboard.type(text);
  const quickInput = () =>
    workbench.page.locator('.quick-input-widget:visible .quick-input-box input');
  const focusedRow = () => workbench.webview().locator('.wi-row:focus');

  /** Runs the command of that title, which stands first in the palette. */
  async function command(title: string): Promise<void> {
    const first = workbench.page.locator('.quick-input-list .monaco-list-row.focused');
    await workbench.waitFor(`the command ${title}`, async () => {
      await press('F1');
      await quickInput().waitFor();
      await press('Control+a');
      await type(`>${title}`);
      const found = await first
        .filter({ hasText: title })
        .waitFor({ timeout: 2000 })
        .then(
          () => true,
          () => false,
        );
      await press(found ? 'Enter' : 'Escape');
      return found;
    });
  }

  /** Waits for the step of that title and writes the answer. */
  async function step(title: string, text: string): Promise<void> {
    await workbench.page
      .locator('.quick-input-widget:visible .quick-input-title', { hasText: title })
      .waitFor();
    await press('Control+a');
    await type(text);
    await press('Enter');
  }

  it('connects', async () => {
    await command('Workbin Inspector: Connect…');
    await quickInput().waitFor();
    await type('Enter Address');
    await press('Enter');
    await step('Connect', product.simulator.address);
    await step('Connect: Agent', 'A1001');
    await step('Connect: Place', 'Desk-101');
    await workbench.waitFor('the connection', async () =>
      (await workbench.statusBar()).some((text) =>
        text.includes(new URL(product.simulator.address).host),
      ),
    );
  });

  it('opens a workbin in the tree, which gets its content, and asks for notifications by its menu', async () => {
    await command('Focus on Workbins View');
    await workbench
      .tree('Workbins')
      .waitForRow('the workbin', ({ label }) => label === 'team-email');
    // A tree without rows does not take the focus.
    await command('Focus on Workbins View');
    const tree = workbench.page.locator('.monaco-list[aria-label^="Workbins"]');
    const focused = tree.locator('.monaco-list-row.focused');
    await workbench.waitFor('the workbin to have the focus', async () => {
      await press('ArrowDown');
      return (await focused.filter({ hasText: 'team-email' }).count()) > 0;
    });
    await press('ArrowRight');
    await workbench.waitFor('its content', async () =>
      /team-email\s*\d+/.test((await focused.textContent()) ?? ''),
    );
    await press('Shift+F10');
    const item = workbench.page.locator('.context-view .action-item.focused');
    await workbench.waitFor('the entry of the menu', async () => {
      await press('ArrowDown');
      const text = (await item.textContent().catch(() => '')) ?? '';
      return text.trim() === 'Request Notifications';
    });
    await press('Enter');
    await workbench
      .tree('Workbins')
      .waitForRow(
        'that it is subscribed',
        ({ label, description }) => label === 'team-email' && /(^|· )subscribed/.test(description),
      );
  });

  it('reads the conversation: filter, rows, details and back', async () => {
    await command('Workbin Inspector: Open Trace');
    const view = workbench.webview();
    await view.locator('.wi-row--message').first().waitFor();
    await view.locator('.wi-ladder, [role=treegrid]').first().waitFor();
    await workbench.waitFor('the filter to have the focus', async () => {
      await press('/');
      return (await view.locator('.wi-filter__input:focus').count()) > 0;
    });
    await type('phase:"Agent Gets Workbin Content"');
    await press('Enter');
    const others = view.locator('.wi-row--message', { hasText: 'RequestRegisterClient' });
    await others.first().waitFor({ state: 'detached' });
    await press('Escape');
    await press('Home');
    await workbench.waitFor('a message to have the focus', async () => {
      await press('ArrowDown');
      return (await focusedRow().filter({ hasText: 'RequestGetWorkbinContent' }).count()) > 0;
    });
    await view.locator('.wi-details', { hasText: 'RequestGetWorkbinContent' }).waitFor();
    await press('Enter');
    await view.locator('.wi-details :focus').first().waitFor();
    await press('Escape');
    await focusedRow().waitFor();
  });

  it('exports the ladder to a file', async () => {
    await command('Workbin Inspector: Export Ladder…');
    await quickInput().waitFor();
    await type('Mermaid File');
    await press('Enter');
    const file = path.join(product.profile.workspace, 'ladder.mmd');
    await workbench.waitFor('the dialogue with its proposal', async () => {
      const value = await quickInput().inputValue();
      return value.startsWith(product.profile.workspace) && value.endsWith('.mmd');
    });
    await press('Control+a');
    await type(file);
    await workbench.waitFor('the file', async () => {
      // The dialogue may still be busy with what was typed before, and takes no answer then.
      if (await quickInput().isVisible()) {
        await press('Enter');
        await quickInput()
          .waitFor({ state: 'hidden', timeout: 1000 })
          .catch(() => undefined);
      }
      return existsSync(file);
    });
    const text = readFileSync(file, 'utf8');
    assert.match(text, /^sequenceDiagram\n/);
    assert.match(text, /RequestGetWorkbinContent/);
    // What the filter hides is not exported.
    assert.doesNotMatch(text, /RequestRegisterClient/);
  });
});
