/** The trace view under an automatic check of accessibility, in all its states and themes. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { HarnessOptions } from '../support/webviewHarness/harness';
import { waitForEqual } from '../environment/waiting';
import { violationsIn } from './support/accessibility';
import { useTraceView } from './support/traceViewPage';

/** A state of the view: what is opened, and what is done there. */
interface State {
  readonly name: string;
  readonly options: HarnessOptions;
  readonly reach?: (page: Page) => Promise<void>;
}

const FILE = { scenario: 'realistic', recording: 'file' } as const;

const STATES: readonly State[] = [
  {
    name: 'rows and details',
    options: FILE,
    async reach(page) {
      await page.locator('.wi-row__name', { hasText: 'EventError' }).first().click();
      await page.locator('.wi-details__name', { hasText: 'EventError' }).waitFor();
    },
  },
  {
    name: 'a phase',
    options: FILE,
    async reach(page) {
      await page.locator('.wi-row--heading').nth(3).click();
      await page.locator('.wi-details').getByText('Agent Fails').first().waitFor();
    },
  },
  {
    name: 'attributes that are searched, and the menu of one',
    options: FILE,
    async reach(page) {
      await page.locator('.wi-row__name', { hasText: 'EventWorkbinContent' }).first().click();
      await page.getByRole('textbox', { name: 'Search attributes' }).fill('interaction');
      await page.locator('.wi-match').first().waitFor();
      await page.locator('.wi-tree__line').nth(1).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Copy Value' }).waitFor();
    },
  },
  {
    name: 'a frame as text',
    options: FILE,
    async reach(page) {
      await page.locator('.wi-row__name', { hasText: 'EventError' }).first().click();
      await page.getByRole('tab', { name: 'Frame' }).click();
      await page.locator('.wi-text__body .wi-secret').waitFor();
    },
  },
  {
    name: 'a frame in hexadecimal, with bytes selected',
    options: FILE,
    async reach(page) {
      await page.locator('.wi-row__name', { hasText: 'EventError' }).first().click();
      await page.getByRole('tab', { name: 'Frame' }).click();
      await page.getByRole('radio', { name: 'Hex' }).click();
      await page.locator('.wi-hex__byte', { hasText: '7b' }).first().click();
      await page.keyboard.press('Shift+ArrowDown');
      await page.locator('.wi-hex__byte--selected').first().waitFor();
    },
  },
  {
    name: 'what the phase of a message expects',
    options: FILE,
    async reach(page) {
      await page.locator('.wi-row__name', { hasText: 'EventError' }).first().click();
      await page.getByRole('tab', { name: 'Phase' }).click();
      await page.locator('.wi-steps__step').first().waitFor();
    },
  },
  {
    name: 'live, coloured, with problems',
    options: { scenario: 'realistic', recording: 'live', colours: true, problem: 'Torn line.' },
  },
  {
    name: 'the ways to go on with a filter',
    options: FILE,
    async reach(page) {
      await page.locator('.wi-filter__input').fill('out');
      await page.locator('[role="option"]').first().waitFor();
    },
  },
  {
    name: 'a filter that is none',
    options: FILE,
    async reach(page) {
      await page.locator('.wi-filter__input').fill('outcom:failed');
      await page.keyboard.press('Enter');
      await page.locator('.wi-filter__problem').waitFor();
    },
  },
  {
    name: 'nothing that matches',
    options: FILE,
    async reach(page) {
      await page.locator('.wi-filter__input').fill('name:Nothing');
      await page.keyboard.press('Enter');
      await page.getByText('Nothing matches').waitFor();
    },
  },
  {
    name: 'find',
    options: FILE,
    async reach(page) {
      await page.keyboard.press('Control+f');
      await page.keyboard.type('Event');
      await page.locator('.wi-row[data-found]').first().waitFor();
    },
  },
  {
    name: 'statistics',
    options: FILE,
    async reach(page) {
      await page.getByRole('button', { name: 'Statistics' }).click();
      await page.locator('.wi-statistics table, .wi-statistics [role="table"]').first().waitFor();
    },
  },
  {
    name: 'playing',
    options: FILE,
    async reach(page) {
      await page.getByLabel('Speed').selectOption('0.1');
      await page.getByRole('button', { name: 'Play', exact: true }).click();
      await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    },
  },
  {
    name: 'all keys',
    options: FILE,
    async reach(page) {
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    },
  },
  { name: 'an empty live trace', options: { scenario: 'synthetic', recording: 'live' } },
  { name: 'a recording that is read', options: { ...FILE, indexing: 0.4 } },
  { name: 'a trace that cannot be shown', options: { ...FILE, fail: 'open' } },
];

describe('accessibility of the trace view in a browser', () => {
  const view = useTraceView();
  const violations = () => violationsIn(view.page());

  for (const theme of ['dark', 'light', 'hc', 'hc-light'] as const) {
    for (const { name, options, reach } of STATES) {
      it(`${name} (${theme})`, async () => {
        await view.open({ ...options, theme });
        await reach?.(view.page());
        assert.deepEqual(await violations(), []);
      });
    }
  }

  it('finds what is wrong: a button without a name', async () => {
    await view.open(FILE);
    await view.page().evaluate(() => document.body.append(document.createElement('button')));
    assert.match((await violations()).join(), /button-name/);
  });

  it('says how a phase ended, and what a message is, in words and by shape', async () => {
    await view.open(FILE);
    const page = view.page();
    const failed = page.locator('.wi-row--heading', { hasText: 'Agent Fails' });
    assert.match((await failed.textContent()) ?? '', /Failed/);
    await waitForEqual(() => failed.locator('svg[data-icon="error"]').count(), 1);
    const error = page.locator('.wi-row--message', { hasText: 'EventError' }).first();
    await waitForEqual(() => error.locator('.wi-arrow--error').count(), 1);
    assert.match((await error.textContent()) ?? '', /answer/i);
  });
});
