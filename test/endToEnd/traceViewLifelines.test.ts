import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { waitForEqual } from '../environment/waiting';
import { useTraceView } from './support/traceViewPage';

describe('lifelines of the trace view in a browser', () => {
  const view = useTraceView();
  const { open, calls } = view;
  let page: Page;

  beforeEach(() => {
    page = view.page();
  });

  const FOUR = { scenario: 'realistic', recording: 'file', applications: 3 } as const;
  /** Titles that are shown, from left to right. */
  const titles = () =>
    page.locator('.wi-lifeline:visible').evaluateAll((all) =>
      all
        .map((title) => ({ left: title.getBoundingClientRect().left, text: title.textContent }))
        .sort((one, other) => one.left - other.left)
        .map(({ text }) => text),
    );
  const lifeline = (name: string) => page.getByRole('button', { name, exact: true });
  const menu = () => page.getByRole('button', { name: /^Lifelines/ });
  const first = 'Agent application 1';
  const second = 'Agent application 2';
  const third = 'Agent application 3';
  const server = 'Interaction Server';

  it('moves one by keys and by dragging, keeps the order through a reload, and draws arrows there', async () => {
    await open(FOUR);
    await waitForEqual(titles, [first, server, second, third]);
    await lifeline(third).focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await waitForEqual(titles, [first, server, third, second]);
    // Waits until nothing moves any more: what stands around the rows comes after them.
    await lifeline(first).hover();
    const to = await lifeline(server).boundingBox();
    assert.ok(to !== null);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width, to.y + 8, { steps: 5 });
    await page.mouse.up();
    await waitForEqual(titles, [server, first, third, second]);
    // A request runs from the application to the server: to the left now.
    await page.waitForFunction(() => {
      const line = document.querySelector('.wi-arrow--request .wi-arrow__line');
      const [, start, end] = /^M(\d+) \d+H(\d+)/.exec(line?.getAttribute('d') ?? '') ?? [];
      return Number(end) < Number(start);
    });
    await page.waitForFunction(() =>
      (sessionStorage.getItem('state') ?? '').includes('"lifelineOrder":[1,0,3,2]'),
    );
    await page.reload();
    await page.locator('.wi-row--message').first().waitFor();
    await waitForEqual(titles, [server, first, third, second]);
  });

  it('hides one with its messages, says how many are hidden, and shows all again', async () => {
    await open(FOUR);
    await lifeline(third).focus();
    await page.keyboard.press('Delete');
    await page.getByText('1 hidden').waitFor();
    await waitForEqual(titles, [first, server, second]);
    assert.ok((await calls()).some((call) => call.includes('"hidden":[3]')));
    assert.ok((await page.locator('.wi-row--message').count()) > 5);
    await menu().click();
    const boxes = page.getByRole('group', { name: 'Lifelines' }).getByRole('checkbox');
    await waitForEqual(() => boxes.nth(3).isChecked(), false);
    await boxes.nth(2).uncheck();
    await page.getByText('2 hidden').waitFor();
    await waitForEqual(titles, [first, server]);
    await page.getByRole('button', { name: 'Show All', exact: true }).click();
    await page.locator('.wi-row--message').first().waitFor();
    await waitForEqual(titles, [first, server, second, third]);
    await page.keyboard.press('Escape');
    await waitForEqual(() => menu().getAttribute('aria-expanded'), 'false');
  });

  it('says so where nothing is left between those that are shown, and leads back', async () => {
    await open(FOUR);
    await lifeline(server).focus();
    await page.keyboard.press('Delete');
    await page.getByText('Nothing between these lifelines').waitFor();
    await page.getByRole('button', { name: 'Show Everything' }).click();
    await page.locator('.wi-row--message').first().waitFor();
    await waitForEqual(titles, [first, server, second, third]);
  });

  it('scrolls sideways where there are fifty', async () => {
    await open({ scenario: 'realistic', recording: 'file', applications: 49 });
    const wide = await page
      .locator('.wi-ladder')
      .evaluate((ladder) => ladder.scrollWidth > 3 * ladder.clientWidth);
    assert.equal(wide, true);
  });

  for (const theme of ['dark', 'light', 'hc', 'hc-light'] as const) {
    it(`looks right (${theme})`, async () => {
      await open({ ...FOUR, theme });
      await lifeline(third).focus();
      await page.keyboard.press('Delete');
      await page.getByText('1 hidden').waitFor();
      await menu().click();
      await page.screenshot({ path: `out/screenshots/traceViewLifelines-${theme}.png` });
    });
  }
});
