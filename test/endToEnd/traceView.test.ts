import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { waitForEqual } from '../environment/waiting';
import { useTraceView } from './support/traceViewPage';

/** Rows that fit in the viewport of these tests, and those that may exist beside them. */
const MOST_ROWS = 60;

describe('the trace view in a browser', () => {
  const view = useTraceView();
  const { open, calls, waitForCall, selected, focusedRow, scrollTo } = view;
  let page: Page;

  beforeEach(() => {
    page = view.page();
  });

  const rowCount = () => page.locator('.wi-ladder__rows > .wi-row').count();

  for (const rows of [1_000_000, 10_000_000]) {
    it(`holds a screenful of ${rows} rows, wherever it is scrolled`, async () => {
      await open({ scenario: 'synthetic', rows, recording: 'file' });
      const counts: number[] = [];
      for (const share of [0, 0.25, 0.5, 0.75, 1]) {
        await scrollTo(share);
        const near = Math.round(rows * share);
        await page.waitForFunction(
          ([to, around]) => {
            const shown = [...document.querySelectorAll('.wi-row--message')];
            const numbers = shown.map((row) => Number(row.getAttribute('aria-rowindex')) - 2);
            return numbers.some((number) => Math.abs(number - to) < around);
          },
          [near, rows / 50] as const,
        );
        counts.push(await rowCount());
      }
      assert.ok(Math.max(...counts) <= MOST_ROWS, `rows in the page: ${counts.join(', ')}`);
      const last = page.locator(`.wi-row[aria-rowindex="${rows + 1}"] .wi-row__seq`);
      await waitForEqual(() => last.textContent(), String(rows));
      assert.equal(
        await page.locator('.wi-ladder').getAttribute('aria-rowcount'),
        String(rows + 1),
      );
    });
  }

  it('moves by the wheel as many pixels as the wheel says, also among ten million rows', async () => {
    await open({ scenario: 'synthetic', rows: 10_000_000, recording: 'file' });
    await scrollTo(0.5);
    const middle = await page.waitForFunction(() => {
      const row = document.querySelectorAll('.wi-row--message')[20];
      const rowIndex = row?.getAttribute('aria-rowindex') ?? '';
      return Number(rowIndex) > 4_000_000 ? rowIndex : undefined;
    });
    const index = await middle.jsonValue();
    const before = await page.locator(`.wi-row[aria-rowindex="${index ?? ''}"]`).boundingBox();
    await page.mouse.move(300, 400);
    await page.mouse.wheel(0, 100);
    await page.waitForFunction(
      ([rowIndex, y]) => {
        const element = document.querySelector(`.wi-row[aria-rowindex="${rowIndex}"]`);
        const top = element?.getBoundingClientRect().y ?? 0;
        return Math.abs(top - (y - 100)) <= 1;
      },
      [index ?? '', before?.y ?? 0] as const,
    );
  });

  it('shows what the host sent as text, never as markup', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    const names = await page.locator('.wi-row__name').allTextContents();
    assert.ok(names.includes('<img src=x onerror="document.title=1">'));
    await page.locator('.wi-row__name', { hasText: /^EventWorkbinContent$/ }).click();
    const closedList = page.locator('.wi-tree__line', { hasText: 'interactionUserData' }).first();
    await closedList.click();
    const value = page.locator('.wi-tree__line', { hasText: 'Subject' }).locator('.wi-value');
    assert.equal(
      await value.first().textContent(),
      'Invoice 4711 was charged twice <b>please</b> refund',
    );
    await waitForEqual(() => page.locator('img, b').count(), 0);
    await waitForEqual(() => page.title(), 'Trace view');
  });

  it('is read by a screen reader as a grid with a direction in words', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    const row = page.getByRole('row').filter({ hasText: 'RequestGetWorkbinContent' }).first();
    const cells = await row.getByRole('gridcell').allTextContents();
    assert.deepEqual(cells.slice(1), [
      '00:01.578',
      '5',
      'RequestGetWorkbinContent. Request, from Agent application to Interaction Server',
      '3',
      'Personal Drafts@Agent kmiller',
      '',
    ]);
  });

  it('selects by mouse and keyboard; the cursor and the details follow', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.locator('.wi-row__name', { hasText: 'RequestAgentLogin' }).click();
    await waitForCall('chosen(2)');
    await waitForEqual(focusedRow, 5);
    await page.keyboard.press('ArrowDown');
    await waitForCall('chosen(3)');
    await page.locator('.wi-details__name', { hasText: 'EventAck' }).waitFor();
    await page.keyboard.press(']');
    await page.locator('.wi-details__name', { hasText: 'Agent Gets Workbin Content' }).waitFor();
    await waitForEqual(focusedRow, 7);
    await page.keyboard.press('[');
    await page.locator('.wi-details__name', { hasText: 'Agent Logs In' }).waitFor();
    await waitForCall('findHeading(7, -1)');
    await page.keyboard.press('End');
    assert.match((await selected().textContent()) ?? '', /End of the recording/);
    await page.keyboard.press('Home');
    await waitForEqual(focusedRow, 0);
  });

  it('goes into the details with Enter and back with Escape, and copies the message', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.locator('.wi-row__name', { hasText: /^EventWorkbinContent$/ }).click();
    await page.locator('.wi-tree__line').first().waitFor();
    await page.keyboard.press('Enter');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('role'));
    await waitForEqual(focused, 'treeitem');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await waitForEqual(
      () => page.locator('.wi-tree__line:focus').getAttribute('aria-expanded'),
      'false',
    );
    await page.keyboard.press('Escape');
    await waitForEqual(focused, 'row');
    await page.keyboard.press('Control+c');
    await waitForCall('copyMessage(5)');
    await page.getByRole('button', { name: 'Open Body' }).click();
    await waitForCall('openBody(5)');
  });

  it('keeps hearing keys when the selected row is scrolled away', async () => {
    await open({ scenario: 'synthetic', rows: 100_000, recording: 'file' });
    await page.locator('.wi-row__name').nth(3).click();
    const index = await focusedRow();
    await scrollTo(0.5);
    await page.waitForFunction(() => document.activeElement?.className === 'wi-ladder');
    await page.keyboard.press('ArrowDown');
    await waitForEqual(focusedRow, (index ?? 0) + 1);
  });

  it('follows a live trace until the reader looks elsewhere, and leads back', async () => {
    await open({ scenario: 'synthetic', rows: 5000, recording: 'live' });
    const lastRow = (rows: number) => page.locator(`.wi-row[aria-rowindex="${rows + 1}"]`);
    await lastRow(5000).waitFor();
    await page.evaluate(() => window.harness.grow(50));
    await lastRow(5050).waitFor();
    await page.setViewportSize({ width: 1280, height: 500 });
    await page.waitForFunction(() => {
      const row = document.querySelector('.wi-row[aria-rowindex="5051"]');
      return (row?.getBoundingClientRect().bottom ?? 1000) <= 500;
    });
    await page.mouse.move(300, 400);
    await page.mouse.wheel(0, -2000);
    const follow = page.getByRole('button', { name: 'Follow' });
    await page.locator('button[aria-pressed="false"]', { hasText: 'Follow' }).waitFor();
    await page.evaluate(() => window.harness.grow(37));
    await page.getByRole('button', { name: '37 new rows – Jump to End' }).click();
    await lastRow(5087).waitFor();
    await waitForEqual(() => follow.getAttribute('aria-pressed'), 'true');
    await waitForEqual(() => page.locator('.wi-pill').isVisible(), false);
  });

  it('shows rows anew when those that were handed out have changed, and keeps them meanwhile', async () => {
    await open({ scenario: 'synthetic', rows: 5000, recording: 'file', delay: 30 });
    const asked = (await calls()).length;
    await page.evaluate(() => window.harness.change());
    await waitForEqual(() => page.locator('.wi-row--placeholder').count(), 0);
    await page.waitForFunction((before) => window.harness.calls.length > before, asked);
    assert.match((await calls()).at(-1) ?? '', /^getRows\(0, /);
  });

  it('selects and shows the message that the host reveals', async () => {
    await open({ scenario: 'synthetic', rows: 1_000_000, recording: 'file' });
    await page.evaluate(() => window.harness.reveal(700_003));
    await waitForCall('setCursor(700003)');
    await waitForEqual(() => selected().locator('.wi-row__seq').textContent(), '700004');
    const box = await selected().boundingBox();
    assert.ok(box !== null && box.y > 200 && box.y < 600);
  });

  it('comes back to the same place after it was hidden', async () => {
    await open({ scenario: 'synthetic', rows: 1_000_000, recording: 'file' });
    await page.evaluate(() => window.harness.reveal(700_003));
    await waitForCall('setCursor(700003)');
    await page.waitForFunction(() => (sessionStorage.getItem('state') ?? '').includes('700003'));
    const before = await selected().boundingBox();
    await page.reload();
    await selected().waitFor();
    await page.locator('.wi-details__name').waitFor();
    const after = await selected().boundingBox();
    await waitForEqual(() => selected().locator('.wi-row__seq').textContent(), '700004');
    assert.ok(Math.abs((after?.y ?? 0) - (before?.y ?? 0)) < 30);
  });

  it('comes back to where the reader looked, with the details of what is selected elsewhere', async () => {
    await open({ scenario: 'synthetic', rows: 1_000_000, recording: 'file' });
    await page.locator('.wi-row--message').first().click();
    const details = page.locator('.wi-details__name');
    await details.waitFor();
    const name = (await details.textContent()) ?? '';
    await scrollTo(0.5);
    const near = () =>
      page.waitForFunction(() => {
        const row = document.querySelector('.wi-row--message');
        return Math.abs(Number(row?.getAttribute('aria-rowindex')) - 500_000) < 1000;
      });
    await near();
    await page.waitForFunction(() => {
      const state = JSON.parse(sessionStorage.getItem('state') ?? '{}') as { firstRow?: number };
      return (state.firstRow ?? 0) > 400_000;
    });
    await page.reload();
    await near();
    await details.filter({ hasText: name }).waitFor();
    await near();
  });

  it('has the phase or the gap selected again after it was hidden, while it still stands there', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    const kept = (what: string) =>
      page.waitForFunction((text) => sessionStorage.getItem('state')?.includes(text), what);
    await page.locator('.wi-row--message').first().click();
    await page.keyboard.press(']');
    await page.locator('.wi-details__name', { hasText: 'Agent Logs In' }).waitFor();
    await kept('"heading 1 begun"');
    await page.reload();
    await selected().filter({ hasText: 'Agent Logs In' }).waitFor();
    await page.locator('.wi-details__name', { hasText: 'Agent Logs In' }).waitFor();
    await selected().click();
    await page.keyboard.press('End');
    await kept('"mark end');
    await page.reload();
    await selected().filter({ hasText: 'End of the recording' }).waitFor();
    await page.evaluate(() => {
      const state = sessionStorage.getItem('state') ?? '';
      sessionStorage.setItem('state', state.replace('mark end', 'mark gap'));
    });
    await page.reload();
    await page.locator('.wi-row', { hasText: 'End of the recording' }).waitFor();
    await waitForEqual(() => selected().count(), 0);
  });

  it('says what failed in the host, and tries again when told to', async () => {
    await page.goto(
      view.harness().url({ scenario: 'synthetic', rows: 500, fail: 'getRows', recording: 'file' }),
    );
    const alert = page.getByRole('alert');
    await alert.waitFor();
    assert.match(
      (await alert.textContent()) ?? '',
      /Rows could not be read: scripted failure of getRows/,
    );
    await page.evaluate(() => window.harness.fail('getMessage', 'run'));
    await page.getByRole('button', { name: 'Try Again' }).click();
    await page.locator('.wi-row__name').first().click();
    const problem = page.locator('.wi-details__problem');
    await problem.waitFor();
    assert.match((await problem.textContent()) ?? '', /scripted failure of getMessage/);
  });

  it('says why a trace cannot be shown', async () => {
    await open({ fail: 'open' });
    await waitForEqual(
      () => page.locator('.wi-state__text').textContent(),
      'scripted failure of open',
    );
    await page.getByRole('button', { name: 'Show Log' }).click();
    await waitForCall('run(showLog)');
  });

  it('closes with the reason when the host says so', async () => {
    await open({ scenario: 'realistic' });
    await page.evaluate(() => window.harness.close('The recording was deleted.'));
    await page.locator('.wi-state__text', { hasText: 'The recording was deleted.' }).waitFor();
    await waitForEqual(() => page.locator('.wi-body').isVisible(), false);
  });

  it('says what to do while there are no messages, and offers to pause and stop', async () => {
    await open({ scenario: 'synthetic', rows: 0, recording: 'live' });
    await waitForEqual(() => page.locator('.wi-state__title').textContent(), 'No messages yet');
    await page.getByRole('button', { name: 'Pause' }).click();
    await waitForCall('run(pause)');
    await page.getByRole('button', { name: 'Stop' }).click();
    await waitForCall('run(stop)');
  });

  it('keeps the wall clock through a reload', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    const clock = page.getByRole('radio', { name: 'Clock' });
    const time = () => page.locator('.wi-row--message .wi-row__time').first().textContent();
    await waitForEqual(time, '00:00.003');
    await clock.click();
    await page.waitForFunction(() => (sessionStorage.getItem('state') ?? '').includes('clock'));
    await page.reload();
    await page.locator('.wi-row--message').first().waitFor();
    await waitForEqual(() => clock.isChecked(), true);
    assert.match((await time()) ?? '', /^\d\d:\d\d:05\.123$/);
  });

  it('keeps the height of the details, where the view is narrow, beside their width', async () => {
    await page.setViewportSize({ width: 700, height: 800 });
    await open({ scenario: 'realistic', recording: 'file' });
    const height = async () => (await page.locator('.wi-details').boundingBox())?.height ?? 0;
    const before = await height();
    await page.getByRole('separator').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    const higher = await height();
    await page.waitForFunction(() =>
      (sessionStorage.getItem('state') ?? '').includes('detailsHeight'),
    );
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(() =>
      (sessionStorage.getItem('state') ?? '').includes('detailsWidth'),
    );
    await page.setViewportSize({ width: 700, height: 800 });
    await page.reload();
    await page.locator('.wi-row--message').first().waitFor();
    assert.deepEqual([Math.round(higher - before), await height()], [48, higher]);
  });

  it('keeps the width of the details that was chosen by keyboard', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    const width = async () => (await page.locator('.wi-details').boundingBox())?.width ?? 0;
    const before = await width();
    await page.getByRole('separator').focus();
    await page.keyboard.press('ArrowLeft');
    const wider = await width();
    await page.waitForFunction(() =>
      (sessionStorage.getItem('state') ?? '').includes('detailsWidth'),
    );
    await page.reload();
    await page.locator('.wi-row--message').first().waitFor();
    assert.deepEqual([Math.round(wider - before), await width()], [24, wider]);
  });
});
