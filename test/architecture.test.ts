/**
 * The layers of `src`, and what each may import: the walls that keep platforms apart. Every import is read,
 * type imports too. When this test fails, move the code; change the table only to move a wall on purpose.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import ts from 'typescript';

interface Layer {
  /** Folder or file below `src`; the longest that fits decides. */
  readonly place: string;
  /** Places below `src` that it may import from, besides itself. */
  readonly from: readonly string[];
  /** Platform modules; `node:` stands for all of Node's. */
  readonly platform: readonly string[];
  /** Kept libraries. */
  readonly libraries: readonly string[];
}

const CORE = 'core';
const PORTS = 'session/ports.ts';
/** What a tap, an import and an export tell of themselves. */
const TAP = 'session/liveTap.ts';
const HAR = 'session/harSummaries.ts';
/** Where bookmarks and notes are kept. */
const NOTES = 'session/annotationFile.ts';
/** What a client of a server is, and where it connects to: the clients of `transport` are such. */
const CLIENT = ['session/workbinClient.ts', 'session/platform.ts'];
/** How any client comes back to its server, whatever it speaks. */
const RECONNECT = 'session/reconnect';
/** The steps of a diagnosis, and those of them that need no network of their own. */
const DOCTOR = 'session/doctor';

const LAYERS: readonly Layer[] = [
  { place: 'core/base', from: [], platform: [], libraries: [] },
  { place: 'core/protocol', from: ['core/base'], platform: [], libraries: ['lossless-json'] },
  ...['core/phases', 'core/workbins', 'core/trace'].map((place) => ({
    place,
    from: ['core/base', 'core/protocol', 'core/phases', 'core/workbins', 'core/trace'],
    platform: [],
    libraries: [],
  })),
  {
    place: 'core/filter',
    from: ['core/base', 'core/protocol', 'core/phases', 'core/workbins', 'core/trace'],
    platform: [],
    libraries: ['liqe'],
  },
  {
    place: 'core/statistics',
    from: ['core/base', 'core/protocol', 'core/phases', 'core/trace', 'core/filter'],
    platform: [],
    libraries: [],
  },
  ...['core/findings', 'core/ladder'].map((place) => ({
    place,
    from: ['core/base', 'core/protocol', 'core/phases', 'core/workbins', 'core/trace'],
    platform: [],
    libraries: [],
  })),
  { place: 'core/annotations', from: ['core/base'], platform: [], libraries: [] },
  {
    place: 'core/export',
    from: ['core/base', 'core/protocol', 'core/phases', 'core/ladder'],
    platform: [],
    libraries: [],
  },
  { place: 'session', from: [CORE], platform: [], libraries: [] },
  { place: 'bridge', from: [CORE], platform: [], libraries: [] },
  {
    place: 'transport',
    from: [CORE, PORTS, TAP, RECONNECT, DOCTOR, ...CLIENT],
    platform: ['node:'],
    libraries: ['ws', 'cometd', 'tough-cookie'],
  },
  {
    place: 'recording',
    from: [CORE, PORTS, HAR, NOTES],
    platform: ['node:'],
    libraries: ['har-format'],
  },
  {
    place: 'simulator',
    // The scenarios that ship go into the bundle as texts.
    from: [CORE, PORTS, '../media/scenarios'],
    platform: ['node:'],
    libraries: ['ws', 'cometd-nodejs-server', 'lossless-json'],
  },
  {
    place: 'host',
    from: [CORE, 'session', 'bridge'],
    platform: ['vscode', 'node:crypto'],
    libraries: [],
  },
  { place: 'webview', from: [CORE, 'bridge'], platform: [], libraries: [] },
  // The composition root and its parts.
  ...['extension.ts', 'composition'].map((place) => ({
    place,
    from: [CORE, 'session', 'bridge', 'host', 'transport', 'recording', 'simulator', 'composition'],
    platform: ['vscode'],
    libraries: [],
  })),
];

