import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { waitForEqual } from '../environment/waiting';
import { useTraceView } from './support/traceViewPage';

describe('bookmarks, notes and the menu of rows in a browser', () => {
  const view = useTraceView();
  const { open, calls, waitForCall, selected } = view;
  let page: Page;

  beforeEach(async () => {
    page = view.page();
    await open({ scenario: 'realistic', recording: 'file' });
  });

  const message = (index: number) => page.locator('.wi-row--message').nth(index);
  const menu = () => page.getByRole('menu', { name: 'Row' });
  const item = () => page.locator('.wi-context__item:focus');
  const bookmarked = () => page.locator('.wi-row[data-bookmarked]');
  const last = async (name: string) => (await calls()).findLast((call) => call.startsWith(name));

  it('sets a bookmark with B, shows it, and takes it away again', async () => {
    await message(2).click();
    await page.keyboard.press('b');
    await bookmarked().waitFor();
    assert.match((await bookmarked().textContent()) ?? '', /Bookmarked/);
    await page.keyboard.press('b');
    await bookmarked().waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await bookmarked().waitFor();
  });

  it('goes from bookmark to bookmark with F2, and round', async () => {
    for (const index of [1, 4]) {
      await message(index).click();
      await page.keyboard.press('b');
      await bookmarked()
        .nth(index === 1 ? 0 : 1)
        .waitFor();
    }
    const marks = await bookmarked().evaluateAll((all) =>
      all.map((row) => Number(row.getAttribute('aria-rowindex'))),
    );
    const walk: number[] = [];
    for (const keys of ['F2', 'F2', 'Shift+F2']) {
      const before = await selected().getAttribute('aria-rowindex');
      await page.keyboard.press(keys);
      await page.waitForFunction(
        (old) =>
          document.querySelector('.wi-row[aria-selected="true"]')?.getAttribute('aria-rowindex') !==
          old,
        before,
      );
      walk.push(Number(await selected().getAttribute('aria-rowindex')));
    }
    const [first, second] = marks.sort((a, b) => a - b);
    assert.deepEqual(walk, [first, second, first]);
  });

  it('writes a note that stands in the row, in its tooltip and in the details', async () => {
    await message(3).click();
    await page.keyboard.press('n');
    const text = page.locator('.wi-note__text');
    await text.fill('Answered by the wrong server?\nAsk operations');
    await page.keyboard.press('Control+Enter');
    await page.locator('.wi-row__note', { hasText: 'Answered by the wrong server? Ask' }).waitFor();
    assert.match((await message(3).locator('.wi-row__label').getAttribute('title')) ?? '', /Ask/);
    await page.locator('.wi-details__note-text', { hasText: 'Ask operations' }).waitFor();
    await page.getByRole('button', { name: 'Edit Note' }).click();
    assert.match(await text.inputValue(), /^Answered/);
    await page.keyboard.press('Escape');
    await waitForEqual(() => text.isVisible(), false);
    await page.waitForFunction(() => document.activeElement?.closest('.wi-row') !== null);
  });

  it('opens the menu by mouse on the row below it, and copies what is chosen', async () => {
    await message(2).click({ button: 'right' });
    await menu().waitFor();
    await waitForEqual(() => message(2).getAttribute('aria-selected'), 'true');
    await page.getByRole('menuitem', { name: 'Copy as Markdown' }).click();
    const index = Number(await message(2).getAttribute('aria-rowindex')) - 2;
    await waitForCall(
      `actOnRows({"kind":"copy","span":{"first":${index},"last":${index}},"format":"markdown"})`,
    );
    await waitForEqual(() => menu().isVisible(), false);
  });

  it('is complete by keyboard: opens, goes through, finds by letters, closes', async () => {
    await message(2).click();
    await page.keyboard.press('Shift+F10');
    await menu().waitFor();
    assert.match((await item().textContent()) ?? '', /^Bookmark/);
    await page.keyboard.press('ArrowUp');
    // The message names no workbin: what cannot be chosen is passed over.
    assert.match((await item().textContent()) ?? '', /^Export All Shown/);
    await page.keyboard.press('e');
    assert.match((await item().textContent()) ?? '', /^Export Selection/);
    await page.keyboard.press('e');
    assert.match((await item().textContent()) ?? '', /^Export Phase/);
    await page.keyboard.press('Escape');
    await waitForEqual(() => menu().isVisible(), false);
    await page.waitForFunction(() => document.activeElement?.closest('.wi-row') !== null);
  });

  it('selects a range with Shift and arrows or clicks, and copies it with Ctrl+C', async () => {
    await message(1).click();
    const first = Number(await message(1).getAttribute('aria-rowindex')) - 2;
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await waitForEqual(() => selected().count(), 3);
    await page.keyboard.press('Control+c');
    await waitForCall(
      `actOnRows({"kind":"copy","span":{"first":${first},"last":${first + 2}},"format":"row"})`,
    );
    await page.keyboard.press('ArrowDown');
    await waitForEqual(() => selected().count(), 1);
    await message(0).click({ modifiers: ['Shift'] });
    assert((await selected().count()) > 3);
  });

  it('keeps the selected range when the menu opens in it, and exports it', async () => {
    await message(1).click();
    await page.keyboard.press('Shift+ArrowDown');
    const rows = await selected().count();
    await message(1).click({ button: 'right' });
    await waitForEqual(() => selected().count(), rows);
    await page.getByRole('menuitem', { name: 'Export Selection…' }).click();
    await page.waitForFunction(() => window.harness.calls.some((call) => call.includes('"rows"')));
    assert.match((await last('actOnRows')) ?? '', /"export".*"rows"/);
  });

  it('does what commands of the editor ask for', async () => {
    await message(2).click();
    await page.evaluate(() => window.harness.perform('toggleBookmark'));
    await bookmarked().waitFor();
    await page.evaluate(() => window.harness.perform('exportShown'));
    await waitForCall('actOnRows({"kind":"export","scope":{"kind":"shown"}})');
  });
});
