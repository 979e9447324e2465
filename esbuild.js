// Builds everything that runs: `node esbuild.js [--production] [--watch] [--tests [PLACE]]`.
// Without --tests: the extension (dist/extension.js, main.js), the trace view (dist/webview.js, .css), the
// request form (dist/requestForm.js, .css), the schema of its files, what scans recordings in threads of its own
// (dist/scanWorker.js) and the embedded server (dist/simulator.js). With it: every test below test/ (or PLACE, a
// folder or a file), into out/.
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const testsAt = process.argv.indexOf('--tests');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  logLevel: 'warning',
  sourcemap: production ? false : 'linked',
  minify: production,
  legalComments: 'none',
};

/**
 * The CometD client expects a browser's `window`. Where our sources use it, its files get one of their own by an
 * import, so that no global of the process is made or changed; it is bundled there, also in tests.
 * @type {import('esbuild').Plugin}
 */
const ownWindow = {
  name: 'own-window',
  setup(build) {
    const sources = path.join(__dirname, 'src') + path.sep;
    const shim = path.join(sources, 'transport/workspaceV3/ownWindow.ts');
    const files = /[\\/]node_modules[\\/]cometd[\\/]\w+\.js$/;
    build.onResolve({ filter: /^cometd$/ }, ({ importer }) =>
      importer.startsWith(sources) ? { path: require.resolve('cometd') } : undefined,
    );
    build.onLoad({ filter: files }, async (args) => ({
      contents: `import { window } from ${JSON.stringify(shim)};\n${await fs.promises.readFile(args.path, 'utf8')}`,
    }));
  },
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...shared,
  plugins: [ownWindow],
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  alias: { tldts: './src/transport/workspaceV3/ownDomains.ts' },
  // ws asks for its two native helpers in a try block and does without them.
  external: ['vscode', 'bufferutil', 'utf-8-validate'],
};

const products = [
  { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/main.js' },
  {
    // What VS Code loads: a few lines that load the rest when it is activated, so that only then a large
    // file is read and scanned.
    ...node,
    stdin: {
      contents: [
        "export const activate = (context) => require('./main.js').activate(context);",
        "export const deactivate = () => require('./main.js').deactivate();",
      ].join('\n'),
      resolveDir: __dirname,
    },
    external: ['./main.js'],
    outfile: 'dist/extension.js',
  },
  { ...node, entryPoints: ['src/recording/scan/scanWorker.ts'], outfile: 'dist/scanWorker.js' },
  { ...node, entryPoints: ['src/simulator/main.ts'], outfile: 'dist/simulator.js' },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: ['src/webview/main.ts', 'src/webview/main.css'],
    entryNames: 'webview',
    outdir: 'dist',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: ['src/webview/request/main.ts', 'src/webview/request/requestForm.css'],
    entryNames: 'requestForm',
    outdir: 'dist',
  },
];

/** Writes the JSON Schema of requests, which our own sources make of the catalogue. */
async function writeRequestSchema() {
  const { outputFiles } = await esbuild.build({
    ...node,
    sourcemap: false,
    entryPoints: ['src/core/protocol/requestForm/requestSchema.ts'],
    write: false,
  });
  const made = { exports: {} };
  new Function('module', 'exports', outputFiles[0].text)(made, made.exports);
  const schema = JSON.stringify(made.exports.requestSchema(), undefined, production ? 0 : 2);
  await fs.promises.mkdir('dist', { recursive: true });
  await fs.promises.writeFile('dist/request.schema.json', `${schema}\n`);
}

/** Test files are found, never listed. */
function testFiles(place) {
  const files = fs.statSync(path.join(__dirname, place)).isFile()
    ? [place]
    : fs
        .readdirSync(path.join(__dirname, place), { recursive: true, encoding: 'utf8' })
        .map((file) => path.join(place, file));
  return files.filter((file) => /\.(test|bench|entry)\.ts$/.test(file));
}

const tests = (place) => [
  {
    ...node,
    sourcemap: 'inline',
    minify: false,
    packages: 'external',
    entryPoints: testFiles(place),
    outbase: '.',
    outdir: 'out',
  },
];

async function main() {
  if (testsAt < 0) {
    await writeRequestSchema();
  }
  const chosen = testsAt < 0 ? products : tests(process.argv[testsAt + 1] ?? 'test');
  if (watch) {
    const contexts = await Promise.all(chosen.map((options) => esbuild.context(options)));
    await Promise.all(contexts.map((context) => context.watch()));
  } else {
    await Promise.all(chosen.map((options) => esbuild.build(options)));
  }
}

main().catch((error) => {
  // What is wrong with the sources, esbuild has told.
  if (error.errors === undefined) {
    console.error(error);
  }
  process.exitCode = 1;
});
