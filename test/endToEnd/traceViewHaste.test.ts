/** Who is quicker than the host loses nothing: what is pressed goes on from where the key before has led. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { waitForEqual } from '../environment/waiting';
import { useTraceView } from './support/traceViewPage';

/** Milliseconds of the host for each answer: many keys are pressed in that time. */
const SLOW = { scenario: 'realistic', recording: 'file', delay: 300 } as const;

describe('a reader who is quicker than the host, in a browser', () => {
  const view = useTraceView();
  const { open, selected } = view;
  let page: Page;

  beforeEach(async () => {
    page = view.page();
    await open(SLOW);
    await page.locator('.wi-row--message').first().click();
  });

  const seqOf = (row = selected()) => row.locator('.wi-row__seq').textContent();
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) {
      await page.keyboard.press(key);
    }
  };

  it('steps as often as was pressed', async () => {
    const before = Number(await seqOf());
    await press('.', '.', '.', ',');
    await waitForEqual(async () => Number(await seqOf()), before + 2);
  });

  it('goes over as many headings as was pressed', async () => {
    await press(']', ']', ']', '[');
    await waitForEqual(
      () => selected().locator('.wi-heading__title').textContent(),
      'Agent Gets Workbin Content',
    );
  });

  it('comes to the hit that was asked for, counted from the first', async () => {
    await press('Control+f');
    await page.keyboard.type('contentchanged');
    await press('Enter', 'Enter', 'F3');
    await page.locator('.wi-find__count', { hasText: '3 of 4' }).waitFor();
    await waitForEqual(seqOf, '14');
    await press('F3', 'F3', 'Shift+F3');
    await page.locator('.wi-find__count', { hasText: '4 of 4' }).waitFor();
  });

  it('keeps what is selected where a filter is none', async () => {
    await press('End', 'Home', 'ArrowDown', 'ArrowDown', 'Shift+ArrowDown');
    const rows = () => selected().allInnerTexts();
    const before = await rows();
    assert.equal(before.length, 2);
    const line = page.getByRole('combobox', { name: 'Filter' });
    await line.fill('nme:Event*');
    await line.press('Enter');
    await waitForEqual(rows, []);
    await page.getByRole('alert').filter({ hasText: 'There is no field “nme”' }).waitFor();
    await waitForEqual(rows, before);
  });
});
