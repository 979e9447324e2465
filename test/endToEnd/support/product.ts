/** The product as somebody has it who installed the VSIX: VS Code, the extension, a server to look at. */
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../environment/browser';
import { type SimulatorProcess, startSimulator } from '../../environment/simulatorProcess';
import {
  type Profile,
  type Settings,
  type VsCode,
  createProfile,
  installVsix,
  removeProfile,
  startVsCode,
} from '../../environment/vsCode';
import { testedVsix } from '../../environment/vsixUnderTest';
import { Workbench } from './workbench';

/** All that runs for one suite; `stop` ends it and removes its folders. */
export interface Product {
  readonly browser: Browser;
  readonly profile: Profile;
  readonly simulator: SimulatorProcess;
  readonly vscode: VsCode;
  readonly workbench: Workbench;
  stop(): Promise<void>;
}

/** Starts the embedded server with these arguments, installs the VSIX into a fresh profile, serves it and opens the window. */
export async function startProduct(
  settings: Settings = {},
  serverArguments: readonly string[] = [],
): Promise<Product> {
  const simulator = await startSimulator(serverArguments);
  const profile = createProfile('end-to-end', settings);
  await installVsix(profile, testedVsix());
  const vscode = await startVsCode(profile);
  const browser = await openBrowser();
  const workbench = await Workbench.open(browser, vscode, settings);
  return {
    browser,
    profile,
    simulator,
    vscode,
    workbench,
    stop: async () => {
      await browser.close();
      await vscode.stop();
      await simulator.stop();
      removeProfile(profile);
    },
  };
}
