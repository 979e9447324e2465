/** How the room of the trace view is divided, in a browser: columns, details, statistics. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { waitForEqual } from '../environment/waiting';
import { useTraceView } from './support/traceViewPage';

declare global {
  interface Window {
    /** Every place that a lifeline was given, by its title. */
    places?: Record<string, string[]>;
    /** How many rows there were in the first picture. */
    firstRows?: number;
  }
}

describe('the room of the trace view in a browser', () => {
  const view = useTraceView();
  let page: Page;

  beforeEach(() => {
    page = view.page();
  });

  const REALISTIC = { scenario: 'realistic', recording: 'file' } as const;
  const separator = (name: string): Locator => page.getByRole('separator', { name });
  const size = async (part: string, side: 'width' | 'height'): Promise<number | undefined> => {
    const box = await page.locator(part).boundingBox();
    return box?.[side];
  };
  /** What a screen reader is told of a size, and of the room that it has. */
  const told = async (name: string): Promise<readonly string[]> => {
    const at = separator(name);
    const names = ['aria-orientation', 'aria-valuenow', 'aria-valuemax'];
    return Promise.all(names.map(async (each) => (await at.getAttribute(each)) ?? ''));
  };

  it('has the lifelines in their places from the first picture on', async () => {
    await page.addInitScript(() => {
      const places: Record<string, string[]> = {};
      window.places = places;
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          if (target instanceof HTMLElement && target.classList.contains('wi-lifeline')) {
            (places[target.textContent] ??= []).push(target.style.left);
          }
        }
      }).observe(document, { subtree: true, attributes: true, attributeFilter: ['style'] });
    });
    await view.open({ ...REALISTIC, applications: 3 });
    // What stands around the rows is there too, and nothing moves any more.
    await page.locator('.wi-lifeline').first().hover();
    await page.getByRole('button', { name: /^Lifelines/ }).hover();
    const places = await page.evaluate(() => Object.values(window.places ?? {}));
    assert.equal(places.length, 4);
    assert.deepEqual(
      places.filter((each) => new Set(each).size !== 1),
      [],
    );
  });

  it('draws first the rows that are seen, then those beyond the edges', async () => {
    await page.addInitScript(() => {
      new MutationObserver(() => {
        if (document.querySelector('.wi-app:not(.wi-app--first)') !== null) {
          window.firstRows ??= document.querySelectorAll('.wi-ladder__rows > .wi-row').length;
        }
      }).observe(document, { subtree: true, attributes: true, attributeFilter: ['class'] });
    });
    await view.open(REALISTIC);
    const first = await page.waitForFunction(() => window.firstRows);
    const seen = await page.locator('.wi-ladder').evaluate((ladder) => {
      const bottom = ladder.getBoundingClientRect().bottom;
      const all = Array.from(ladder.querySelectorAll('.wi-ladder__rows > .wi-row'));
      return all.filter((row) => row.getBoundingClientRect().top < bottom).length;
    });
    // One row may be cut off at the lower edge.
    assert.ok([seen, seen + 1].includes((await first.jsonValue()) ?? 0), `${seen} are seen`);
    await page.waitForFunction(
      (least) => document.querySelectorAll('.wi-ladder__rows > .wi-row').length >= least,
      seen + 6,
    );
  });

  it('gives details a share in whole pixels, the width that the reader chose, and their bounds', async () => {
    await page.setViewportSize({ width: 1101, height: 800 });
    await view.open(REALISTIC);
    const width = (): Promise<number | undefined> => size('.wi-details', 'width');
    await waitForEqual(width, 330);
    await waitForEqual(() => told('Resize details'), ['vertical', '330', '1101']);
    await separator('Resize details').focus();
    await page.keyboard.press('ArrowLeft');
    await waitForEqual(width, 354);
    await waitForEqual(() => told('Resize details'), ['vertical', '354', '1101']);
    await page.keyboard.press('Home');
    await waitForEqual(width, 220);
    await page.keyboard.press('End');
    await waitForEqual(width, 716);
    // Less room than was chosen: the ladder keeps its share, and gives it back.
    await page.setViewportSize({ width: 900, height: 800 });
    await waitForEqual(width, 585);
    await waitForEqual(() => told('Resize details'), ['vertical', '585', '900']);
    await page.setViewportSize({ width: 1101, height: 800 });
    await waitForEqual(width, 716);
    await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('716'));
    await page.reload();
    await waitForEqual(width, 716);
    await separator('Resize details').dblclick();
    await waitForEqual(width, 330);
  });

  it('gives details a height of their own where the view is narrow', async () => {
    await page.setViewportSize({ width: 700, height: 800 });
    await view.open(REALISTIC);
    const height = (): Promise<number | undefined> => size('.wi-details', 'height');
    const room = (await size('.wi-body', 'height')) ?? 0;
    await waitForEqual(height, Math.round(room * 0.42));
    await separator('Resize details').focus();
    await page.keyboard.press('Home');
    await waitForEqual(height, 120);
    await page.keyboard.press('ArrowUp');
    await waitForEqual(height, 144);
    await waitForEqual(() => told('Resize details'), ['horizontal', '144', String(room)]);
    // Beside the ladder there is a width of its own.
    await page.setViewportSize({ width: 1000, height: 800 });
    await waitForEqual(() => size('.wi-details', 'width'), 300);
    await waitForEqual(() => told('Resize details'), ['vertical', '300', '1000']);
  });

  it('gives statistics a height below the ladder', async () => {
    await view.open(REALISTIC);
    await page.getByRole('button', { name: /^Statistics/ }).click();
    const height = (): Promise<number | undefined> => size('.wi-statistics', 'height');
    const room = (await size('.wi-main', 'height')) ?? 0;
    await waitForEqual(height, Math.round(room * 0.42));
    await separator('Resize statistics').focus();
    await page.keyboard.press('ArrowDown');
    await waitForEqual(height, Math.round(room * 0.42) - 24);
    await separator('Resize statistics').dblclick();
    await waitForEqual(height, Math.round(room * 0.42));
  });
});
