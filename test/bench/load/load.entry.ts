/**
 * Loads one module in a fresh process, `vscode` being an empty stand-in; prints `{"ms"}`. Another empty module
 * is loaded first, so that what the first `require` of a process costs falls on neither side.
 */
import Module, { createRequire } from 'node:module';

const [file, first] = process.argv.slice(2);
if (file === undefined || first === undefined) {
  throw new Error('Say which module to load, and which before it.');
}
const load = createRequire(file);
// `vscode` exists in the extension host alone: Node's loader is told to give an empty object for it.
const loader = Module as unknown as {
  _load: (name: string, parent: unknown, isMain: boolean) => unknown;
};
const original = loader._load;
loader._load = (name, parent, isMain) =>
  name === 'vscode' ? {} : original.call(Module, name, parent, isMain);
load(first);
const start = performance.now();
load(file);
// Taken before standard output is touched for the first time, which costs more than an empty module.
const ms = performance.now() - start;
process.stdout.write(`${JSON.stringify({ ms })}\n`);
