import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { waitForEqual } from '../environment/waiting';
import { useTraceView } from './support/traceViewPage';

describe('playback in the trace view in a browser', () => {
  const view = useTraceView();
  const { open, calls, waitForCall, selected } = view;
  let page: Page;

  beforeEach(() => {
    page = view.page();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const name = () => selected().locator('.wi-row__name').textContent();
  const seq = async () => Number(await selected().locator('.wi-row__seq').textContent());
  const waitForSeq = (at: number) =>
    page.locator('.wi-row[aria-selected="true"] .wi-row__seq', { hasText: String(at) }).waitFor();
  const position = () =>
    page.locator('.wi-position').evaluate((line) => line.getBoundingClientRect().left);
  /** Lets the page draw ten times. */
  const tenFrames = () =>
    page.evaluate(async () => {
      for (let left = 10; left > 0; left--) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    });
  const status = () => page.locator('[role="status"].wi-hidden').textContent();

  it('moves through the messages in recorded time, the tree’s cursor with it, and stops', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.getByLabel('Speed').selectOption('5');
    await button('Play').click();
    await button('Pause').waitFor();
    await page.waitForFunction(
      () => window.harness.calls.filter((call) => call.startsWith('setCursor')).length > 3,
    );
    // The tree need not select what is played.
    assert.deepEqual(
      (await calls()).filter((call) => call.startsWith('chosen')),
      [],
    );
    await button('Pause').click();
    const stopped = await seq();
    const asked = (await calls()).length;
    const first = await position();
    // Nothing runs on: the next frames ask for nothing.
    await tenFrames();
    const cursors = (all: readonly string[]) => all.filter((call) => call.startsWith('play'));
    assert.deepEqual(cursors((await calls()).slice(asked)), []);
    await waitForEqual(position, first);
    assert.ok(stopped > 1);
  });

  it('plays to the end and says so; playing again begins anew', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.getByLabel('Speed').selectOption('100');
    await button('Skip Pauses over 2 s').click();
    await button('Play').click();
    await page.getByText('Playback has come to the end').waitFor({ state: 'attached' });
    await button('Play').waitFor();
    await button('Play').click();
    await waitForCall('playStep(undefined, message, 1)');
    await button('Pause').waitFor();
  });

  it('steps through messages, phases and failures by keys, and says where there are no more', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.locator('.wi-row__name', { hasText: 'RequestRegisterClient' }).click();
    await page.keyboard.press('.');
    await waitForSeq(2);
    await waitForEqual(name, 'EventAck');
    await page.keyboard.press(',');
    await waitForSeq(1);
    await page.keyboard.press('>');
    await page.waitForFunction(() =>
      window.harness.calls.some((call) => call.includes('phase, 1')),
    );
    await page.waitForFunction(
      () =>
        document.querySelector('.wi-row[aria-selected="true"] .wi-row__name')?.textContent !==
        'RequestRegisterClient',
    );
    assert.match((await name()) ?? '', /^Request/);
    await page.keyboard.press('e');
    await page.locator('.wi-row[aria-selected="true"] .wi-row__error:visible').waitFor();
    assert.notEqual(await selected().locator('.wi-row__error').textContent(), '');
    const failed = await seq();
    await page.keyboard.press('Shift+E');
    await page.getByText('No failure before this place').waitFor({ state: 'attached' });
    await waitForEqual(seq, failed);
    await waitForEqual(status, 'No failure before this place');
  });

  it('goes where the line on the strip is dragged, and where the strip is clicked while it plays', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.locator('.wi-row__name').first().click();
    await page.locator('.wi-position').waitFor();
    const slider = page.getByRole('slider');
    const box = await slider.boundingBox();
    assert.ok(box !== null);
    const x = await position();
    await page.mouse.move(x + 1, box.y + 15);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + 15, { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction(
      () => window.harness.calls.filter((call) => call.startsWith('playAt')).length > 0,
    );
    await page.waitForFunction(
      () =>
        Number(document.querySelector('.wi-row[aria-selected="true"] .wi-row__seq')?.textContent) >
        3,
    );
    assert.ok(Math.abs((await position()) - (box.x + box.width / 2)) < 3);
    assert.equal(
      (await calls()).some((call) => call.startsWith('rowAtTime')),
      false,
    );
    await page.getByLabel('Speed').selectOption('0.1');
    await button('Play').click();
    await button('Pause').waitFor();
    await slider.click({ position: { x: box.width / 4, y: 15 } });
    await page.waitForFunction(
      (wanted) => {
        const line = document.querySelector('.wi-position')?.getBoundingClientRect();
        return line !== undefined && Math.abs(line.left - wanted) < 8;
      },
      box.x + box.width / 4,
    );
    await button('Pause').waitFor();
  });

  it('plays on from the row that is selected meanwhile', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.getByLabel('Speed').selectOption('0.1');
    await page.locator('.wi-row__name').first().click();
    await page.keyboard.press('Space');
    await button('Pause').waitFor();
    const before = await position();
    await page.locator('.wi-row__name').nth(8).click();
    await page.waitForFunction(
      (left) => (document.querySelector('.wi-position')?.getBoundingClientRect().left ?? 0) > left,
      before + 5,
    );
    await button('Pause').waitFor();
  });

  it('remembers speed and pauses through a reload, and changes the speed by keys', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.locator('.wi-row__name').first().click();
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await page.keyboard.press('-');
    await page.keyboard.press('+');
    await page.keyboard.press('i');
    await waitForEqual(() => page.getByLabel('Speed').inputValue(), '5');
    await page.waitForFunction(() =>
      (sessionStorage.getItem('state') ?? '').includes('"playSpeed":5,"skipPauses":true'),
    );
    await page.reload();
    await page.locator('.wi-row--message').first().waitFor();
    await waitForEqual(() => page.getByLabel('Speed').inputValue(), '5');
    await waitForEqual(() => button('Skip Pauses over 2 s').getAttribute('aria-pressed'), 'true');
  });

  it('leaves signs to who writes, and Space to a button', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.keyboard.press('/');
    await page.keyboard.type('e.i');
    await waitForEqual(() => page.locator('.wi-filter input').first().inputValue(), 'e.i');
    assert.equal(
      (await calls()).some((call) => call.startsWith('play')),
      false,
    );
    await button('Play').focus();
    await page.keyboard.press('Space');
    await button('Pause').waitFor();
  });

  it('moves the line from message to message where the reader wants nothing to move', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open({ scenario: 'realistic', recording: 'file' });
    await page.getByLabel('Speed').selectOption('0.1');
    await page.locator('.wi-row__name').nth(1).click();
    const before = await position();
    await page.keyboard.press('Space');
    await button('Pause').waitFor();
    await tenFrames();
    await waitForEqual(position, before);
  });

  it('lists all keys over the view, and gives the focus back', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.locator('.wi-row__name').first().click();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await dialog.waitFor();
    // Once in the view itself, and once in VS Code.
    await waitForEqual(() => dialog.getByText('Next failure', { exact: true }).count(), 2);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal((await view.focusedRow()) !== undefined, true);
  });

  for (const theme of ['dark', 'light', 'hc', 'hc-light'] as const) {
    it(`looks right (${theme})`, async () => {
      await open({ scenario: 'realistic', recording: 'file', theme });
      await page.locator('.wi-row__name').nth(6).click();
      await page.keyboard.press('i');
      await page.locator('.wi-position').waitFor();
      await page.screenshot({ path: `out/screenshots/traceViewPlayback-${theme}.png` });
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await page.screenshot({ path: `out/screenshots/traceViewKeys-${theme}.png` });
    });
  }
});