const SOURCE = path.join(process.cwd(), 'src');
const MAX_LINES = 450;
/** A test file is a list of cases and may be longer. */
const MAX_TEST_LINES = 600;

function filesBelow(folder: string): readonly string[] {
  return fs
    .readdirSync(path.join(process.cwd(), folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => path.join(folder, file).replaceAll(path.sep, '/'));
}

function layerOf(file: string): Layer | undefined {
  return [...LAYERS]
    .sort((one, other) => other.place.length - one.place.length)
    .find(({ place }) => file === place || file.startsWith(`${place}/`));
}

/** Every module that a file names: imports of every kind, `import()`, `require`, type imports. */
function importsOf(file: string): readonly string[] {
  const text = fs.readFileSync(path.join(SOURCE, file), 'utf8');
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    const named =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
          ? node.argument.literal
          : ts.isCallExpression(node) &&
              (node.expression.kind === ts.SyntaxKind.ImportKeyword ||
                node.expression.getText() === 'require')
            ? node.arguments[0]
            : undefined;
    if (named !== undefined && ts.isStringLiteral(named)) {
      names.push(named.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
  return names;
}

/** Why a file may not import a module; undefined when it may. */
function objection(file: string, layer: Layer, name: string): string | undefined {
  if (name.startsWith('.')) {
    const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), name));
    const allowed = [layer.place, ...layer.from].some(
      (place) => `${target}.ts` === place || target === place || target.startsWith(`${place}/`),
    );
    return allowed ? undefined : `${file} imports ${target}`;
  }
  const isNode = name.startsWith('node:') || builtinModules.includes(name);
  const allowed = isNode
    ? layer.platform.includes('node:') || layer.platform.includes(name)
    : [...layer.libraries, ...layer.platform].some(
        (library) => name === library || name.startsWith(`${library}/`),
      );
  return allowed ? undefined : `${file} imports ${name}`;
}

describe('architecture', () => {
  const sources = filesBelow('src').map((file) => file.slice('src/'.length));

  it('gives every source file a layer', () => {
    assert.deepEqual(
      sources.filter((file) => layerOf(file) === undefined),
      [],
    );
  });

  it('lets every file import only what its layer may', () => {
    const objections = sources.flatMap((file) => {
      const layer = layerOf(file);
      return layer === undefined
        ? []
        : importsOf(file).flatMap((name) => objection(file, layer, name) ?? []);
    });
    assert.deepEqual(objections, []);
  });

  it('reads imports of every form', () => {
    const forbidden = { place: 'core/base', from: [], platform: [], libraries: [] };
    const names = ['node:fs', 'fs', 'vscode', 'ws', '../../host/log', '../protocol/json'];
    assert.deepEqual(
      names.filter((name) => objection('core/base/x.ts', forbidden, name) === undefined),
      [],
    );
    assert(importsOf('extension.ts').some((name) => name.startsWith('./simulator')));
  });

  it('has no default exports and no barrels', () => {
    const offenders = sources.filter((file) => {
      const text = fs.readFileSync(path.join(SOURCE, file), 'utf8');
      return path.basename(file) === 'index.ts' || /^export default\b/m.test(text);
    });
    assert.deepEqual(offenders, []);
  });

  it('tells everything through the module that makes no links of what servers say', () => {
    const offenders = sources.filter((file) => {
      const text = fs.readFileSync(path.join(SOURCE, file), 'utf8');
      const tells = /\bwindow\s*\.\s*(show(Information|Warning|Error)Message|withProgress)\b/;
      return file !== 'host/tell.ts' && tells.test(text);
    });
    assert.deepEqual(offenders, []);
  });

  it(`has no source over ${MAX_LINES} and no test over ${MAX_TEST_LINES} lines`, () => {
    const longer = (folder: string, limit: number): readonly string[] =>
      filesBelow(folder).filter((file) => fs.readFileSync(file, 'utf8').split('\n').length > limit);
    assert.deepEqual([...longer('src', MAX_LINES), ...longer('test', MAX_TEST_LINES)], []);
  });
});
