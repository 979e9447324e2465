import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeMarkdown } from '../../../src/core/export/markdown';
import { escapeMermaid, mermaidText } from '../../../src/core/export/mermaid';
import { oneLine, pictureOf } from '../../../src/core/export/picture';
import { escapePlantUml, plantUmlText } from '../../../src/core/export/plantUml';
import { rowLine } from '../../../src/core/export/rowLine';
import { escapeXml, svgText } from '../../../src/core/export/svg';
import type { LadderRow, Lifeline, MessageRow } from '../../../src/core/ladder/rows';

/** Text as a hostile wire would have it: what means something in one of the forms, and anything else. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          ';',
          '#',
          '\n',
          '\r\n',
          '@',
          '@enduml',
          '@startuml',
          '"',
          "'",
          ':',
          '%%',
          '<br/>',
          '<script>',
        ],
        ...[
          '&lt;',
          '&#59;',
          '#59;',
          ']]>',
          '-->',
          '--',
          '**',
          '//',
          '__',
          '~',
          '\\',
          '\\n',
          '|',
          '`',
          '[[',
          '{',
        ],
        ...[
          'end',
          'style',
          'classDef',
          'wrap:',
          'note',
          '== ',
          "/'",
          "'/",
          '!include x',
          '%date()',
          '$x',
          '\t',
        ],
        ...['\u2028', '\u202E', '\0', '\u0085', '\uD800', '😀', 'ß', '!', '_', '*'],
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const lifelines = (application: string): readonly Lifeline[] => [
  { kind: 'application', title: application },
  { kind: 'server', title: 'Interaction Server' },
];

function rowsOf(name: string, workbin: string, note: string): readonly LadderRow[] {
  const message: MessageRow = {
    kind: 'message',
    message: 0,
    seq: 1,
    time: 12.5,
    connection: 1,
    direction: 'send',
    from: 0,
    to: 1,
    name,
    role: 'request',
    workbin,
    reference: note,
    note,
  };
  return [
    {
      kind: 'heading',
      phase: 0,
      title: name,
      workbin,
      outcome: 'failed',
      late: false,
      live: false,
      notifications: 0,
      continued: false,
    },
    message,
    { kind: 'mark', mark: 'gap', time: 13, text: note },
    { kind: 'fold', time: 13, text: name, count: 2, open: false },
  ];
}

const pictures = fc
  .tuple(hostile, hostile, hostile, hostile)
  .map(([title, name, workbin, note]) =>
    pictureOf(title, lifelines(title), rowsOf(name, workbin, note), 3),
  );

/** Characters, a half of a pair as the replacement character. */
function clean(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, '\uFFFD');
}

describe('texts of a wire in diagrams, pictures and tables', () => {
  it('come back letter for letter from Mermaid’s numbers, with none of its marks', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = oneLine(text, 500);
        const written = escapeMermaid(line);
        assert.doesNotMatch(written, /[\r\n:"<>%{}[\]\\|&~]/);
        assert.doesNotMatch(written.replaceAll(/#\d+;/g, ''), /[#;]|style|classDef/i);
        const read = written.replaceAll(/#(\d+);/g, (_, code) =>
          String.fromCodePoint(Number(code)),
        );
        assert.equal(read, line);
      }),
    );
  });

  it('come back letter for letter from PlantUML’s numbers, with none of its marks', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = oneLine(text, 500);
        const written = escapePlantUml(line);
        assert.doesNotMatch(written, /[\r\n"'%{}[\]\\|&~#;$!`^]|@start|@end/i);
        assert.doesNotMatch(
          written.replaceAll(/<U\+[0-9A-F]{4,6}>/g, 'X'),
          /[<>]|\/\/|\*\*|__|--|^[*=@/_:+.-](?!\.)/,
        );
        const read = written.replaceAll(/<U\+([0-9A-F]+)>/g, (_, code: string) =>
          String.fromCodePoint(Number.parseInt(code, 16)),
        );
        assert.equal(read, line);
      }),
    );
  });

  it('come back letter for letter from XML, but for what XML cannot hold', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const written = escapeXml(text);
        assert.doesNotMatch(written, /[<>"']/);
        const read = written.replaceAll(/&#(\d+);/g, (_, code) =>
          String.fromCodePoint(Number(code)),
        );
        assert.equal(read, clean(text).replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, ' '));
      }),
    );
  });

  it('make no further cell, line or tag of a Markdown table', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const written = escapeMarkdown(text);
        assert.doesNotMatch(written, /[\r\n<]/);
        assert.doesNotMatch(written.replaceAll(/\\./gu, ''), /[|`*_[\]#>~@!$]/);
      }),
    );
  });

  it('leave each Mermaid statement in a line of its own form', () => {
    const statement =
      /^(sequenceDiagram| {2}(actor|participant) P\d+ as [^#;:]*| {2}P\d+(->>|-->>|--x)P\d+: .*| {2}Note (over P\d+(,P\d+)?|right of P\d+): .*)$/u;
    fc.assert(
      fc.property(pictures, (picture) => {
        const lines = mermaidText(picture).trimEnd().split('\n');
        for (const line of lines) {
          assert.match(line.replaceAll(/#\d+;/g, ''), statement);
        }
        assert.equal(lines.filter((line) => /->>|--x/.test(line)).length, 1);
      }),
    );
  });

  it('leave each PlantUML statement in a line of its own form, and one beginning and end', () => {
    const statement =
      /^(@startuml|@enduml|hide footbox|title .*|(actor|participant) "[^"]*" as P\d+|P\d+ (->|-->>|-\[#red\]->) P\d+ : .*|note (over P\d+(, P\d+)?|right) : .*|== .* ==)$/u;
    fc.assert(
      fc.property(pictures, (picture) => {
        const text = plantUmlText(picture);
        for (const line of text.trimEnd().split('\n')) {
          assert.match(line, statement);
        }
        assert.equal(text.match(/@(start|end)uml/gi)?.length, 2);
      }),
    );
  });

  it('make no tag and no reference to elsewhere in a picture', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const text = svgText(picture);
        const tags = new Set([...text.matchAll(/<\/?([a-z?]+)/gi)].map(([, tag]) => tag));
        const known = ['?', 'svg', 'title', 'desc', 'style', 'rect', 'text', 'line', 'g', 'path'];
        assert.deepEqual(
          [...tags].filter((tag) => !known.includes(tag ?? '')).filter((tag) => tag !== '?xml'),
          [],
        );
        assert.doesNotMatch(
          text.replaceAll('http://www.w3.org/2000/svg', ''),
          /https?:|href=|url\(|on\w+=/i,
        );
      }),
    );
  });

  it('stay in one line of a copied row, with as many columns as ever', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, note) => {
        const [, row] = rowsOf(name, name, note);
        assert(row?.kind === 'message');
        const line = rowLine(row, lifelines(note));
        assert.doesNotMatch(line, /[\r\n]/);
        assert.equal(line.split('\t').length, 11);
      }),
    );
  });
});
