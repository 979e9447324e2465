/**
 * A recording of a day, in a real VS Code with the VSIX: opened, filtered, searched, looked at as a whole, counted,
 * and opened again without reading it.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { sidecarPath } from '../../src/recording/indexKeeper';
import { writeTraffic } from '../support/generateTraffic';
import type { TrafficTruth } from '../support/traffic/truth';
import { waitForEqual } from '../environment/waiting';
import { startProduct, type Product } from './support/product';

const MESSAGES = 60_000;
const NAME = 'day.wbtrace';

describe('a recording of a day', function () {
  this.timeout(120_000);
  let product: Product;
  let truth: TrafficTruth;
  let file: string;

  before(async () => {
    product = await startProduct();
    file = path.join(product.profile.workspace, NAME);
    truth = writeTraffic(file, MESSAGES, 7, { unhinted: 0.01 });
  });
  after(() => product.stop());

  const view = () => product.workbench.webview();
  const rows = (text: string | RegExp) => view().locator('.wi-row', { hasText: text });
  const line = () => view().locator('.wi-filter__input');
  const count = (text: RegExp) => view().locator('.wi-filter__count').filter({ hasText: text });
  const number = (value: number) => value.toLocaleString('en-US');

  async function filter(text: string): Promise<void> {
    await line().fill(text);
    await line().press('Enter');
  }

  it('opens', async () => {
    await product.workbench.openFile(NAME);
    await product.workbench.waitFor(
      'rows',
      async () => (await view().locator('.wi-row').count()) > 5,
    );
    await product.workbench.screenshot('large-opened-dark');
    await view()
      .locator('.wi-toolbar')
      .filter({ hasText: number(truth.messages) })
      .waitFor();
  });

  it('shows the messages that a filter lets through, and how many they are', async () => {
    await filter('name:EventError');
    await count(new RegExp(`^${number(truth.names.get('EventError') ?? 0)} of`)).waitFor();
    await waitForEqual(() => rows('EventWorkbinContentChanged').count(), 0);
    await rows('EventError').first().waitFor();
    await product.workbench.screenshot('large-filtered-dark');
  });

  it('shows whole phases, phase after phase', async () => {
    await view().getByRole('radio', { name: 'Whole phases' }).check({ force: true });
    await view().getByRole('radio', { name: 'By phase' }).check({ force: true });
    await rows('RequestWorkbinNotifications').first().waitFor();
    await rows('EventError').first().waitFor();
    await product.workbench.screenshot('large-phases-dark');
    await product.workbench.setTheme('Default Light Modern');
    await product.workbench.screenshot('large-phases-light');
    await product.workbench.setTheme('Default High Contrast');
    await product.workbench.screenshot('large-phases-high-contrast');
    await product.workbench.setTheme('Default High Contrast Light');
    await product.workbench.screenshot('large-phases-high-contrast-light');
    await product.workbench.setTheme('Default Dark Modern');
    await view().getByRole('radio', { name: 'By time' }).check({ force: true });
  });

  it('says at its place what is wrong with a line, and keeps what is shown', async () => {
    await filter('outcom:failed');
    await view().locator('.wi-filter__problem').filter({ hasText: 'outcome' }).waitFor();
    await product.workbench.screenshot('large-problem-dark');
    await filter('');
    await count(/./).waitFor({ state: 'hidden' });
  });

  it('finds a text in bodies that no name tells of', async () => {
    await line().press('Control+f');
    const find = view().locator('.wi-find__input');
    await find.fill('customer');
    await view()
      .locator('.wi-find__count')
      .filter({ hasText: /of [\d,]+$/ })
      .waitFor();
    await find.press('Enter');
    await view().locator('.wi-row[aria-selected="true"]').waitFor();
    await product.workbench.screenshot('large-found-dark');
    await find.press('Escape');
  });

  it('counts, and a row of the statistics filters', async () => {
    await view().getByRole('button', { name: 'Statistics' }).click();
    const row = view().locator('.wi-statistics tr', { hasText: 'Agent Gets Workbin Content' });
    await row.waitFor();
    await product.workbench.screenshot('large-statistics-dark');
    await row.click();
    await product.workbench.waitFor('the filter', async () =>
      (await line().inputValue()).includes('Agent Gets Workbin Content'),
    );
  });

  it('keeps an index beside it, and is there again after the window was loaded anew', async () => {
    await product.workbench.waitFor('the index', () =>
      Promise.resolve(existsSync(sidecarPath(file))),
    );
    await product.workbench.reload();
    await view()
      .locator('.wi-toolbar')
      .filter({ hasText: number(truth.messages) })
      .waitFor();
    await product.workbench.waitFor(
      'rows',
      async () => (await view().locator('.wi-row').count()) > 5,
    );
  });
});
