import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { packageFolder } from '../build';
import { inProject, manifest } from '../paths';

/** Packages the extension that brings the product's view container to the front. Returns the VSIX. */
export async function packageShowWorkbins(home: string): Promise<string> {
  const { publisher, engines, contributes } = manifest();
  const container = contributes.viewsContainers?.['activitybar']?.[0];
  if (container === undefined) {
    throw new Error('package.json contributes no view container to the activity bar.');
  }
  const folder = path.join(home, 'show-workbins');
  mkdirSync(folder);
  const compiled = ['out', 'test', 'environment', 'showWorkbins', 'extension.entry.js'];
  copyFileSync(inProject(...compiled), path.join(folder, 'extension.js'));
  const ownManifest = {
    name: 'show-workbins',
    displayName: 'Show Workbins',
    description: 'Brings the Workbins view to the front in the demonstration.',
    publisher,
    version: '1.0.0',
    engines: { vscode: engines.vscode },
    extensionKind: ['workspace'],
    activationEvents: ['onStartupFinished'],
    main: './extension.js',
    container: container.id,
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(ownManifest, undefined, 2));
  writeFileSync(path.join(folder, 'README.md'), `${ownManifest.description}\n`);
  const vsix = path.join(home, 'show-workbins.vsix');
  await packageFolder(folder, vsix);
  return vsix;
}
