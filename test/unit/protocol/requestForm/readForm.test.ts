import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ensure } from '../../../../src/core/base/assert';
import { CATALOGUE, messageByName } from '../../../../src/core/protocol/catalogue';
import {
  decodePlatformSdkJson,
  encodePlatformSdkJson,
} from '../../../../src/core/protocol/platformSdkJson';
import { enumValues, formFields } from '../../../../src/core/protocol/requestForm/formFields';
import type { FormField } from '../../../../src/core/protocol/requestForm/formFields';
import { formOf, readForm } from '../../../../src/core/protocol/requestForm/readForm';
import {
  readRequestInput,
  type FieldInput,
  type ListRow,
  type RequestInput,
} from '../../../../src/core/protocol/requestForm/requestInput';
import { isEnumType } from '../../../../src/core/protocol/enums';

const REQUESTS = CATALOGUE.filter(({ kind }) => kind === 'request');
const PLAIN = { noNullPrototype: true } as const;
const INT = fc.integer({ min: -2147483648, max: 2147483647 }).map(String);

function requestNamed(name: string) {
  return ensure(messageByName(name), name);
}

function rowsOf(depth: number): fc.Arbitrary<readonly ListRow[]> {
  // Objects put keys that are numbers first, and parsers leave `__proto__` out.
  const key = fc
    .string({ minLength: 1, maxLength: 8 })
    .filter((made) => !/^(\d+|__proto__)$/.test(made));
  const scalar = fc.oneof(
    fc.record({ key, type: fc.constant('text' as const), text: fc.string() }, PLAIN),
    fc.record({ key, type: fc.constant('int' as const), text: INT }, PLAIN),
  );
  const row: fc.Arbitrary<ListRow> =
    depth === 0
      ? scalar
      : fc.oneof(
          scalar,
          fc.record({ key, type: fc.constant('list' as const), rows: rowsOf(depth - 1) }, PLAIN),
        );
  return fc.uniqueArray(row, { maxLength: 4, selector: (each) => each.key });
}

/** What a person may rightly type into a field; undefined: nothing. */
function inputOf(field: FormField): fc.Arbitrary<FieldInput | undefined> {
  const text = (made: fc.Arbitrary<string>) => fc.option(made, { nil: undefined });
  switch (field.kind) {
    case 'list':
      return fc.option(
        rowsOf(2).filter((rows) => rows.length > 0),
        { nil: undefined },
      );
    case 'group':
      return groupOf(field.fields).map((group) =>
        Object.keys(group).length === 0 ? undefined : group,
      );
    case 'scalar':
      if (isEnumType(field.type)) {
        return text(fc.constantFrom(...enumValues(field.type).map(([name]) => name)));
      }
      switch (field.type) {
        case 'string':
          return text(fc.string({ minLength: 1 }));
        case 'int':
          return text(INT);
        case 'bool':
          return text(fc.constantFrom('true', 'false'));
        case 'DateTime':
          return text(fc.constantFrom('2026-01-31T09:30:00Z', '2026-01-31T09:30:00.5+01:00'));
        case 'bytes':
          return text(fc.base64String({ minLength: 4 }));
      }
  }
}

function groupOf(fields: readonly FormField[]): fc.Arbitrary<RequestInput> {
  return fc
    .tuple(...fields.map((field) => inputOf(field).map((input) => [field.name, input] as const)))
    .map((entries) =>
      Object.fromEntries(
        entries.flatMap(([name, input]) => (input === undefined ? [] : [[name, input]])),
      ),
    );
}

