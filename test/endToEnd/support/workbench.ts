import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { inProject } from '../../environment/paths';
import { type Settings, type VsCode, writeSettings } from '../../environment/vsCode';
import { waitFor } from '../../environment/waiting';
import { TreeView } from './treeView';

/** Colour themes that every picture should be looked at in, with the class that the page then has. */
const themes = {
  'Default Dark Modern': 'vs-dark',
  'Default Light Modern': 'vs',
  'Default High Contrast': 'hc-black',
  'Default High Contrast Light': 'hc-light',
} as const;

export type Theme = keyof typeof themes;

/** VS Code's window in the browser, driven as a person drives it. */
export class Workbench {
  private constructor(
    readonly page: Page,
    private readonly vscode: VsCode,
    private readonly settings: Settings,
  ) {}

  /** Opens the window and waits until it is there. `settings`: those that the profile was made with. */
  static async open(browser: Browser, vscode: VsCode, settings: Settings = {}): Promise<Workbench> {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      // No picture in the middle of an animation.
      reducedMotion: 'reduce',
    });
    page.setDefaultTimeout(30_000);
    const workbench = new Workbench(page, vscode, settings);
    await workbench.goto(vscode.address());
    return workbench;
  }

  /** Loads the window anew by VS Code's own command, which first saves what is open. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  /** Runs a command by its title in the command palette. */
  async runCommand(title: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    // The palette holds the commands that were known when it was opened: a window that is still coming up
    // may have to be asked again.
    await waitFor(`the command ${title}`, async () => {
      await this.page.keyboard.press('F1');
      // What has the focus, such as a web view that is being loaded, may not pass the key on yet.
      const found = await this.quickInput()
        .fill(`>${title}`, { timeout: 3000 })
        .then(() => row.waitFor({ timeout: 2000 }))
        .then(
          () => true,
          () => false,
        );
      if (!found) {
        await this.page.keyboard.press('Escape');
      }
      return found;
    });
    await row.click();
  }

  /** Types into the open quick input and confirms. */
  async answer(text: string): Promise<void> {
    const input = this.quickInput();
    await input.waitFor();
    await input.fill(text);
    await input.press('Enter');
  }

  /** Waits for the step of this title, of a dialogue of several steps, and answers it. */
  async answerNext(title: string, text: string): Promise<void> {
    await this.page
      .locator('.quick-input-widget:visible .quick-input-title', { hasText: title })
      .waitFor();
    await this.answer(text);
  }

  /** Chooses a row of the open quick pick by its text. */
  async pick(text: string): Promise<void> {
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: text })
      .first()
      .click();
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.quickInput().waitFor();
    await this.quickInput().fill(name);
    await this.pick(name);
  }

  /** A tree by the name of its view. */
  tree(title: string): TreeView {
    return new TreeView(this.page, title);
  }

  /** Brings a view container to the front by its title in the activity bar. */
  async showContainer(title: string): Promise<void> {
    const tab = this.page.locator(`.activitybar .action-item[role="tab"] [aria-label^="${title}"]`);
    const selected = this.page.locator(`.part.sidebar .composite.title`, { hasText: title });
    // A click on what is in front already, and merely not drawn yet, closes it: then once more.
    await waitFor(`${title} in front`, async () => {
      if (!(await selected.isVisible())) {
        await tab.first().click();
      }
      return selected.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
    });
  }

  /** The inside of the web view that is in front, such as the trace view. */
  webview(): FrameLocator {
    return this.page
      .locator('iframe.webview')
      .filter({ visible: true })
      .contentFrame()
      .frameLocator('iframe#active-frame');
  }

  /** Texts of the status bar, from left to right. */
  async statusBar(): Promise<readonly string[]> {
    return this.page.locator('.statusbar-item:visible').allInnerTexts();
  }

  /** Texts of the notifications that are shown. */
  async notifications(): Promise<readonly string[]> {
    return this.page.locator('.notification-list-item-message').allInnerTexts();
  }

  /** Titles of the open editors. */
  async editors(): Promise<readonly string[]> {
    const tabs = await this.page.locator('.tabs-container .tab .label-name').allInnerTexts();
    return tabs.map((text) => text.trim());
  }

  /** Switches the colour theme by the settings file and waits until the page has it. */
  async setTheme(theme: Theme): Promise<void> {
    writeSettings(this.vscode.profile, { ...this.settings, 'workbench.colorTheme': theme });
    await this.page.locator(`.monaco-workbench.${themes[theme]}`).waitFor();
  }

  /** Waits for a condition; the error of one that never holds completes "Waited in vain for …". */
  async waitFor<T>(
    what: string,
    condition: () => T | Promise<T>,
    timeoutMs?: number,
  ): Promise<Exclude<T, false | undefined>> {
    return waitFor(what, condition, timeoutMs);
  }

  /** What VS Code keeps for extensions between restarts, of all of them, as JSON; secrets are kept elsewhere. */
  async extensionMemory(): Promise<readonly string[]> {
    return this.page.evaluate(async () => {
      const done = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(new Error('The database cannot be read'));
        });
      const found: string[] = [];
      for (const { name } of await indexedDB.databases()) {
        if (name?.startsWith('vscode-web-state-db') === true) {
          const database = await done(indexedDB.open(name));
          for (const store of database.objectStoreNames) {
            const values = await done(database.transaction(store).objectStore(store).getAll());
            found.push(...values.filter((value) => typeof value === 'string'));
          }
          database.close();
        }
      }
      return found;
    });
  }

  /** Keeps a picture of the window as out/screenshots/NAME.png. */
  async screenshot(name: string): Promise<void> {
    const folder = inProject('out', 'screenshots');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }

  /** Keeps a picture when a test has failed; to be called from `afterEach`. */
  async screenshotOfFailure(test: Mocha.Test | undefined): Promise<void> {
    if (test?.state === 'failed') {
      await this.screenshot(`failed ${test.fullTitle().replaceAll(/[^\w ]/g, '')}`);
    }
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  private quickInput() {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input');
  }

  private async goto(address: string): Promise<void> {
    await this.page.goto(address);
    await this.ready();
  }

  private async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    await this.page.locator('.activitybar .action-item').first().waitFor();
  }
}
