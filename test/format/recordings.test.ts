import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../src/core/base/result';
import { parseHead, parseRecord } from '../../src/core/trace/recordLine';
import { FORMAT_VERSION } from '../../src/core/trace/records';
import { openRecordingReader } from '../../src/recording/recordingReader';
import { readAll } from '../support/recordings';

// Each recording has a twin that says what is read from it and what is told of it. Neither is ever changed.
const FIXTURES = join('test', 'format', 'fixtures');
const NAMES = readdirSync(FIXTURES)
  .filter((file) => file.endsWith('.wbtrace'))
  .map((file) => file.slice(0, -'.wbtrace'.length));

/** All that our reader makes of a recording, as plain JSON. */
async function reading(path: string): Promise<unknown> {
  const reader = openRecordingReader(path, { writing: () => false });
  try {
    const { headers, records, heads, problems } = await readAll(reader);
    const lines = await Promise.all(records.map((record) => reader.line(record)));
    // The index must get from the beginning of a line what the whole line says.
    assert.deepEqual(heads.map(plain), lines.map(parseHead).map(valueOf).map(madeAnew).map(plain));
    return {
      headers,
      records: lines.map(parseRecord).map(valueOf).map(plain),
      problems: problems.map(({ text, ...place }) => ({
        ...place,
        text: withoutParserWords(text),
      })),
    };
  } finally {
    reader.dispose();
  }
}

function valueOf(parsed: ReturnType<typeof parseRecord | typeof parseHead>): unknown {
  return parsed.ok ? parsed.value : parsed.error;
}

/** A frame whose line has no hints gets those that the collecting sink makes. */
function madeAnew(head: unknown): unknown {
  if (typeof head !== 'object' || head === null || !('withoutHints' in head)) {
    return head;
  }
  const { withoutHints, ...rest } = head;
  return withoutHints === true ? { ...rest, hints: [{ name: 'made anew' }] } : head;
}

function plain(value: unknown): unknown {
  const text = JSON.stringify(value, (_, member: unknown) =>
    member instanceof Uint8Array ? [...member] : member,
  );
  return JSON.parse(text);
}

/** Each JavaScript engine says in its own words what is no JSON. */
function withoutParserWords(text: string): string {
  return text.replace(/Not JSON \(.*\)\. It/, 'Not JSON. It');
}

describe('recordings of every version', () => {
  for (const name of NAMES) {
    it(`reads "${name}" as its twin says`, async () => {
      const expected: unknown = JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8'));
      const read = await reading(join(FIXTURES, `${name}.wbtrace`)).catch((error: unknown) => ({
        refused: messageOf(error),
      }));
      assert.deepEqual(read, expected);
    });
  }

  it('has a complete recording of each', () => {
    const complete = NAMES.filter((name) => name.endsWith('-complete'));
    const versions = Array.from({ length: FORMAT_VERSION }, (_, index) => `v${index + 1}-complete`);
    assert.deepEqual(complete, versions);
  });
});
