/** `npm run package`: writes the VSIX into the project's folder and says what is in it. */
import { packageVsix } from './build';
import { inProject, manifest } from './paths';

async function main(): Promise<void> {
  const { name, version } = manifest();
  const vsix = await packageVsix(inProject(`${name}-${version}.vsix`));
  console.log(vsix.files.map((file) => `  ${file}`).join('\n'));
  console.log(`${vsix.path}: ${(vsix.bytes / 1000).toFixed(1)} kB`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
