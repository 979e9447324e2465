import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Frame } from 'playwright-core';
import { openBrowser } from '../../environment/browser';
import { packageVsix } from '../../environment/build';
import {
  createProfile,
  installVsix,
  removeProfile,
  startVsCode,
  type Profile,
  type VsCode,
} from '../../environment/vsCode';
import { waitFor } from '../../environment/waiting';
import { Workbench } from '../../endToEnd/support/workbench';
import { FLOOR_FILE, packageFloor } from './floor/vsix';
import { firstPaintMs, watchFirstRows } from './probe';

const RECORDING = 'million.wbtrace';

/** A real VS Code with the product and the floor page installed, and one recording in its folder. */
export class ServedView {
  private constructor(
    private readonly profile: Profile,
    private readonly vscode: VsCode,
    private readonly browser: Browser,
    readonly workbench: Workbench,
  ) {}

  /** Packages and installs both, serves them and opens the window. The caller stops it. */
  static async start(recording: string): Promise<ServedView> {
    const profile = createProfile('view-bench', {
      // What the product keeps beside a recording is not to be found by the recording's name.
      'files.exclude': { '**/*.index': true },
    });
    await installVsix(profile, (await packageVsix(path.join(profile.home, 'product.vsix'))).path);
    await installVsix(profile, await packageFloor(profile.home));
    writeFileSync(path.join(profile.workspace, FLOOR_FILE), 'floor\n');
    symlinkSync(recording, path.join(profile.workspace, RECORDING));
    const vscode = await startVsCode(profile);
    const browser = await openBrowser();
    const workbench = await Workbench.open(browser, vscode);
    await workbench.page.addInitScript(watchFirstRows);
    return new ServedView(profile, vscode, browser, workbench);
  }

  /** Opens the recording or the floor page; the frame that shows it, and how long its first rows took. */
  async open(what: 'recording' | 'floor'): Promise<{ readonly frame: Frame; readonly ms: number }> {
    await this.workbench.openFile(what === 'recording' ? RECORDING : FLOOR_FILE);
    return waitFor(`rows of the ${what}`, async () => {
      for (const frame of this.workbench.page.frames()) {
        if (frame.url().includes('fake.html') && !frame.isDetached()) {
          const ms = await frame.evaluate(firstPaintMs);
          if (ms !== undefined) {
            return { frame, ms };
          }
        }
      }
      return undefined;
    });
  }

  /**
   * Megabytes of the script objects that are alive. The workbench shares its thread with the page, so only the
   * difference between two pages says something.
   */
  async heapMb(): Promise<number> {
    const session = await this.workbench.page.context().newCDPSession(this.workbench.page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    await session.detach();
    return usedSize / 1e6;
  }

  /** Closes what is open; the next opening makes a page of its own. */
  async closeEditors(): Promise<void> {
    await this.workbench.runCommand('View: Close All Editors');
    await waitFor('the pages to go', () =>
      this.workbench.page.frames().every((frame) => !frame.url().includes('fake.html')),
    );
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.vscode.stop();
    removeProfile(this.profile);
  }
}
