import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parseRecord, recordLine } from '../../src/core/trace/recordLine';
import { anyRecord } from '../support/arbitraryRecords';
import { generateTraffic } from '../support/generateTraffic';

interface Schema {
  readonly definitions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const SCHEMA = JSON.parse(
  readFileSync(join('src', 'core', 'trace', 'wbtrace.schema.json'), 'utf8'),
) as Schema;

const options = { strict: true, allowUnionTypes: true, strictRequired: false, formats: {} };
const validate = new Ajv(options).compile(SCHEMA);
/** The schema with no keys but those that it names: what we write is documented, all of it. */
const validateClosed = new Ajv(options).compile({
  ...SCHEMA,
  definitions: Object.fromEntries(
    Object.entries(SCHEMA.definitions).map(([name, definition]) => [
      name,
      'properties' in definition ? { ...definition, additionalProperties: false } : definition,
    ]),
  ),
});

describe('the JSON Schema of a line', () => {
  it('allows what the complete recording holds', () => {
    const recording = readFileSync(
      join('test', 'format', 'fixtures', 'v1-complete.wbtrace'),
      'utf8',
    );
    const lines = recording.trimEnd().split('\n');
    assert.deepEqual(
      lines.filter((line) => !validateClosed(JSON.parse(line))),
      [],
    );
  });

  it('allows whatever we write, and names every key of it', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const valid = validateClosed(JSON.parse(recordLine(record)));
        assert.ok(valid, JSON.stringify(validateClosed.errors));
      }),
    );
    for (const record of generateTraffic(300).records) {
      assert.ok(validateClosed(JSON.parse(recordLine(record))));
    }
  });

  it('forbids what our reader does not read, and allows what it does', () => {
    const frame = '"kind":"frame","seq":1,"t":0,"c":1,"d":"send"';
    const lines = [
      '{"kind":"end","seq":1,"t":0,"frames":1,"messages":0,"more":1}',
      '{"kind":"gap","seq":1,"t":0,"reason":""}',
      `{${frame},"v":"ws"}`,
      `{${frame},"v":"ws","m":[{"n":"x","r":"7","more":1}],"json":null}`,
      `{${frame},"v":"req","x":1,"method":"GET","url":"","headers":[["a","b"]]}`,
      '[]',
      '{"kind":"odd","seq":1,"t":0}',
      '{"kind":"end","seq":0,"t":0,"frames":1,"messages":0}',
      '{"kind":"end","seq":1,"t":"0","frames":1,"messages":0}',
      '{"kind":"close","seq":1,"t":0,"c":1,"by":"nobody","reason":""}',
      '{"kind":"open","seq":1,"t":0,"c":1,"dialect":"morse","server":"","application":""}',
      `{${frame}}`,
      `{${frame},"v":"ws","m":[{"r":7}]}`,
      `{${frame},"v":"ws","json":1,"text":"1"}`,
      `{${frame},"v":"res","x":1,"status":200,"statusText":"","headers":[]}`,
      `{${frame},"v":"req","x":1,"method":"GET","url":"","headers":[["a"]]}`,
    ];
    const judged = lines.map((line) => [validate(JSON.parse(line)), parseRecord(line).ok]);
    assert.deepEqual(
      judged,
      lines.map((_, index) => [index < 5, index < 5]),
    );
  });
});
