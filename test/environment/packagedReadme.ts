/**
 * The README as it is packaged. The page that VS Code shows of an installed extension loads pictures over https only, and
 * strips `data:` addresses (seen in 1.139): pictures that lie beside the README would be broken there, and this project has
 * no address yet that they could be loaded from. So they are left out; the walkthrough, which may show files of the extension, has them.
 */
import { readFileSync } from 'node:fs';
import { inProject, manifest } from './paths';

/** A picture that lies beside the README, as a paragraph of its own. */
const PICTURE = /^!\[[^\]]*\]\((?!https:)[^)]+\)\r?\n\r?\n/gm;

/** README.md as it is where package.json names a repository, which `vsce` makes addresses of. */
export function packagedReadme(): string {
  const readme = readFileSync(inProject('README.md'), 'utf8');
  return 'repository' in manifest() ? readme : readme.replaceAll(PICTURE, '');
}
