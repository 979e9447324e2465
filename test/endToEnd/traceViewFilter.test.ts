import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { waitFor, waitForEqual } from '../environment/waiting';
import { useTraceView } from './support/traceViewPage';

describe('the filter of the trace view in a browser', () => {
  const view = useTraceView();
  const { open, calls, waitForCall, selected } = view;
  let page: Page;

  beforeEach(() => {
    page = view.page();
  });

  const line = () => page.getByRole('combobox', { name: 'Filter' });
  const names = () => page.locator('.wi-row--message .wi-row__name').allTextContents();
  const count = () => page.locator('.wi-filter__count');
  const options = () => page.locator('[role="option"]');
  const queries = async () => (await calls()).filter((call) => call.startsWith('setQuery'));
  const query = (filter: string, more = '') =>
    `setQuery({"filter":${JSON.stringify(filter)},"scope":"messages","order":"time"${more}}, undefined)`;
  const FAILED = [
    'RequestGetWorkbinContent',
    'EventError',
    'RequestCancelWorkbinNotifications',
    'EventError',
  ];

  it('is applied a moment after the last key, once', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.keyboard.press('/');
    await page.keyboard.type('outcome:failed');
    await waitForCall(query('outcome:failed'));
    await count().filter({ hasText: '4 of 37 messages' }).waitFor();
    await page
      .locator('.wi-row__name', { hasText: 'RequestAgentLogin' })
      .waitFor({ state: 'detached' });
    await waitForEqual(names, FAILED);
    await waitForEqual(queries, [query('outcome:failed')]);
  });

  it('is applied at once by Enter, cleared by its button, and given the focus by Ctrl+Shift+F', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.locator('.wi-row__name').first().click();
    await page.keyboard.press('Control+Shift+F');
    await page.keyboard.type('name:EventError');
    await page.keyboard.press('Enter');
    await count().filter({ hasText: '2 of 37 messages' }).waitFor();
    await page.getByRole('button', { name: 'Clear Filter' }).click();
    await count().waitFor({ state: 'hidden' });
    await waitForEqual(() => line().inputValue(), '');
    await waitFor('all messages', async () => (await names()).includes('RequestAgentLogin'));
  });

  it('keeps the selected message selected and in sight, also one that it hid meanwhile', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.locator('.wi-row__name', { hasText: 'RequestPull' }).click();
    await page.locator('.wi-details__name', { hasText: 'RequestPull' }).waitFor();
    const message = await page.evaluate(() =>
      window.harness.calls.filter((call) => call.startsWith('setCursor')).at(-1),
    );
    await line().fill('outcome:unanswered');
    await page.keyboard.press('Enter');
    await selected().filter({ hasText: 'RequestPull' }).waitFor();
    await line().fill('outcome:failed');
    await page.keyboard.press('Enter');
    await count().filter({ hasText: '4 of 37' }).waitFor();
    await page.waitForFunction(
      () => document.querySelector('.wi-row[aria-selected="true"]') === null,
    );
    assert.match((await page.locator('.wi-details__name').textContent()) ?? '', /RequestPull/);
    await line().fill('');
    await page.keyboard.press('Enter');
    await selected().filter({ hasText: 'RequestPull' }).waitFor();
    const cursor = (await calls()).filter((call) => call.startsWith('setCursor'));
    assert.deepEqual(new Set(cursor), new Set([message]));
  });

  it('puts the kept message in the middle of a million rows', async () => {
    await open({ scenario: 'synthetic', rows: 1_000_000, recording: 'file' });
    await page.evaluate(() => window.harness.reveal(700_002));
    await selected().waitFor();
    await line().fill('name:EventAck');
    await page.keyboard.press('Enter');
    await page.locator('.wi-filter__count', { hasText: '40,000 of 920,000 messages' }).waitFor();
    await selected()
      .locator('.wi-row__seq', { hasText: /^700003$/ })
      .waitFor();
    const box = await selected().boundingBox();
    assert.ok(box !== null && box.y > 300 && box.y < 650, `at ${box?.y ?? 'nowhere'}`);
  });

  it('says at the place what is wrong, and leaves the view as it was', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await line().fill('outcome:failed nme:Event*');
    await page.keyboard.press('Enter');
    const problem = page.getByRole('alert').filter({ hasText: 'There is no field “nme”' });
    await problem.waitFor();
    await waitForEqual(() => line().getAttribute('aria-invalid'), 'true');
    assert.equal(await line().getAttribute('aria-describedby'), await problem.getAttribute('id'));
    await waitForEqual(() => page.locator('.wi-filter__wrong').textContent(), 'nme');
    await waitFor('all messages', async () => (await names()).includes('RequestAgentLogin'));
    await line().fill('outcome:failed');
    await waitForEqual(() => line().getAttribute('aria-invalid'), null);
    await page.locator('.wi-filter__problem').waitFor({ state: 'hidden' });
  });

  it('underlines under the very letters, also where the line is scrolled', async () => {
    await page.setViewportSize({ width: 700, height: 600 });
    await open({ scenario: 'realistic', recording: 'file' });
    await line().fill(`${'outcome:failed '.repeat(12)}nme:Event`);
    await page.keyboard.press('Enter');
    const wrong = page.locator('.wi-filter__wrong');
    await wrong.waitFor();
    await line().press('Home');
    await line().press('End');
    await page.waitForFunction(() => {
      const input = document.querySelector('.wi-filter__input');
      const span = document.querySelector('.wi-filter__wrong');
      const right = input?.getBoundingClientRect().right ?? 0;
      const end = span?.getBoundingClientRect().right ?? Infinity;
      return end < right && end > right - 80;
    });
  });

  it('offers ways to go on: by keys, Tab and Enter take one, Escape closes', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await line().focus();
    await page.keyboard.press('Control+Space');
    await options().first().waitFor();
    await waitForEqual(() => line().getAttribute('aria-expanded'), 'true');
    await waitForEqual(() => line().getAttribute('aria-activedescendant'), 'wi-completion-0');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await waitForEqual(() => line().inputValue(), 'outcome:');
    await options().filter({ hasText: 'unanswered' }).waitFor();
    await page.keyboard.type('f');
    await options().nth(1).waitFor({ state: 'detached' });
    await page.keyboard.press('Tab');
    await waitForEqual(() => line().inputValue(), 'outcome:failed');
    await waitForEqual(() => line().getAttribute('aria-expanded'), 'false');
    await count().filter({ hasText: '4 of 37' }).waitFor();
    await page.keyboard.press('Control+Space');
    await options().first().waitFor();
    await page.keyboard.press('Escape');
    await options().first().waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await waitForEqual(() => line().evaluate((input) => input === document.activeElement), false);
  });

  it('takes a way to go on by mouse', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await line().fill('na');
    await options().filter({ hasText: 'Name of the message' }).click();
    await waitForEqual(() => line().inputValue(), 'name:');
    assert.ok(await line().evaluate((input) => input === document.activeElement));
  });

  it('goes through what was filtered for before with the arrows', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await line().focus();
    const shown = (text: string) =>
      page.waitForFunction(
        (wanted) => document.querySelector<HTMLInputElement>('.wi-filter__input')?.value === wanted,
        text,
      );
    await page.keyboard.press('ArrowUp');
    await shown('outcome:failed');
    await page.keyboard.press('ArrowUp');
    await shown('workbin:"Personal Drafts*"');
    await page.keyboard.press('ArrowDown');
    await shown('outcome:failed');
    await page.keyboard.press('Enter');
    await count().filter({ hasText: '4 of 37' }).waitFor();
  });

  it('remembers each line that was confirmed, and none that was typed on the way', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await line().focus();
    await page.keyboard.type('name:EventA');
    await waitForCall(query('name:EventA'));
    await page.keyboard.type('ck');
    await page.keyboard.press('Enter');
    await waitForCall('rememberFilter(name:EventAck)');
    await page.keyboard.type('*');
    await page.keyboard.press('Enter');
    await waitForCall('rememberFilter(name:EventAck*)');
    assert.deepEqual(
      (await calls()).filter((call) => call.startsWith('remember')),
      ['rememberFilter(name:EventAck)', 'rememberFilter(name:EventAck*)'],
    );
  });

  it('is kept under a name, used again, and forgotten', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await line().fill('name:EventError');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Save Filter' }).click();
    await page.getByRole('textbox', { name: 'Name for this filter' }).fill('Errors');
    await page.keyboard.press('Enter');
    await waitForCall('saveFilter(Errors, name:EventError)');
    await page.keyboard.press('Escape');
    await line().fill('');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Saved and Recent Filters' }).click();
    await page.getByRole('button', { name: 'Errors name:EventError' }).click();
    await count().filter({ hasText: '2 of 37' }).waitFor();
    await page.getByRole('button', { name: 'Saved and Recent Filters' }).click();
    await page.getByRole('button', { name: 'Forget Errors' }).click();
    await waitForCall('saveFilter(Errors, )');
    await page.getByRole('button', { name: 'Forget Errors' }).waitFor({ state: 'detached' });
  });

  it('shows whole phases where that is chosen', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await line().fill('name:EventError');
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: 'Whole phases' }).check();
    await count().filter({ hasText: '4 of 37' }).waitFor();
    await waitForEqual(names, FAILED);
  });

  it('says that nothing matches and offers to clear', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await line().fill('name:Nope');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
    // A line that is no filter is not what matches nothing.
    await line().fill('nope:1');
    await page.keyboard.press('Enter');
    await count().filter({ hasText: 'Still 0 of 37' }).waitFor();
    await page.getByText('No message matches “name:Nope”.').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Clear Filter' }).click();
    await page.locator('.wi-row--message').first().waitFor();
    await waitForEqual(() => line().inputValue(), '');
  });

  it('shows how far it has got, and can be stopped', async () => {
    await open({ scenario: 'realistic', recording: 'file', slow: true });
    await line().fill('name:EventError');
    await page.keyboard.press('Enter');
    await count().filter({ hasText: '2 of 37 messages · 40 %' }).waitFor();
    const bar = page.getByRole('progressbar', { name: 'Filtering' });
    await waitForEqual(() => bar.getAttribute('aria-valuenow'), '40');
    await page.getByRole('search').getByRole('button', { name: 'Cancel' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.wi-row--message').length > 10);
    await waitForEqual(() => line().inputValue(), '');
  });

  it('comes back with its order after the view was hidden', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await line().fill('outcome:failed');
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: 'By phase' }).check();
    await page.locator('.wi-row__name', { hasText: 'RequestCancelWorkbin' }).click();
    await page.waitForFunction(() => {
      const state = sessionStorage.getItem('state') ?? '';
      return state.includes('"phase"') && state.includes('selected');
    });
    await page.reload();
    await selected().filter({ hasText: 'RequestCancelWorkbin' }).waitFor();
    await waitForEqual(names, FAILED);
    await waitForEqual(() => line().inputValue(), 'outcome:failed');
    await waitForEqual(() => page.getByRole('radio', { name: 'By phase' }).isChecked(), true);
  });

  it('comes back with its time strip where nothing matches, to be widened again', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.locator('.wi-row__name', { hasText: 'RequestPull' }).click();
    await page.getByRole('radio', { name: 'By phase' }).check({ force: true });
    await line().fill('name:Nothing');
    await page.keyboard.press('Enter');
    await page.getByText(/^No message matches/).waitFor();
    await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('name:Nothing'));
    await page.reload();
    // What is selected is hidden, and is told of all the same.
    await page.locator('.wi-details__name', { hasText: 'RequestPull' }).waitFor();
    await page.getByText(/^No message matches/).waitFor();
    await page.locator('.wi-strip__end', { hasText: '00:25.423' }).waitFor();
  });

  it('shows the trace also where what it was limited to cannot be had again in time', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await line().fill('outcome:failed');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      (sessionStorage.getItem('state') ?? '').includes('outcome:failed'),
    );
    await open({ scenario: 'realistic', recording: 'file', fail: 'setQuery' });
    await page.getByText('could not be limited again in time').waitFor();
    await waitFor('more messages', async () => (await names()).length > FAILED.length);
  });

  it('by phase: opens and closes phases by mouse and keyboard, as a tree', async () => {
    await open({ scenario: 'realistic', recording: 'file' });
    await page.getByRole('radio', { name: 'By phase' }).check();
    const heading = page.locator('.wi-row--heading', { hasText: 'Agent Logs In' });
    await heading.and(page.locator('[aria-expanded="true"]')).waitFor();
    await heading.locator('.wi-heading__twist').click();
    await heading.and(page.locator('[aria-expanded="false"]')).waitFor();
    await waitFor('fewer messages', async () => !(await names()).includes('RequestAgentLogin'));
    await page.keyboard.press('ArrowRight');
    await page.locator('.wi-row__name', { hasText: 'RequestAgentLogin' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await selected().filter({ hasText: 'RequestAgentLogin' }).waitFor();
    await waitForEqual(() => selected().getAttribute('aria-level'), '2');
    await page.keyboard.press('ArrowLeft');
    await selected().filter({ hasText: 'Agent Logs In' }).waitFor();
    await page.keyboard.press('Enter');
    await heading.and(page.locator('[aria-expanded="false"]')).waitFor();
  });

  it('marks rows by the colour rule that they fit, and says so', async () => {
    await open({ scenario: 'realistic', recording: 'file', colours: true });
    const row = page.locator('.wi-row[data-colour="0"]').first();
    assert.match((await row.textContent()) ?? '', /EventError.*Marked red/);
    const stripe = await row.evaluate((root) => {
      const { backgroundColor, width } = getComputedStyle(root, '::before');
      return [backgroundColor, width];
    });
    assert.deepEqual(stripe, ['rgb(241, 76, 76)', '4px']);
  });

  it('lets reading the recording be stopped, with its first rows on the screen', async () => {
    await open({ scenario: 'realistic', recording: 'file', indexing: 0.31 });
    const bar = page.getByRole('progressbar', { name: 'Reading the recording' });
    await waitForEqual(() => bar.getAttribute('aria-valuenow'), '31');
    await waitFor('messages', async () => (await names()).length > 5);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await waitForCall('cancelIndexing()');
    await bar.waitFor({ state: 'hidden' });
  });
});
