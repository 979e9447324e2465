import { existsSync, readFileSync, realpathSync } from 'node:fs';
import * as path from 'node:path';

/** Name of the extension in package.json; the VSIX and the root folder are recognised by it. */
const extensionName = 'workbin-inspector';

/** The project's folder, wherever below it the compiled caller lies. */
export function projectRoot(): string {
  for (let folder = realpathSync(__dirname); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest) && manifestAt(manifest).name === extensionName) {
      return folder;
    }
    if (folder === path.dirname(folder)) {
      throw new Error(`No folder above ${__dirname} holds the package.json of ${extensionName}.`);
    }
  }
}

/** What the scripts need of package.json. */
export interface Manifest {
  readonly name: string;
  readonly displayName: string;
  readonly publisher: string;
  readonly version: string;
  readonly engines: { readonly vscode: string };
  readonly contributes: Contributions;
}

/** The contributions that tests compare with what the running extension registers. */
export interface Contributions {
  readonly commands?: readonly { readonly command: string; readonly title: string }[];
  readonly viewsContainers?: {
    readonly [location: string]: readonly { readonly id: string; readonly title: string }[];
  };
  readonly views?: {
    readonly [container: string]: readonly { readonly id: string; readonly name: string }[];
  };
}

function manifestAt(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}

/** The project's package.json. */
export function manifest(): Manifest {
  return manifestAt(path.join(projectRoot(), 'package.json'));
}

/** A path below the project's folder. */
export function inProject(...parts: readonly string[]): string {
  return path.join(projectRoot(), ...parts);
}

/** A path in the ignored folder that keeps what takes time to set up. */
export function inCache(...parts: readonly string[]): string {
  return inProject('.vscode-test', ...parts);
}
