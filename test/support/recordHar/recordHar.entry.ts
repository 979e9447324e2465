/**
 * Records the HAR files of the tests anew, each with its twin, from the embedded server with the browser of the
 * end-to-end tests: `node out/test/support/recordHar/recordHar.entry.js`, in the project's folder. Afterwards
 * `UPDATE_GOLDEN=1` writes the ladders of the new files. A browser that is held up tells times in a HAR file that are
 * not those of its protocol, and the tests fail: record again.
 */
import { writeFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startSimulator } from '../../../src/simulator/simulator';
import { SYSTEM_CLOCK } from '../../../src/simulator/systemClock';
import { openBrowser } from '../../environment/browser';
import { SILENT_LOGGER } from '../fakeClock';
import { startDeskServer } from './deskServer';
import { platformSdk, workspace, type Stage } from './scenarios';
import { TwinRecorder } from './twinRecorder';

const FOLDER = path.join(process.cwd(), 'test', 'unit', 'recording', 'har', 'fixtures');
/** Scripts of the page, which hold a client library, are no part of the traffic. */
const LEFT_OUT = /^blob:|\.js$/;
const TRAFFIC = /^(?!blob:)(?!.*\.js$)/;

async function record(
  browser: Browser,
  name: string,
  scenario: (stage: Stage) => Promise<void>,
): Promise<void> {
  const simulator = await startSimulator({
    clock: SYSTEM_CLOCK,
    logger: SILENT_LOGGER,
    workspace: true,
  });
  const desk = await startDeskServer(simulator.workspaceAddress ?? '');
  const har = path.join(FOLDER, `${name}.har`);
  const context = await browser.newContext({
    locale: 'en-GB',
    recordHar: { path: har, content: 'embed', urlFilter: TRAFFIC },
  });
  try {
    const page = await context.newPage();
    const twin = await TwinRecorder.start(page, LEFT_OUT);
    await scenario({ page, simulator, desk: desk.address });
    const lines = await twin.end();
    writeFileSync(
      path.join(FOLDER, `${name}.jsonl`),
      lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
  } finally {
    // Closing writes the HAR file.
    await context.close();
    await desk.close();
    await simulator.stop();
  }
  const { entries } = (JSON.parse(readFileSync(har, 'utf8')) as Har).log;
  process.stdout.write(`${name}: ${entries.length} entries\n`);
}

interface Har {
  readonly log: { readonly entries: readonly unknown[] };
}

async function main(): Promise<void> {
  const browser = await openBrowser();
  try {
    await record(browser, 'workspace', workspace);
    await record(browser, 'platform-sdk', platformSdk);
  } finally {
    await browser.close();
  }
}

void main();
