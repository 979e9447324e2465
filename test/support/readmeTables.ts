/** The tables of the README that are made from the product: its settings, and the keys of the trace view. */
import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { KEY_MAP, type KeyArea, type KeyEntry } from '../../src/webview/keys/keyMap';
import { AREA_WORDS, chordWords } from '../../src/webview/keys/keyWords';

/** The part of package.json that is told of. */
interface Manifest {
  readonly contributes: {
    readonly configuration: readonly {
      readonly properties: { readonly [id: string]: Setting };
    }[];
  };
}

interface Setting {
  readonly default: unknown;
  readonly scope: string;
  readonly markdownDescription: string;
}

/** A table of the README, between two comments that name it. */
export const README_TABLES: { readonly [name: string]: () => string } = {
  settings: settingsTable,
  keys: keysTable,
};

/** The README with its tables as they should be, in the layout of the project's formatter. Rejects where the place of one is missing. */
export async function withTables(readme: string): Promise<string> {
  const filled = Object.entries(README_TABLES).reduce((text, [name, table]) => {
    const place = new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`);
    if (!place.test(text)) {
      throw new Error(`The README has no place for the table of ${name}.`);
    }
    return text.replace(place, (_, begin: string, end: string) => `${begin}\n${table()}\n${end}`);
  }, readme);
  const style = await resolveConfig('README.md');
  return format(filled, { ...style, parser: 'markdown' });
}

function settingsTable(): string {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  const words = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
  const rows = manifest.contributes.configuration
    .flatMap(({ properties }) => Object.entries(properties))
    .map(([id, setting]) => [
      `\`${id}\``,
      `\`${JSON.stringify(setting.default)}\``,
      setting.scope === 'machine' ? 'machine' : '',
      inTable(words[setting.markdownDescription.slice(1, -1)] ?? ''),
    ]);
  return table(['Setting', 'Default', 'Scope', ''], rows);
}

function keysTable(): string {
  const areas = Object.keys(AREA_WORDS) as KeyArea[];
  const rows = areas.flatMap((area) =>
    KEY_MAP.filter((entry: KeyEntry) => entry.area === area).map(({ chords, does }, index) => [
      index === 0 ? AREA_WORDS[area] : '',
      chords.map((chord) => `\`${chordWords(chord)}\``).join(', '),
      does,
    ]),
  );
  return table(['Where', 'Key', ''], rows);
}

/** A setting's link into the Settings editor leads nowhere from a page; a bar would end the cell. */
function inTable(markdown: string): string {
  return markdown.replaceAll(/`#([^#`]+)#`/g, '`$1`').replaceAll('|', '\\|');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('');
}
