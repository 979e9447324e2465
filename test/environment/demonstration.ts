/** The demonstration: the product as somebody sees it who has just installed it, with a server to look at. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { packageShowWorkbins } from './showWorkbins/vsix';
import {
  type Settings,
  type VsCode,
  createProfile,
  installVsix,
  removeProfile,
  startVsCode,
} from './vsCode';

export interface Demonstration {
  readonly vscode: VsCode;
  /** The page to open; it contains the token, without which VS Code lets nobody in. */
  readonly address: string;
  /** Ends everything and removes its folders. */
  stop(): Promise<void>;
}

/**
 * Settings with which the product starts its embedded server and connects to it when its view is first
 * shown, so that also the commands of that server are at hand.
 */
export const demonstrationSettings: Settings = {
  'workbinInspector.connection.server': 'embedded',
  'workbinInspector.connection.connectOnShow': true,
  // They would show the folders of a profile that is gone tomorrow.
  'breadcrumbs.enabled': false,
};

/** Starts a VS Code with the VSIX installed into a fresh profile. */
export async function startDemonstration(vsix: string): Promise<Demonstration> {
  const undo: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) {
      await step();
    }
  };
  try {
    const profile = createProfile('demonstration', demonstrationSettings);
    undo.push(() => removeProfile(profile));
    writeFileSync(path.join(profile.workspace, 'Read me.md'), workspaceText);
    await installVsix(profile, vsix);
    await installVsix(profile, await packageShowWorkbins(profile.home));
    const vscode = await startVsCode(profile, { token: randomBytes(16).toString('hex') });
    undo.push(() => vscode.stop());
    return { vscode, address: vscode.address(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const workspaceText = `# Workbin Inspector

Look at the **Workbins** view on the left: it is connected to the embedded Interaction Server.
This folder is empty otherwise, and is removed when the demonstration ends.
`;
