/** `npm start`: shows the product in a real VS Code, until Ctrl+C. */
import { packageVsix } from './build';
import { startDemonstration } from './demonstration';
import { inProject, manifest } from './paths';
import { setUpTools } from './tools';

async function main(): Promise<void> {
  const toldToEnd = endSignal();
  await setUpTools();
  const { name, version } = manifest();
  console.log('Packaging the extension …');
  const vsix = await packageVsix(inProject(`${name}-${version}.vsix`));
  console.log('Starting VS Code …');
  const demonstration = await startDemonstration(vsix.path);
  console.log(`
Open this address in a browser (the token in it keeps everybody else out):

  ${demonstration.address}

The Workbins view comes up in front, starts the embedded Interaction Server and connects to it. Then:
  1. Open an agent and a workbin in the tree to see what is in it.
  2. Request notifications of it: the bell beside its name.
  3. Open the trace: the ladder icon in the view's title bar.
  4. Run "Let Another Agent Place an Interaction" (F1, or the menu … of the view): the change
     arrives in the ladder and in the tree.

Ctrl+C ends it all.`);
  await toldToEnd;
  console.log('\nEnding …');
  await demonstration.stop();
}

/** Resolves at the first Ctrl+C. Further ones change nothing: what has been started is ended in order. */
function endSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => resolve());
    }
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
