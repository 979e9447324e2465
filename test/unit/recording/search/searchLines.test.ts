import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { NEVER_CANCELLED } from '../../../../src/core/base/cancellation';
import { RecordingFile } from '../../../../src/recording/recordingFile';
import { searchLines } from '../../../../src/recording/search/searchLines';
import { temporaryFolder } from '../../../support/recordings';

const BLOCK = 512 * 1024;

describe('Searching the lines of a recording', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder.remove());

  /** Writes lines; gives the offsets of those in which each needle is found, after checking how they were told. */
  async function offsetsIn(
    text: string | Buffer,
    needles: readonly string[],
    range = { from: 0, to: Buffer.byteLength(text) },
    signal = NEVER_CANCELLED,
  ): Promise<readonly (readonly number[])[]> {
    const name = path.join(folder.path, 'searched.wbtrace');
    writeFileSync(name, text);
    const file = new RecordingFile(name);
    const found = needles.map((): number[] => []);
    const told: number[] = [];
    try {
      const onLines = (offsets: Float64Array, needle: number, done: number): void => {
        found[needle]?.push(...offsets);
        told.push(done);
      };
      await searchLines(file, needles, range, onLines, signal);
    } finally {
      file.close();
    }
    assert.deepEqual(
      told,
      [...told].sort((one, other) => one - other),
    );
    assert.equal(told.at(-1) ?? 1, 1);
    return found;
  }

  /** Numbers, from 0, of the lines in which the needle is found. */
  async function linesWith(needle: string, lines: readonly string[]): Promise<readonly number[]> {
    const starts = new Map<number, number>();
    let offset = 0;
    lines.forEach((line, index) => {
      starts.set(offset, index);
      offset += Buffer.byteLength(line) + 1;
    });
    const [found] = await offsetsIn(lines.map((line) => `${line}\n`).join(''), [needle]);
    return (found ?? []).map((at) => starts.get(at) ?? NaN);
  }

  /** The same body as an embedded member, as a string, and as a string within a string. */
  function nested(body: string): readonly string[] {
    const text = JSON.stringify({ text: body });
    return [`{"json":${body}}`, text, JSON.stringify({ text })];
  }

  it('finds letters of either case, each line once', async () => {
    const lines = ['EventAck eventack', 'EVENTACK', 'Event Ack', '', 'xeventackx'];
    assert.deepEqual(await linesWith('evenTAck', lines), [0, 1, 4]);
  });

  it('finds nothing but names in what the recorder wrote ahead of a frame, and all that was carried', async () => {
    const stamped = (seq: number, rest: string): string =>
      `{"kind":"frame","seq":${seq},"t":12.345,"c":77,"d":"receive","m":[{"n":"EventAck","r":4711,"w":"a]b@c","i":"02DN"}],${rest}}`;
    const lines = [
      stamped(901, '"v":"ws","json":{"messageName":"EventAck","referenceId":4711}'),
      stamped(902, '"v":"ws","redacted":3,"text":"the frame of kind 902"'),
      stamped(903, '"v":"req","x":88,"method":"POST","url":"/02DN","headers":[["v","receive"]]'),
      stamped(904, '"v":"res","x":88,"status":404,"statusText":"No json","headers":[]'),
      stamped(905, '"v":"ws","error":"cut off","base64":"AAAA"'),
      stamped(906, '"v":"ws"'),
      '{"kind":"frame","c":1,"seq":907,"t":1,"d":"send","v":"ws","json":{"a":[],"v":"ws"}}',
      '{"kind":"gap","seq":908,"t":1,"reason":"EventAck"}',
    ];
    const expected: readonly (readonly [string, readonly number[]])[] = [
      ['ventack', [0, 1, 2, 3, 4, 5, 7]],
      ['EventAck","r"', []],
      ['4711', [0]],
      ['messageName', [0]],
      ['902', [1]],
      ['90', [1, 6, 7]],
      ['frame', [1, 6]],
      ['kind', [1, 6, 7]],
      ['receive', [2]],
      ['02dn', [2]],
      ['post', [2]],
      ['88', []],
      ['404', [3]],
      ['cut off', [4]],
      ['aaaa', [4]],
      ['a]b', []],
      ['json', [3, 6]],
      ['"v":"ws"', [6]],
      ['"json":{"messageName', []],
      ['{"messageName":"EventAck"', [0]],
      ['redacted', []],
      ['77', []],
    ];
    for (const [needle, found] of expected) {
      assert.deepEqual(await linesWith(needle, lines), found, needle);
    }
  });

  it('searches every piece of a long line, whatever stands ahead of its frame', async () => {
    const head =
      '{"kind":"frame","seq":1,"t":1,"c":1,"d":"send","m":[{"n":"A","i":"Needle"}],"v":"ws","text":"';
    for (const at of [0, BLOCK - 100, BLOCK, 2 * BLOCK]) {
      const lines = ['no', `${head}${'x'.repeat(at)}needle"}`, `${head}${'x'.repeat(at)}"}`];
      assert.deepEqual(await linesWith('needle', lines), [1], `${at}`);
    }
  });

  it('finds letters beyond ASCII in either case', async () => {
    const lines = ['Grüße', 'GRÜßE', 'Grusse', 'ПРИВЕТ', 'привет, мир', '日本'];
    assert.deepEqual(await linesWith('grüß', lines), [0, 1]);
    assert.deepEqual(await linesWith('Ü', lines), [0, 1]);
    assert.deepEqual(await linesWith('Привет', lines), [3, 4]);
    assert.deepEqual(await linesWith('本', lines), [5]);
  });

  it('keeps letters apart that only some foldings make alike', async () => {
    assert.deepEqual(await linesWith('k', ['\u212a', '\u017f', 'K']), [2]);
    assert.deepEqual(await linesWith('\u212a', ['\u212a', 'k', 'K']), [0]);
    assert.deepEqual(await linesWith('straße', ['STRASSE', 'STRAßE']), [1]);
  });

  it('finds letters whose cases have different lengths in UTF-8', async () => {
    assert.deepEqual(await linesWith('Ⱥ', ['a ⱥ', 'Ⱥ', 'A']), [0, 1]);
    assert.deepEqual(await linesWith('xⱥy', ['xȺy', 'Xⱥy', 'xay']), [0, 1]);
  });

  for (const [what, value, needle] of [
    ['a quotation mark', 'he said "Yes" loudly', 'said "yes" l'],
    ['nothing but a quotation mark', '"', '"'],
    ['backslashes', 'C:\\Temp\\new', 'c:\\temp\\N'],
    ['a line end', 'first\nsecond', 'first\nsec'],
    ['a line end at its start', 'first\nsecond', '\nsecond'],
    ['a tab alone', 'a\tb', '\t'],
    ['a control character', 'a\u0001b', 'A\u0001B'],
    ['nothing but a control character', 'a\u0001b', '\u0001'],
    ['a solidus', 'text/plain', 'text/plain'],
    ['a character beyond the basic plane', 'so 😀 then', 'o 😀 T'],
  ] as const) {
    it(`finds ${what}, as JSON, in a string and in a string within a string`, async () => {
      const lines = [...nested(JSON.stringify({ value })), ...nested('{"value":"other"}')];
      const found = await linesWith(needle, lines);
      const others = needle === '"' ? [3, 4, 5] : [];
      assert.deepEqual(found, [0, 1, 2, ...others]);
    });
  }

  it('finds names and values of JSON in every form of it', async () => {
    const body = '{"messageName":"EventAck","referenceId":18,"text":"x"}';
    assert.deepEqual(
      await linesWith('"messagename":"eventack","referenceId":18,', nested(body)),
      [0, 1, 2],
    );
    assert.deepEqual(await linesWith('"referenceId":1,', nested(body)), []);
  });

  it('finds characters that are written as numbers, wherever they stand in the needle', async () => {
    const body = '{"a":"\\u0047r\\u00FC\\u00dfe \\ud83d\\ude00\\/x"}';
    for (const needle of ['Grüße 😀/x', 'grü', 'üß', 'ß', '😀', 'e 😀/X', 'G']) {
      assert.deepEqual(await linesWith(needle, [...nested(body), '{}']), [0, 1, 2], needle);
    }
    assert.deepEqual(await linesWith('\\u00fc', nested(body)), [0, 1, 2]);
  });

  it('does not take half of an escape for a letter within a needle', async () => {
    assert.deepEqual(await linesWith('anb', ['"a\\nb"', '"anb"']), [1]);
  });

  it('never finds a needle across the end of a line', async () => {
    assert.deepEqual(await linesWith('a\nb', ['a', 'b']), []);
  });

  /** Lines, needles without a backslash, and the lines in which unescaping all and looking again finds those. */
  async function againstUnescaping(
    letters: readonly string[],
    check: (found: readonly number[], expected: readonly number[]) => void,
  ): Promise<void> {
    const value = fc.array(fc.constantFrom(...letters), { maxLength: 12 });
    const needle = fc.array(fc.constantFrom(...letters.filter((letter) => letter !== '\\')), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(
        needle.map((parts) => parts.join('')),
        fc.array(fc.tuple(value, fc.nat(2), fc.boolean()), { minLength: 1, maxLength: 12 }),
        async (text, made) => {
          const lines = made.map(([parts, depth, numbered]) => {
            const own = JSON.stringify({ v: parts.join('') });
            return nested(numbered ? asNumbers(own) : own)[depth] ?? '';
          });
          const expected = [...lines.keys()].filter((index) => contains(lines[index] ?? '', text));
          check(await linesWith(text, lines), expected);
        },
      ),
      { numRuns: 500 },
    );
  }

  const letters = ['a', 'B', 'n', 'u', '0', '"', '/', '\n', '\t', 'ü', 'Ü', 'ж', '😀', '{', ' '];

  it('finds what unescaping the whole line and looking again finds', async () => {
    await againstUnescaping(letters, (found, expected) => assert.deepEqual(found, expected));
  });

  it('finds no less where values have backslashes of their own', async () => {
    // Letters that a backslash of the value would turn into an escape mean something else at each depth.
    const plain = letters.filter((letter) => !'"nu0/bfrt'.includes(letter));
    await againstUnescaping([...plain, '\\', '\\'], (found, expected) => {
      assert.deepEqual(
        expected.filter((line) => !found.includes(line)),
        [],
      );
    });
  });

  it('finds any part of a text in every form of it', async () => {
    const text = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(text, fc.nat(39), fc.nat(39), async (value, one, other) => {
        const characters = Array.from(value);
        const start = Math.min(one, other, characters.length - 1);
        const needle = characters.slice(start, Math.max(one, other) + 1).join('');
        const lines = nested(JSON.stringify({ value }));
        assert.deepEqual(await linesWith(needle, lines), [0, 1, 2]);
      }),
      { numRuns: 200 },
    );
  });

  it('finds what stands across the edges of blocks', async () => {
    const lines: string[] = [];
    for (let index = 0; index < 6000; index++) {
      lines.push(`${'.'.repeat(index % 397)}${index % 3 === 0 ? 'Größe "здесь"' : 'Grösse'}`);
    }
    const expected = [...lines.keys()].filter((index) => index % 3 === 0);
    assert.deepEqual(await linesWith('größe "Здесь"', lines), expected);
  });

  it('finds a match at every place around the edges of the pieces of a long line, once', async () => {
    for (const at of [0, BLOCK - 7, BLOCK - 3, BLOCK - 1, BLOCK, 2 * BLOCK - 50_000, 3 * BLOCK]) {
      const long = `${'x'.repeat(at)}Needle${'y'.repeat(BLOCK)}`;
      assert.deepEqual(await linesWith('needle', ['no', long, 'needle', 'no']), [1, 2], `${at}`);
    }
  });

  it('tells of a long line once, however often the needle stands in it', async () => {
    const long = `Needle${'x'.repeat(BLOCK - 50_000)}needle${'y'.repeat(BLOCK)}needle`;
    assert.deepEqual(await linesWith('needle', ['no', long, 'needle']), [1, 2]);
  });

  it('finds the longest needle, and none that is longer than every line', async () => {
    const needle = 'aB"'.repeat(333);
    const lines = nested(JSON.stringify(needle));
    assert.deepEqual(await linesWith(needle, lines), [0, 1, 2]);
    assert.deepEqual(await linesWith(needle, ['aB', '']), []);
  });

  it('tells several needles apart', async () => {
    assert.deepEqual(await offsetsIn('one\ntwo\none two\n', ['two', 'one', 'three']), [
      [4, 8],
      [0, 8],
      [],
    ]);
  });

  it('stays within its range, and searches a last line without its end', async () => {
    const text = 'one\none\none\none';
    assert.deepEqual(await offsetsIn(text, ['one'], { from: 4, to: 12 }), [[4, 8]]);
    assert.deepEqual(await offsetsIn(text, ['one'], { from: 8, to: 15 }), [[8, 12]]);
    assert.deepEqual(await offsetsIn(text, ['one'], { from: 4, to: 4 }), [[]]);
  });

  it('reads bytes that are no UTF-8', async () => {
    const bytes = Buffer.from([0xff, 0x61, 0xc3, 0x0a, 0xf0, 0x0a, 0x62, 0xc3, 0xbc, 0x0a]);
    assert.deepEqual(await offsetsIn(bytes, ['a', 'bü', 'ü']), [[0], [6], [6]]);
  });

  it('refuses a needle that is empty or too long', async () => {
    const code = 'bad-search';
    await assert.rejects(offsetsIn('a\n', ['a', '']), { code });
    await assert.rejects(offsetsIn('a\n', ['x'.repeat(1001)]), { code });
  });

  it('says that the file was cut where it ends before what is to be searched', async () => {
    const found: number[] = [];
    const name = path.join(folder.path, 'cut.wbtrace');
    writeFileSync(name, 'one\ntwo\none\n');
    for (const to of [13, BLOCK, 3 * BLOCK]) {
      const file = new RecordingFile(name);
      const searching = searchLines(
        file,
        ['one'],
        { from: 0, to },
        (offsets) => found.push(...offsets),
        NEVER_CANCELLED,
      );
      await assert.rejects(searching, { code: 'recording-changed' });
      file.close();
    }
    assert.deepEqual(found, [0, 8, 0, 8, 0, 8]);
  });

  it('says which file it cannot read', async () => {
    const file = new RecordingFile(path.join(folder.path, 'absent.wbtrace'));
    const range = { from: 0, to: 10 };
    await assert.rejects(
      searchLines(file, ['a'], range, () => undefined, NEVER_CANCELLED),
      {
        code: 'recording-unreadable',
      },
    );
  });

  it('stops between blocks when it is cancelled, after the first lines were told', async () => {
    const name = path.join(folder.path, 'long.wbtrace');
    writeFileSync(name, `${'x'.repeat(99)}\n`.repeat(100_000));
    const file = new RecordingFile(name);
    const stopping = new AbortController();
    let told = 0;
    const searching = searchLines(
      file,
      ['x'],
      { from: 0, to: 10_000_000 },
      (offsets) => {
        told += offsets.length;
        stopping.abort();
      },
      stopping.signal,
    );
    await assert.rejects(searching, { name: 'AbortError' });
    file.close();
    assert.equal(told, Math.floor(BLOCK / 100));
  });

  it('lets other work run while a needle makes every place worth a long look', async () => {
    const text = `${'a'.repeat(BLOCK - 1)}\n`;
    let looks = 0;
    const signal = { aborted: false, throwIfAborted: () => looks++ };
    const range = { from: 0, to: text.length };
    assert.deepEqual(await offsetsIn(text, [`${'a'.repeat(200)}"`], range, signal), [[]]);
    // Once at the start and once for the only block, where it takes no slices.
    assert.ok(looks > 5, `${looks} looks`);
  });
});

/** Every letter and character beyond ASCII as its number. */
function asNumbers(json: string): string {
  return json.replace(/[^\0-\x7f]|[aB](?=")/g, (found) =>
    found
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** What is searched for, said in the plainest way: unescape the line until nothing changes, looking each time. */
function contains(line: string, needle: string): boolean {
  const wanted = needle.toLowerCase();
  for (let text = line; ;) {
    if (text.toLowerCase().includes(wanted)) {
      return true;
    }
    const next = unescapeOnce(text);
    if (next === text) {
      return false;
    }
    text = next;
  }
}

function unescapeOnce(text: string): string {
  return text.replace(
    /\\(?:u([0-9A-Fa-f]{4})|(["\\/bfnrt]))/g,
    (_, hex: string | undefined, letter: string | undefined) =>
      hex === undefined
        ? (JSON.parse(`"\\${letter ?? ''}"`) as string)
        : String.fromCharCode(parseInt(hex, 16)),
  );
}