describe('the form of a request', () => {
  it('makes a message that its JSON text gives back, and that gives back the form', () => {
    const filled = fc
      .constantFrom(...REQUESTS)
      .chain((type) => groupOf(formFields(type)).map((input) => ({ type, input })));
    fc.assert(
      fc.property(filled, ({ type, input }) => {
        const { message, problems } = readForm(type, input);
        assert.deepEqual(
          problems.filter(({ text }) => text !== 'This request needs it.'),
          [],
        );
        const decoded = decodePlatformSdkJson(encodePlatformSdkJson(message));
        assert.deepEqual(decoded, { message, problems: [] });
        assert.deepEqual(formOf(type, message.attributes), input);
        assert.deepEqual(readRequestInput(JSON.parse(JSON.stringify(input))), input);
      }),
      { numRuns: 300 },
    );
  });

  it('has a field for every attribute of every request, the seldom ones last', () => {
    for (const type of REQUESTS) {
      const names = formFields(type).map(({ name }) => name);
      assert.deepEqual([...names].sort(), [...type.attributes.keys()].sort());
      assert.equal(names.at(-1), 'referenceId');
    }
  });

  it('tells what is wrong at its field', () => {
    const input: RequestInput = {
      count: '1.5',
      tenantId: '007',
      initialInFocusState: 'yes',
      reason: { reason: 'x' },
      pullParameters: [
        { key: 'id', type: 'text', text: 'a' },
        { key: 'id', type: 'text', text: 'b' },
        { key: '', type: 'list', rows: [{ key: 'n', type: 'int', text: '99999999999' }] },
      ],
    };
    const { problems } = readForm(requestNamed('RequestPull'), input);
    assert.deepEqual(problems.map(({ path }) => path).sort(), [
      '$.count',
      '$.initialInFocusState',
      '$.pullParameters[1]',
      '$.pullParameters[2]',
      '$.pullParameters[2][0]',
      '$.reason.reason',
      '$.tenantId',
    ]);
  });

  it('asks for what is documented to be needed, once, and for nothing else', () => {
    const needed = REQUESTS.flatMap((type) =>
      readForm(type, {}).problems.map(({ path }) => `${type.name} ${path}`),
    );
    assert.deepEqual(needed, [
      'RequestRegisterClient $.clientType',
      'RequestRegisterClient $.clientName',
      'RequestWorkbinTypesInfo $.tenantId',
    ]);
    const wrong = readForm(requestNamed('RequestWorkbinTypesInfo'), { tenantId: 'one' });
    assert.equal(wrong.problems.length, 1);
  });

  it('writes enums by name, and takes the number of one that it does not know', () => {
    const type = requestNamed('RequestConference');
    const read = (visibilityMode: string) =>
      readForm(type, { visibilityMode }).message.attributes['visibilityMode'];
    assert.deepEqual([read('Coach'), read('9'), read('Nobody')], ['Coach', 9, undefined]);
  });

  it('gives no form where it would send something else', () => {
    const type = requestNamed('RequestPull');
    for (const attributes of [
      { unknown: 1 },
      { viewId: '' },
      { viewId: null },
      { count: '1' },
      { pullParameters: [{ key: 'id', value: 'a' }] },
      { pullParameters: { deep: null } },
      { reason: {} },
    ]) {
      assert.equal(formOf(type, attributes), undefined, JSON.stringify(attributes));
    }
  });

  it('is taken from nobody in another shape, nor beyond its limits', () => {
    const deep = (levels: number): unknown =>
      levels === 0 ? [] : [{ key: 'k', type: 'list', rows: deep(levels - 1) }];
    for (const bad of [
      undefined,
      null,
      'text',
      [],
      { a: 1 },
      { a: null },
      { a: [{ key: 'k' }] },
      { a: [{ key: 'k', type: 'float', text: '1' }] },
      { a: 'x'.repeat(200_001) },
      { a: Array.from({ length: 2001 }, () => ({ key: 'k', type: 'text', text: '' })) },
      { a: deep(20) },
    ]) {
      assert.equal(
        readRequestInput(bad),
        undefined,
        `${typeof bad} ${Object.keys(bad ?? {}).join(' ')}`,
      );
    }
    fc.assert(fc.property(fc.anything(), (value) => void readRequestInput(value)));
  });
});
