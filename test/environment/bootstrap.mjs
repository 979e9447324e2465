// The way in for every command of package.json: `node test/environment/bootstrap.mjs COMMAND [ARGUMENTS]`.
// Needs nothing but Node: installs the project's packages when they are missing or out of date, compiles
// test/environment/ and runs COMMAND.entry.ts of it.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const commandSuffix = '.entry.ts';

/** Runs Node on arguments, with this terminal; resolves with the exit code. */
function node(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
    // The child ends in order; this process waits for it. From a terminal it hears Ctrl+C by itself as well.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => child.kill(signal));
    }
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** npm's own script: named by npm when it runs us, else beside Node. */
function npmScript() {
  const folder = path.dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    path.join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(folder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  return candidates.find((file) => file?.endsWith('npm-cli.js') && existsSync(file));
}

/** npm writes its hidden lock file last, so a killed installation has none or an old one. */
function packagesAreCurrent() {
  const installed = statSync(path.join(root, 'node_modules', '.package-lock.json'), {
    throwIfNoEntry: false,
  });
  const wanted = statSync(path.join(root, 'package-lock.json'));
  return installed !== undefined && installed.mtimeMs >= wanted.mtimeMs;
}

async function installPackages() {
  const npm = npmScript();
  if (npm === undefined) {
    console.error(
      'npm was not found beside Node. Run this command through npm, for example: npm test',
    );
    return 1;
  }
  console.log('Installing the packages of package-lock.json …');
  // No package that we use needs its install script.
  return node([npm, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
}

async function main() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) {
    console.error(`Node 20 or newer is needed; this is Node ${process.versions.node}.`);
    return 1;
  }
  const [command, ...args] = process.argv.slice(2);
  const commands = readdirSync(path.join(root, 'test', 'environment'))
    .filter((file) => file.endsWith(commandSuffix))
    .map((file) => file.slice(0, -commandSuffix.length));
  if (command === undefined || !commands.includes(command)) {
    console.error(`Say what to run: ${commands.join(', ')}.`);
    return 1;
  }
  if (!packagesAreCurrent()) {
    const code = await installPackages();
    if (code !== 0) {
      return code;
    }
  }
  const code = await node(['esbuild.js', '--tests', 'test/environment']);
  return code === 0
    ? node([path.join('out', 'test', 'environment', `${command}.entry.js`), ...args])
    : code;
}

process.exitCode = await main();
