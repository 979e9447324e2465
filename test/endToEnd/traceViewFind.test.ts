import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { waitForEqual } from '../environment/waiting';
import { useTraceView } from './support/traceViewPage';

describe('find, time strip and statistics of the trace view in a browser', () => {
  const view = useTraceView();
  const { open, calls, waitForCall, selected } = view;
  let page: Page;

  beforeEach(() => {
    page = view.page();
  });

  const seq = () => selected().locator('.wi-row__seq').textContent();
  const hits = (text: string) => page.locator('.wi-find__count').filter({ hasText: text });
  const line = () => page.getByRole('combobox', { name: 'Filter' });
  const slider = () => page.getByRole('slider', { name: 'Time in the session' });
  const strip = async () => {
    const box = await slider().boundingBox();
    assert.ok(box !== null);
    return box;
  };
  const rangeCall = async () =>
    (await calls()).filter((call) => call.startsWith('setQuery') && call.includes('range')).at(-1);

  describe('find', () => {
    it('shows the first hit at once and goes from hit to hit, round at the ends', async () => {
      await open({ scenario: 'realistic', recording: 'file' });
      await page.keyboard.press('Control+f');
      await page.keyboard.type('contentchanged');
      await hits('1 of 4').waitFor();
      await waitForEqual(seq, '11');
      await page.keyboard.press('Enter');
      await hits('2 of 4').waitFor();
      await waitForEqual(seq, '12');
      await page.keyboard.press('F3');
      await hits('3 of 4').waitFor();
      await page.keyboard.press('Shift+F3');
      await hits('2 of 4').waitFor();
      await page.keyboard.press('Shift+Enter');
      await hits('1 of 4').waitFor();
      await page.keyboard.press('Shift+Enter');
      await hits('4 of 4').waitFor();
      await waitForEqual(seq, '15');
      const focused = await page.evaluate(() => document.activeElement?.className);
      assert.equal(focused, 'wi-find__input');
    });

    for (const theme of ['dark', 'light', 'hc', 'hc-light'] as const) {
      it(`covers neither lifelines nor rows (${theme})`, async () => {
        await open({ scenario: 'realistic', recording: 'file', theme });
        await page.keyboard.press('Control+f');
        await page.keyboard.type('EventAck');
        await hits('1 of 3').waitFor();
        const bar = await page.locator('.wi-find').boundingBox();
        const ladder = await page.locator('.wi-ladder').boundingBox();
        assert.ok(bar !== null && ladder !== null);
        assert.ok(bar.y + bar.height <= ladder.y, 'the ladder begins below the bar');
        await page.screenshot({ path: `out/screenshots/traceViewFind-${theme}.png` });
      });
    }

    it('marks the rows that were found, and stops at Escape', async () => {
      await open({ scenario: 'realistic', recording: 'file' });
      await page.getByRole('button', { name: 'Find' }).click();
      await page.keyboard.type('EventAck');
      await hits('1 of 3').waitFor();
      await page.locator('.wi-row[data-found]').nth(2).waitFor();
      await page.keyboard.press('Escape');
      await waitForCall('stopFind()');
      await page.locator('.wi-row[data-found]').first().waitFor({ state: 'detached' });
      await waitForEqual(() => page.locator('.wi-find').isVisible(), false);
    });

    it('tells how many hits there are so far while it looks on, and that there are none', async () => {
      await open({ scenario: 'realistic', recording: 'file' });
      await page.keyboard.press('Control+f');
      await page.keyboard.type('EventAck');
      await hits('1 of 3').waitFor();
      await page.evaluate(() => window.harness.progress('searching', 0.5));
      await hits('1 of 3+').waitFor();
      const bar = page.getByRole('progressbar', { name: 'Finding' });
      await waitForEqual(() => bar.getAttribute('aria-valuenow'), '50');
      await page.evaluate(() => window.harness.progress('searching', undefined));
      await page.keyboard.press('Control+a');
      await page.keyboard.type('nowhere');
      await hits('No hits').waitFor();
    });

    it('says that the filter hides a hit, goes on from there, and offers to clear it', async () => {
      await open({ scenario: 'realistic', recording: 'file' });
      await line().fill('outcome:failed');
      await page.keyboard.press('Enter');
      await page.locator('.wi-filter__count', { hasText: '4 of 37' }).waitFor();
      await page.keyboard.press('Control+f');
      await page.keyboard.type('contentchanged');
      await hits('1 of 4').waitFor();
      const note = page.getByText('The filter hides this message.');
      await note.waitFor();
      await page.keyboard.press('Enter');
      await hits('2 of 4').waitFor();
      await page.locator('.wi-find').getByRole('button', { name: 'Clear Filter' }).click();
      await selected().filter({ hasText: 'EventWorkbinContentChanged' }).waitFor();
      await waitForEqual(seq, '12');
      await note.waitFor({ state: 'hidden' });
    });
  });

  describe('the time strip', () => {
    it('leads to the time that is clicked, and follows a drag', async () => {
      await open({ scenario: 'synthetic', rows: 1_000_000, recording: 'file' });
      const { x, y, width } = await strip();
      const near = (share: number) =>
        page.waitForFunction((wanted) => {
          const row = document.querySelector('.wi-row--message');
          const index = Number(row?.getAttribute('aria-rowindex'));
          return Math.abs(index - wanted) < 3000;
        }, share * 1_000_000);
      await page.mouse.move(x + width / 2, y + 15);
      await page.mouse.down();
      await near(0.5);
      await page.mouse.move(x + width * 0.75, y + 15, { steps: 5 });
      await near(0.75);
      await page.mouse.up();
      const frame = await page.locator('.wi-strip__view').boundingBox();
      assert.ok(Math.abs((frame?.x ?? 0) - (x + width * 0.75)) < 8);
    });

    it('tells in words what is under the pointer and where the ladder stands', async () => {
      await open({ scenario: 'realistic', recording: 'file' });
      const { x, y, width } = await strip();
      await page.mouse.move(x + width * 0.0957, y + 15);
      await page.locator('.wi-strip__pointer', { hasText: /^00:02\.4\d\d: / }).waitFor();
      await page.waitForFunction(() =>
        /^\d\d:\d\d\.\d{3}: \d+ messages/.test(
          document.querySelector('.wi-strip__slider')?.getAttribute('aria-valuetext') ?? '',
        ),
      );
      const ends = page.locator('.wi-strip__start, .wi-strip__end');
      await waitForEqual(() => ends.allTextContents(), ['00:00.000', '00:25.423']);
    });

    for (const [how, shift, lane] of [
      ['with Shift', true, 15],
      ['in the lower lane', false, 40],
    ] as const) {
      it(`limits everything to a range that is dragged ${how}, and shows all again`, async () => {
        await open({ scenario: 'realistic', recording: 'file' });
        const { x, y, width } = await strip();
        if (shift) {
          await page.keyboard.down('Shift');
        }
        await page.mouse.move(x + width * 0.16, y + lane);
        await page.mouse.down();
        await page.mouse.move(x + width * 0.4, y + lane, { steps: 4 });
        await page.mouse.up();
        if (shift) {
          await page.keyboard.up('Shift');
        }
        await page.locator('.wi-filter__count', { hasText: '5 of 37 messages' }).waitFor();
        // The rows are drawn a frame after the count.
        const rows = page.locator('.wi-row--message .wi-row__seq');
        await waitForEqual(() => rows.allTextContents(), ['9', '10', '11', '12', '13']);
        await page.getByRole('button', { name: 'Show All Times' }).click();
        await page.locator('.wi-filter__count').waitFor({ state: 'hidden' });
        await page.getByRole('button', { name: 'Show All Times' }).waitFor({ state: 'hidden' });
      });
    }

    it('is moved and limited by keyboard', async () => {
      await open({ scenario: 'realistic', recording: 'file' });
      await slider().focus();
      await page.keyboard.press('Home');
      await waitForCall('rowAtTime(0)');
      await page.keyboard.press('PageDown');
      await waitForCall('rowAtTime(2542)');
      await page.keyboard.press('Shift+PageDown');
      await page.locator('.wi-strip__range').waitFor();
      const first = await rangeCall();
      assert.match(first ?? '', /"range":\{"from":2542\.\d+,"to":5084\.\d+\}/);
      await page.keyboard.press('Shift+ArrowLeft');
      await page.waitForFunction(
        (before) => window.harness.calls.filter((call) => call.includes('range')).at(-1) !== before,
        first,
      );
      assert.match((await rangeCall()) ?? '', /"to":4830\.\d+\}/);
      await page.keyboard.press('Delete');
      await page.locator('.wi-strip__range').waitFor({ state: 'hidden' });
    });

    it('goes on from the time that was chosen, though other rows come into view', async () => {
      await open({ scenario: 'realistic', recording: 'file' });
      const time = () => slider().getAttribute('aria-valuenow').then(Number);
      const frame = () => page.locator('.wi-strip__view').evaluate(({ style }) => style.width);
      await slider().focus();
      await page.keyboard.press('Home');
      await waitForCall('rowAtTime(0)');
      const before = await frame();
      await page.setViewportSize({ width: 1280, height: 420 });
      await page.waitForFunction(
        (width) => document.querySelector<HTMLElement>('.wi-strip__view')?.style.width !== width,
        before,
      );
      assert.equal(await time(), 0);
      await page.keyboard.press('Shift+PageDown');
      await page.locator('.wi-strip__range').waitFor();
      assert.match((await rangeCall()) ?? '', /"range":\{"from":0,"to":2542\.\d+\}/);
    });

    it('goes on from where the ladder stands once the reader has scrolled it', async () => {
      await open({ scenario: 'synthetic', rows: 100_000, recording: 'file' });
      const time = () => slider().getAttribute('aria-valuenow').then(Number);
      await slider().focus();
      await page.keyboard.press('Home');
      await waitForCall('rowAtTime(0)');
      assert.equal(await time(), 0);
      await page.locator('.wi-ladder').hover();
      await page.mouse.wheel(0, 60_000);
      await page.waitForFunction(
        () =>
          Number(document.querySelector('.wi-strip__slider')?.getAttribute('aria-valuenow')) > 1000,
      );
    });

    it('is asked for again at most twice a second while the trace grows', async () => {
      await open({ scenario: 'synthetic', rows: 1000, recording: 'live' });
      await page.waitForFunction(() =>
        window.harness.calls.some((call) => call.startsWith('getTimeStrip')),
      );
      const grown = await page.evaluate(async () => {
        const { harness } = window;
        const before = harness.calls.length;
        for (let round = 0; round < 20; round++) {
          harness.grow(10);
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        return harness.calls.slice(before).filter((call) => call.startsWith('getTimeStrip')).length;
      });
      assert.ok(grown >= 1 && grown <= 4, `asked ${grown} times`);
    });

    it('is drawn in the colours of the theme, and anew when the theme changes', async () => {
      await open({ scenario: 'realistic', recording: 'file' });
      await page.waitForFunction(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('.wi-strip__canvas');
        return canvas !== null && canvas.width > 900;
      });
      const has = (red: number, green: number, blue: number) =>
        page.waitForFunction(
          ([r, g, b]) => {
            const canvas = document.querySelector<HTMLCanvasElement>('.wi-strip__canvas');
            const { width = 1, height = 1 } = canvas ?? {};
            const copy = new OffscreenCanvas(width, height);
            const context = copy.getContext('2d', { willReadFrequently: true });
            context?.drawImage(canvas ?? copy, 0, 0);
            const data = context?.getImageData(0, 0, width, height).data;
            for (let at = 0; data !== undefined && at < data.length; at += 4) {
              if (
                data[at] === r &&
                data[at + 1] === g &&
                data[at + 2] === b &&
                data[at + 3] === 255
              ) {
                return true;
              }
            }
            return false;
          },
          [red, green, blue] as const,
        );
      await has(0xf1, 0x4c, 0x4c);
      await page.evaluate(() => {
        document.documentElement.style.setProperty('--vscode-editorError-foreground', '#12ab34');
      });
      await has(0x12, 0xab, 0x34);
    });
  });

  describe('statistics', () => {
    const subjects = () => page.locator('.wi-table tbody th').allTextContents();
    const openStatistics = async () => {
      await page.getByRole('button', { name: 'Statistics' }).click();
      await page.getByRole('table').waitFor();
    };

    it('counts by phase, workbin and agent, and all together', async () => {
      await open({ scenario: 'realistic', recording: 'file' });
      await openStatistics();
      const registration = page.getByRole('row').filter({ hasText: 'Registration' });
      const cells = await registration.locator('td').allTextContents();
      assert.deepEqual(cells.slice(0, 8), [
        '2',
        '0',
        '0',
        '0',
        '4.2 ms',
        '4.2 ms',
        '4.2 ms',
        '4.2 ms',
      ]);
      const total = await page.locator('.wi-table tfoot').locator('th, td').allTextContents();
      assert.deepEqual(total.slice(0, 5), ['All 8', '9', '2', '1', '3']);
      await page.getByRole('radio', { name: 'Agent', exact: true }).check();
      await page.getByRole('button', { name: 'kmiller' }).waitFor();
      assert.ok((await subjects()).includes('(no agent)'));
    });

    it('sorts by its headings', async () => {
      await open({ scenario: 'realistic', recording: 'file' });
      await openStatistics();
      await page.getByRole('button', { name: 'Max', exact: true }).click();
      const heading = page.getByRole('columnheader', { name: 'Max' });
      await waitForEqual(() => heading.getAttribute('aria-sort'), 'descending');
      const order = await subjects();
      assert.equal(order[0], 'Agent Gets Workbin Content');
      // What was never answered stands last, whichever way.
      assert.deepEqual(order.slice(-2), [
        'Agent Pulls Interaction',
        'Place Interaction in Workbin',
      ]);
      await page.getByRole('button', { name: 'Max', exact: true }).click();
      await waitForEqual(() => heading.getAttribute('aria-sort'), 'ascending');
      assert.equal((await subjects()).at(-1), 'Place Interaction in Workbin');
    });

    it('shows the phases of a row alone, by keyboard', async () => {
      await open({ scenario: 'realistic', recording: 'file' });
      await openStatistics();
      await page.locator('.wi-table__choice').first().focus();
      await page.keyboard.press('ArrowDown');
      const name = await page.evaluate(() => document.activeElement?.textContent);
      await page.keyboard.press('Enter');
      await page.waitForFunction(
        (filter) => document.querySelector<HTMLInputElement>('.wi-filter__input')?.value === filter,
        `phase:"${name ?? ''}"`,
      );
      await page.waitForFunction(
        () => document.querySelectorAll('.wi-table tbody tr').length === 1,
      );
    });

    it('closes by Escape and leaves nothing behind; the panel can be resized by keyboard', async () => {
      await open({ scenario: 'realistic', recording: 'file' });
      await openStatistics();
      const height = async () => (await page.locator('.wi-statistics').boundingBox())?.height ?? 0;
      const before = await height();
      await page.getByRole('separator', { name: 'Resize statistics' }).focus();
      await page.keyboard.press('ArrowUp');
      assert.equal(Math.round((await height()) - before), 24);
      await page.getByRole('radio', { name: 'Phase', exact: true }).focus();
      await page.keyboard.press('Escape');
      await page.locator('.wi-statistics').waitFor({ state: 'hidden' });
      const toggle = page.getByRole('button', { name: 'Statistics' });
      await waitForEqual(() => toggle.getAttribute('aria-pressed'), 'false');
    });

    it('says so when no phase is left', async () => {
      await open({ scenario: 'realistic', recording: 'file' });
      await openStatistics();
      await line().fill('name:/meta/*');
      await page.keyboard.press('Enter');
      await page.getByText('No phase begins in what the filter shows.').waitFor();
    });
  });
});
