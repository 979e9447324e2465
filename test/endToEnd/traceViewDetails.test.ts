/** The details beside the ladder in a browser: attributes, frame, phase, times, comparing. */
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { projectRoot } from '../environment/paths';
import type { ThemeName } from '../support/webviewHarness/themes';
import { waitForEqual } from '../environment/waiting';
import { useTraceView } from './support/traceViewPage';

const THEMES: readonly ThemeName[] = ['dark', 'light', 'hc', 'hc-light'];

describe('the details of the trace view in a browser', () => {
  const view = useTraceView();
  let page: Page;

  beforeEach(() => {
    page = view.page();
  });

  const select = async (name: string): Promise<void> => {
    await page.locator('.wi-row--message', { hasText: name }).first().click();
    await page.locator('.wi-details__name', { hasText: name }).waitFor();
  };
  const tab = (name: string): Locator => page.getByRole('tab', { name });
  const lines = (text: string): Locator => page.locator('.wi-tree__line', { hasText: text });
  const search = (): Locator => page.getByRole('textbox', { name: 'Search attributes' });
  const screenshot = async (name: string): Promise<void> => {
    await page.screenshot({ path: path.join(projectRoot(), 'out/screenshots', `${name}.png`) });
  };

  it('search attributes: from the keyboard, with a count, in lists that are closed, and back', async () => {
    await view.open({ scenario: 'realistic', recording: 'file' });
    await select('EventWorkbinContent');
    await lines('interactions').first().click();
    await waitForEqual(() => lines('Subject').count(), 0);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('invoice');
    const status = page.locator('.wi-attributes__count');
    await waitForEqual(() => status.textContent(), '1 of 3');
    await waitForEqual(() => page.locator('.wi-match').first().textContent(), 'Invoice');
    await page.keyboard.press('Enter');
    await waitForEqual(() => status.textContent(), '2 of 3');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.press('Shift+Enter');
    await waitForEqual(() => status.textContent(), '3 of 3');
    await search().fill('nothing like it');
    await waitForEqual(() => status.textContent(), 'No match');
    await page.keyboard.press('Escape');
    await waitForEqual(() => page.locator('.wi-match').count(), 0);
    await waitForEqual(() => page.locator('.wi-tree__line:focus').count(), 1);
    await page.keyboard.press('/');
    await waitForEqual(() => search().evaluate((input) => input === document.activeElement), true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    assert.notEqual(await view.focusedRow(), undefined);
  });

  it('copy a value and a path, by keys and by menu', async () => {
    await view.open({ scenario: 'realistic', recording: 'file' });
    await select('EventWorkbinContent');
    await lines('interactionId').first().click();
    await page.keyboard.press('Control+c');
    await view.waitForCall('copyAttribute(5, 1.0.0)');
    await page.keyboard.press('Control+Shift+c');
    await view.waitForCall('copyPath($.interactions["0"].interactionId)');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Copy Path' }).waitFor();
    await screenshot('details-menu-dark');
    await page.keyboard.press('Escape');
    await lines('interactionMediatype').first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy Value' }).click();
    await view.waitForCall('copyAttribute(5, 1.0.1)');
  });

  it('keep lists open and closed from message to message of a name, and the chosen tab', async () => {
    await view.open({ scenario: 'realistic', recording: 'file' });
    await select('EventWorkbinContentChanged');
    await lines('workbin').first().click();
    await waitForEqual(() => lines('workbin').first().getAttribute('aria-expanded'), 'false');
    const rows = page.locator('.wi-row--message', { hasText: 'EventWorkbinContentChanged' });
    await rows.nth(1).click();
    const calls = await view.calls();
    await page.waitForFunction((before) => window.harness.calls.length >= before, calls.length);
    await waitForEqual(() => lines('workbin').first().getAttribute('aria-expanded'), 'false');
    await tab('Frame').click();
    await select('EventAck');
    await waitForEqual(() => tab('Frame').getAttribute('aria-selected'), 'true');
    await page.waitForFunction(() =>
      (sessionStorage.getItem('state') ?? '').includes('"detailsTab":"frame"'),
    );
    await page.reload();
    await select('EventAck');
    await waitForEqual(() => tab('Frame').getAttribute('aria-selected'), 'true');
  });

  it('show the body in hexadecimal, page by page however long it is, and copy what is selected', async () => {
    await view.open({ scenario: 'realistic', recording: 'file' });
    await select('EventWorkbinContent');
    await tab('Attributes').focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('.wi-text__body .wi-secret').waitFor();
    await page.getByRole('radio', { name: 'Hex' }).click();
    const first = page.locator('.wi-hex__line').first();
    await first.filter({ hasText: '{' }).waitFor();
    assert.match((await first.textContent()) ?? '', /^0{6}7b226d65/);
    await waitForEqual(() => page.locator('.wi-hex__byte.wi-hex__byte--secret').count(), 10);
    assert.ok((await page.locator('.wi-hex__line').count()) < 60, 'only what is on the screen');
    await page.locator('.wi-hex__byte').nth(1).click();
    await page.keyboard.press('Shift+ArrowRight');
    assert.match((await page.locator('.wi-hex__status').textContent()) ?? '', /^2 bytes selected/);
    await page.keyboard.press('Control+c');
    await view.waitForCall('copyFrameBytes(5, 1, 3, hex)');
    await page.keyboard.press('Control+Shift+c');
    await view.waitForCall('copyFrameBytes(5, 1, 3, text)');
    await page.keyboard.press('End');
    await page.locator('.wi-hex__line', { hasText: /^8954/ }).first().waitFor();
    const asked = (await view.calls()).filter((call) => call.startsWith('getFrameBytes'));
    assert.ok(asked.length < 8, `${asked.length} pages were asked for`);
    assert.match((await page.locator('.wi-hex__status').textContent()) ?? '', /^Offset 8,999,999/);
  });

  it('show what the phase expects beside what came, and go to a message of it', async () => {
    await view.open({ scenario: 'realistic', recording: 'file' });
    await select('EventWorkbinContentChanged');
    await tab('Phase').click();
    const steps = page.locator('.wi-steps__step');
    await steps.filter({ hasText: 'at each change' }).waitFor();
    await steps.getByText('(our reading, its name is from elsewhere)').waitFor();
    assert.match(
      (await page.locator('.wi-phase__source').textContent()) ?? '',
      /^Model: Genesys Events/,
    );
    assert.match((await steps.first().textContent()) ?? '', /RequestWorkbinNotifications#\d+ at/);
    await steps.first().getByRole('button').click();
    await page.locator('.wi-details__name', { hasText: 'RequestWorkbinNotifications' }).waitFor();
  });

  it('show the phase of a heading too, and say what could not be read', async () => {
    await view.open({ scenario: 'realistic', recording: 'file' });
    await page.locator('.wi-row--heading').first().click();
    await page.locator('.wi-steps__step', { hasText: 'Answer' }).waitFor();
    await page.evaluate(() => window.harness.fail('getPhase', 'getFrameText', 'getFrameBytes'));
    await select('EventAck');
    await tab('Phase').click();
    await page.getByText('The phase could not be read').waitFor();
    await tab('Frame').click();
    await page.getByText('The body could not be read').waitFor();
    await page.getByRole('radio', { name: 'Hex' }).click();
    await page.getByText('The body could not be read').waitFor();
  });

  it('select a message for compare and compare another with it, by keys and by menu', async () => {
    await view.open({ scenario: 'realistic', recording: 'file' });
    await select('RequestGetWorkbinContent');
    const compare = page.getByRole('button', { name: 'Compare' });
    await compare.click();
    const entry = page.getByRole('menuitem', { name: /^Compare With/ });
    await waitForEqual(() => entry.getAttribute('aria-disabled'), 'true');
    await page.keyboard.press('Escape');
    await view.selected().focus();
    await page.keyboard.press('d');
    await view.waitForCall('selectForCompare(4)');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+D');
    await view.waitForCall('compareWithSelected(5)');
    await compare.click();
    await entry.filter({ hasText: 'RequestGetWorkbinContent #5' }).click();
  });

  it('tell times since the request, and keep that through a reload', async () => {
    await view.open({ scenario: 'realistic', recording: 'file' });
    const times = () => page.locator('.wi-row--message .wi-row__time').allTextContents();
    const since = page.getByRole('radio', { name: 'Request', exact: true });
    await since.click();
    const first = async () => (await times()).slice(0, 3);
    await waitForEqual(first, ['↓ 3 ms', '+4.2 ms', '↓ 240 ms']);
    await page.waitForFunction(() => (sessionStorage.getItem('state') ?? '').includes('request'));
    await page.reload();
    await page.locator('.wi-row--message').first().waitFor();
    await waitForEqual(() => since.isChecked(), true);
  });

  for (const theme of THEMES) {
    it(`are pictured in ${theme}`, async () => {
      await view.open({ scenario: 'realistic', recording: 'file', theme });
      await select('EventWorkbinContentChanged');
      await page.keyboard.press('Enter');
      await page.keyboard.press('/');
      await page.keyboard.type('workbin');
      await screenshot(`details-attributes-${theme}`);
      await tab('Frame').click();
      await page.getByRole('radio', { name: 'Hex' }).click();
      await page.locator('.wi-hex__line', { hasText: '7b' }).first().waitFor();
      await page.locator('.wi-hex__byte').nth(3).click();
      await page.keyboard.press('Shift+ArrowDown');
      await screenshot(`details-hex-${theme}`);
      await tab('Phase').click();
      await page.locator('.wi-steps__step').first().waitFor();
      await screenshot(`details-phase-${theme}`);
    });
  }
});
