import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageFolder } from '../../../environment/build';
import { inProject, manifest } from '../../../environment/paths';

/** Name of a file that the floor page opens for, whatever is in it. */
export const FLOOR_FILE = 'page.floor';

/** Packages the extension of the floor page into `home`. Returns the VSIX. */
export async function packageFloor(home: string): Promise<string> {
  const { publisher, engines } = manifest();
  const folder = path.join(home, 'floor');
  mkdirSync(folder);
  const compiled = ['out', 'test', 'bench', 'view', 'floor', 'extension.entry.js'];
  copyFileSync(inProject(...compiled), path.join(folder, 'extension.js'));
  const ownManifest = {
    name: 'floor-page',
    displayName: 'Floor Page',
    description: 'The least that a web view can show.',
    publisher,
    version: '1.0.0',
    engines: { vscode: engines.vscode },
    extensionKind: ['workspace'],
    activationEvents: [],
    main: './extension.js',
    contributes: {
      customEditors: [
        {
          viewType: 'floor.page',
          displayName: 'Floor Page',
          selector: [{ filenamePattern: '*.floor' }],
        },
      ],
    },
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(ownManifest, undefined, 2));
  writeFileSync(path.join(folder, 'README.md'), `${ownManifest.description}\n`);
  writeFileSync(path.join(folder, 'floor.css'), STYLE);
  writeFileSync(path.join(folder, 'floor.js'), SCRIPT);
  const vsix = path.join(home, 'floor-page.vsix');
  await packageFolder(folder, vsix);
  return vsix;
}

const STYLE = `html, body { height: 100%; margin: 0; padding: 0; }
.floor { height: 100%; overflow: auto; }
.floor-row { height: 26px; line-height: 26px; padding: 0 10px; white-space: nowrap; }
`;

/** A hundred rows of text, and nothing else. */
const SCRIPT = `const list = document.createElement('div');
list.className = 'floor';
for (let index = 0; index < 100; index++) {
  const row = document.createElement('div');
  row.className = 'floor-row';
  row.textContent = 'Row ' + (index + 1) + ' of a page that has nothing to fetch and nothing to lay out';
  list.append(row);
}
document.body.append(list);
`;
