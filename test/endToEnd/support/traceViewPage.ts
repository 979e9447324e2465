import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser } from '../../environment/browser';
import { projectRoot } from '../../environment/paths';
import {
  startHarness,
  type Harness,
  type HarnessOptions,
} from '../../support/webviewHarness/harness';

/** The trace view in a page of a real browser, new for each test. */
export interface TraceViewPage {
  /** The present test's page. */
  readonly page: () => Page;
  readonly harness: () => Harness;
  /** Opens the view and waits until it shows rows, or what stands instead of them. */
  readonly open: (options: HarnessOptions) => Promise<void>;
  /** Calls that the view made of its host. */
  readonly calls: () => Promise<readonly string[]>;
  readonly waitForCall: (call: string) => Promise<void>;
  readonly selected: () => Locator;
  /** Number of the row that has the focus, from 0; undefined when none has. */
  readonly focusedRow: () => Promise<number | undefined>;
  /** Scrolls as a reader who drags the thumb; 0..1. */
  readonly scrollTo: (share: number) => Promise<void>;
}

/** Sets up browser and page for the tests of a `describe`; a page that complains fails its test. */
export function useTraceView(): TraceViewPage {
  let harness: Harness;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  before(async () => {
    harness = await startHarness(projectRoot());
    browser = await openBrowser();
  });

  after(async () => {
    await browser.close();
    await harness.close();
  });

  beforeEach(async () => {
    complaints = [];
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
  });

  afterEach(async () => {
    await page.close();
    // Also what the page's policy forbids would stand here.
    assert.deepEqual(complaints, []);
  });

  return {
    page: () => page,
    harness: () => harness,
    async open(options) {
      await page.goto(harness.url(options));
      const state = page.locator('.wi-state__title:visible').filter({ hasNotText: 'Opening' });
      await page.locator('.wi-row--message').or(state).first().waitFor();
    },
    calls: () => page.evaluate(() => window.harness.calls),
    async waitForCall(call) {
      await page.waitForFunction((wanted) => window.harness.calls.includes(wanted), call);
    },
    selected: () => page.locator('.wi-row[aria-selected="true"]'),
    focusedRow: () =>
      page.evaluate(() => {
        const index = document.activeElement?.closest('.wi-row')?.getAttribute('aria-rowindex');
        return index === null || index === undefined ? undefined : Number(index) - 2;
      }),
    async scrollTo(share) {
      await page.locator('.wi-ladder').evaluate((ladder, to) => {
        ladder.scrollTop = (ladder.scrollHeight - ladder.clientHeight) * to;
      }, share);
    },
  };
}
