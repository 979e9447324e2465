/** Runs the host tests in the extension host of a real VS Code. */
import * as path from 'node:path';
import { format } from 'node:util';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser';
import { type Counts, oneFailure } from './counts';
import { hostResultVariable, readHostResult } from './hostResult';
import { inProject, projectRoot } from './paths';
import type { VsCodeVersion } from './recipe';
import { createProfile, removeProfile, startVsCode, type VsCode } from './vsCode';

/** All host tests together take no longer. */
const limitMs = 15 * 60_000;

const testsModule = inProject('out', 'test', 'host', 'index.entry');

/** In the VS Code of the set-up, served and opened in its browser. */
export async function runHostTestsServed(version: VsCodeVersion): Promise<Counts> {
  const profile = createProfile('host-tests', {});
  const result = path.join(profile.home, 'result.json');
  const env = { [hostResultVariable]: result };
  try {
    const vscode = await startVsCode(profile, { smokeTestDriver: true, version, env });
    try {
      const browser = await openBrowser();
      const log = await runInPage(browser, vscode).finally(() => browser.close());
      return tellResult(result, `${log}\n${vscode.log()}`);
    } finally {
      await vscode.stop();
    }
  } finally {
    removeProfile(profile);
  }
}

/** In a desktop VS Code, which @vscode/test-electron downloads. */
export async function runHostTestsOnDesktop(): Promise<Counts> {
  const { runTests } = await import('@vscode/test-electron');
  const profile = createProfile('host-tests', {});
  const result = path.join(profile.home, 'result.json');
  try {
    const code = await runTests({
      extensionDevelopmentPath: projectRoot(),
      extensionTestsPath: testsModule,
      extensionTestsEnv: { [hostResultVariable]: result },
      launchArgs: [profile.workspace, '--user-data-dir', profile.userData, '--disable-extensions'],
    }).catch((error: unknown) => {
      console.error(String(error));
      return 1;
    });
    return tellResult(result, `VS Code ended with ${String(code)}.`);
  } finally {
    removeProfile(profile);
  }
}

/** Opens the page that makes VS Code run the tests, until they end. Returns what VS Code logged. */
async function runInPage(browser: Browser, vscode: VsCode): Promise<string> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const remote = (file: string): string =>
    `vscode-remote://127.0.0.1:${String(vscode.port)}${file.replaceAll(path.sep, '/')}`;
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', remote(projectRoot())],
    ['extensionTestsPath', remote(testsModule)],
  ]);
  const log: string[] = [];
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
    log.push(`${type}: ${format(...args)}`);
  });
  const ended = new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      log.push('The host tests did not end in time.');
      resolve();
    }, limitMs);
    page
      .exposeFunction('codeAutomationExit', () => {
        clearTimeout(timer);
        resolve();
      })
      .then(() => page.goto(`${vscode.address()}&payload=${encodeURIComponent(payload)}`))
      .catch((error: unknown) => {
        clearTimeout(timer);
        log.push(String(error));
        resolve();
      });
  });
  await ended;
  return log.join('\n');
}

/** Prints the report, or without one what the log says. */
function tellResult(file: string, log: string): Counts {
  const result = readHostResult(file);
  console.log(result?.report ?? `The host tests broke down.\n${log}`);
  return result?.counts ?? oneFailure;
}
