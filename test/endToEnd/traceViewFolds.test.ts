import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { waitForEqual } from '../environment/waiting';
import { useTraceView } from './support/traceViewPage';

describe('folds, frames and phases of the trace view in a browser', () => {
  const view = useTraceView();
  const { open, calls, waitForCall, selected, focusedRow, scrollTo } = view;
  let page: Page;

  beforeEach(() => {
    page = view.page();
  });

  const foldRow = () => page.locator('.wi-row--fold');
  const foldedNames = () => page.locator('.wi-row--in-fold .wi-row__name').allTextContents();
  const FOLDED = [
    '/meta/handshake',
    '/meta/connect',
    '/meta/connect',
    '/meta/subscribe',
    '/meta/connect',
  ];

  it('opens a fold by its twistie and closes it again, without calling its messages new', async () => {
    await open({ scenario: 'realistic', recording: 'live' });
    await foldRow().waitFor();
    const rows = await page.locator('.wi-ladder').getAttribute('aria-rowcount');
    await page.locator('.wi-fold-twist').click();
    await page.locator('.wi-row--fold[aria-expanded="true"]').waitFor();
    await page.locator('.wi-row--in-fold').nth(4).waitFor();
    await waitForEqual(foldedNames, FOLDED);
    const levels = await page
      .locator('.wi-row--in-fold')
      .evaluateAll((all) => all.map((row) => row.getAttribute('aria-level')));
    assert.deepEqual([...new Set(levels)], ['2']);
    await waitForEqual(() => selected().getAttribute('aria-expanded'), 'true');
    await waitForEqual(() => page.locator('.wi-pill').isVisible(), false);
    await page.locator('.wi-fold-twist').click();
    await page.locator('.wi-row--fold[aria-expanded="false"]').waitFor();
    await waitForEqual(foldedNames, []);
    await waitForEqual(() => page.locator('.wi-ladder').getAttribute('aria-rowcount'), rows);
  });

  it('stops following when the last row is a fold and is opened', async () => {
    await open({ scenario: 'idle', recording: 'live' });
    const follow = page.getByRole('button', { name: 'Follow' });
    await foldRow().locator('.wi-fold__text').click();
    await waitForEqual(() => follow.getAttribute('aria-pressed'), 'true');
    await page.keyboard.press('Enter');
    await page.locator('.wi-row--in-fold').nth(4).waitFor();
    await waitForEqual(() => follow.getAttribute('aria-pressed'), 'false');
    await waitForEqual(() => page.locator('.wi-pill').isVisible(), false);
  });

  it('opens and closes a fold by keyboard, as a tree does', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await scrollTo(1);
    await foldRow().locator('.wi-fold__text').click();
    const row = await focusedRow();
    await page.keyboard.press('ArrowRight');
    await page.locator('.wi-row--fold[aria-expanded="true"]').waitFor();
    await waitForEqual(focusedRow, row);
    await page.keyboard.press('ArrowRight');
    await page.locator('.wi-details__name', { hasText: '/meta/handshake' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('.wi-details__name', { hasText: '/meta/connect' }).waitFor();
    await waitForEqual(focusedRow, (row ?? 0) + 2);
    await page.keyboard.press('ArrowLeft');
    await waitForEqual(focusedRow, row);
    await page.keyboard.press('ArrowLeft');
    await page.locator('.wi-row--fold[aria-expanded="false"]').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.wi-row--fold[aria-expanded="true"]').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.wi-row--fold[aria-expanded="false"]').waitFor();
  });

  /** Number of the first message in the scenario's fold: those after it stand in the same frame. */
  const FOLDED_FIRST = 21;

  it('opens the fold of a message that is revealed, and moves the cursor to no other', async () => {
    await open({ scenario: 'realistic', recording: 'file', delay: 20 });
    const before = (await calls()).length;
    // Before the fold opens another message stands where this one will.
    await page.evaluate((message) => window.harness.reveal(message), FOLDED_FIRST + 1);
    await page.locator('.wi-details__name', { hasText: '/meta/connect' }).waitFor();
    assert.match((await selected().getAttribute('class')) ?? '', /wi-row--in-fold/);
    const cursors = (await calls()).slice(before).filter((call) => call.startsWith('setCursor'));
    assert.deepEqual(cursors, [`setCursor(${FOLDED_FIRST + 1})`]);
  });

  it('lists the messages of a frame, and goes from one to the other', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.evaluate((message) => window.harness.reveal(message), FOLDED_FIRST);
    await page.getByRole('tab', { name: 'Frame' }).click();
    const listed = page.locator('.wi-frame__message');
    await listed.first().waitFor();
    await waitForEqual(
      () => listed.allTextContents(),
      FOLDED.map((name, place) => `${FOLDED_FIRST + place + 1}${name}`),
    );
    const current = page.locator('.wi-frame__message[aria-current="true"]');
    await waitForEqual(() => current.allTextContents(), [`${FOLDED_FIRST + 1}/meta/handshake`]);
    await listed.nth(3).focus();
    await page.keyboard.press('Enter');
    await page.locator('.wi-details__name', { hasText: '/meta/subscribe' }).waitFor();
    await waitForEqual(() => current.allTextContents(), [`${FOLDED_FIRST + 4}/meta/subscribe`]);
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await waitForEqual(focused, `${FOLDED_FIRST + 4}/meta/subscribe`);
    await waitForCall(`setCursor(${FOLDED_FIRST + 3})`);
  });

  it('shows the head of an HTTP frame as text, both forms of what a tap mapped, and leads to its other half', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await scrollTo(1);
    await page.locator('.wi-row__name', { hasText: '202 Accepted' }).click();
    await page.getByRole('tab', { name: 'Frame' }).click();
    const frame = page.locator('.wi-frame');
    await frame.waitFor();
    const facts = await frame.locator('> .wi-facts dd').allTextContents();
    assert.deepEqual(facts, [
      'HTTP response',
      '202 Accepted',
      'text, 1,204 characters; compressed on the wire, recorded decoded',
    ]);
    const headers = frame.locator('.wi-headers__list');
    await waitForEqual(() => headers.isVisible(), false);
    await frame.locator('summary', { hasText: '6 headers, 1 mapped by the tap' }).click();
    await waitForEqual(() => headers.isVisible(), true);
    assert.deepEqual(await headers.locator('dd').nth(2).locator('.wi-value').allTextContents(), [
      'WORKSPACE_SESSIONID=secret-1; Path=/; HttpOnly',
      'WORKSPACE_SESSIONID=secret-1; Path=/; Domain=gws.example; HttpOnly; Secure',
    ]);
    assert.equal(
      await headers.locator('dd').nth(4).textContent(),
      '<img src=x onerror="document.title=2">',
    );
    await waitForEqual(() => page.locator('img').count(), 0);
    await page.getByRole('button', { name: 'Go to Request' }).click();
    await page.locator('.wi-details__name', { hasText: 'RequestPlaceInWorkbin' }).waitFor();
    // Headers stay open from message to message.
    await waitForEqual(() => page.locator('.wi-headers__list').isVisible(), true);
    await page.getByRole('button', { name: 'Go to Response' }).click();
    await page.locator('.wi-details__name', { hasText: '202 Accepted' }).waitFor();
  });

  it('goes to the next phase among a million rows without reading them', async () => {
    await open({ scenario: 'synthetic', rows: 1_000_000, recording: 'file' });
    await page.evaluate(() => window.harness.reveal(700_003));
    await waitForCall('setCursor(700003)');
    const rows = async () => (await calls()).filter((call) => call.startsWith('getRows')).length;
    const before = await rows();
    await page.locator('.wi-ladder').focus();
    await page.keyboard.press(']');
    await page.waitForFunction(
      () =>
        document.querySelector('.wi-row[aria-selected="true"]')?.getAttribute('aria-rowindex') ===
        '700052',
    );
    assert.ok((await rows()) - before <= 2);
  });

  it('colours the rail of a message by how its phase ended', async () => {
    await open({ scenario: 'synthetic', rows: 1_000_000, recording: 'file' });
    await page.evaluate(() => window.harness.reveal(700_098));
    await waitForCall('setCursor(700098)');
    await selected().locator('.wi-row__rail.wi-outcome--failed').waitFor();
    await page.evaluate(() => window.harness.reveal(700_120));
    await waitForCall('setCursor(700120)');
    await selected().locator('.wi-row__rail.wi-outcome--completed').waitFor();
  });
});
