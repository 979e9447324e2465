/** `node test/environment/bootstrap.mjs setUp`: makes the tools and says where they are. */
import { setUpTools } from './tools';

async function main(): Promise<void> {
  const { vscode } = await setUpTools();
  console.log(`VS Code's server: ${vscode}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
