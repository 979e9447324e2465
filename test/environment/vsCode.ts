/** A real VS Code, served on 127.0.0.1, with folders of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { freshFolder, removeFolder } from './freshFolder';
import { endProcess, runOrThrow } from './processes';
import type { VsCodeVersion } from './recipe';
import { tools } from './tools';
import { waitFor } from './waiting';

/** Values of the settings.json of a profile. */
export interface Settings {
  readonly [id: string]: unknown;
}

/** The folders of one VS Code: nothing in it comes from another one. */
export interface Profile {
  /** Holds all others. */
  readonly home: string;
  readonly serverData: string;
  readonly userData: string;
  readonly extensions: string;
  /** An empty folder to open. */
  readonly workspace: string;
}

/** No offers, no questions, nothing that comes and goes by itself. */
const quietSettings: Settings = {
  'security.workspace.trust.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'npm.fetchOnlinePackageInfo': false,
};

/** A fresh profile with these settings beside the quiet ones. {@link removeProfile} removes it. */
export function createProfile(name: string, settings: Settings): Profile {
  const home = freshFolder(name);
  const profile = {
    home,
    serverData: path.join(home, 'server-data'),
    userData: path.join(home, 'user-data'),
    extensions: path.join(home, 'extensions'),
    workspace: path.join(home, 'workspace'),
  };
  for (const folder of Object.values(profile)) {
    mkdirSync(folder, { recursive: true });
  }
  writeSettings(profile, settings);
  return profile;
}

/** Writes the settings anew; a running VS Code takes them over at once. */
export function writeSettings(profile: Profile, settings: Settings): void {
  // A served window takes machine-scoped settings from the machine's file alone, all others from the user's.
  for (const scope of ['User', 'Machine']) {
    const folder = path.join(profile.userData, scope);
    mkdirSync(folder, { recursive: true });
    const values = scope === 'User' ? { ...quietSettings, ...settings } : settings;
    writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(values, undefined, 2));
  }
}

/** Removes all folders of a profile. */
export function removeProfile(profile: Profile): void {
  removeFolder(profile.home);
}

/** Installs a VSIX the way `code --install-extension` does. */
export async function installVsix(profile: Profile, vsix: string): Promise<void> {
  await runOrThrow(tools().node, [...serverArguments(profile), '--install-extension', vsix], {
    cwd: tools().vscode,
    env: cleanEnvironment,
  });
}

export interface VsCodeOptions {
  /** Whoever opens the page needs it. Without one the page is open to everybody on this machine. */
  readonly token?: string;
  /** Lets the page's address name tests to run in the extension host. */
  readonly smokeTestDriver?: boolean;
  /** The newest, where nothing is said. */
  readonly version?: VsCodeVersion;
  /** Added to the environment of the extension host. */
  readonly env?: { readonly [name: string]: string };
}

/** A running VS Code. */
export interface VsCode {
  readonly port: number;
  readonly profile: Profile;
  /** The address that opens a folder (the profile's own when none is named). */
  address(folder?: string): string;
  /** What the server has said so far, to be shown when something fails. */
  log(): string;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts VS Code's server on a free port; resolves when it accepts connections. */
export async function startVsCode(
  profile: Profile,
  { token, smokeTestDriver, version, env }: VsCodeOptions = {},
): Promise<VsCode> {
  const args = [
    ...serverArguments(profile),
    ...['--host', '127.0.0.1', '--port', '0'],
    ...(token === undefined ? ['--without-connection-token'] : ['--connection-token', token]),
    ...(smokeTestDriver === true ? ['--enable-smoke-test-driver'] : []),
  ];
  const { node, vscode } = tools(version);
  const child = spawn(node, args, {
    cwd: vscode,
    env: { ...process.env, ...cleanEnvironment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = collectOutput(child);
  const port = await waitFor("VS Code's server", () => portIn(child, log), 60_000);
  return {
    port,
    profile,
    address: (folder = profile.workspace) => {
      const query = new URLSearchParams({ ...(token === undefined ? {} : { tkn: token }), folder });
      return `http://127.0.0.1:${String(port)}/?${query.toString()}`;
    },
    log,
    stop: () => endProcess(child),
  };
}

const cleanEnvironment: { readonly [name: string]: string | undefined } = {
  // No marketplace: nothing that runs here asks for one, and no request leaves the machine.
  EXTENSIONS_GALLERY: '{}',
  // A VS Code that starts us from its own terminal leaves variables that would mislead another one.
  VSCODE_IPC_HOOK_CLI: undefined,
  ELECTRON_RUN_AS_NODE: undefined,
  NODE_OPTIONS: undefined,
};

function serverArguments(profile: Profile): readonly string[] {
  return [
    path.join('out', 'server-main.js'),
    '--accept-server-license-terms',
    ...['--server-data-dir', profile.serverData],
    ...['--user-data-dir', profile.userData],
    ...['--extensions-dir', profile.extensions],
    ...['--telemetry-level', 'off'],
  ];
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  return () => text;
}

function portIn(child: ChildProcess, log: () => string): number | undefined {
  if (child.exitCode !== null) {
    throw new Error(`VS Code's server ended.\n${log()}`);
  }
  const [, port] = /Extension host agent listening on (\d+)/.exec(log()) ?? [];
  return port === undefined ? undefined : Number(port);
}
