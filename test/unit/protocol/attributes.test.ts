import assert from 'node:assert/strict';
import { LosslessNumber } from 'lossless-json';
import {
  asBoolean,
  asInt32,
  asInteger,
  asList,
  asObject,
  asText,
  isNumber,
  member,
  numberText,
} from '../../../src/core/protocol/attributes';
import type { JsonValue } from '../../../src/core/protocol/json';

const exact = (lexeme: string): LosslessNumber => new LosslessNumber(lexeme);

describe('attribute accessors', () => {
  it('give a value only when it has the type that is asked for', () => {
    const values: readonly (JsonValue | undefined)[] = [
      undefined,
      null,
      true,
      'text',
      7,
      exact('7.0'),
      [1],
      { a: 1 },
    ];
    const kinds = values.map((value) => [
      asObject(value) !== undefined && 'object',
      asList(value) !== undefined && 'list',
      asText(value) !== undefined && 'text',
      asBoolean(value) !== undefined && 'boolean',
      isNumber(value) && 'number',
    ]);
    assert.deepEqual(
      kinds.map((kind) => kind.filter(Boolean)),
      [[], [], ['boolean'], ['text'], ['number'], ['number'], ['list'], ['object']],
    );
  });

  it('read an integer exactly, in whatever letters it was written', () => {
    const values = [7, exact('7.0'), exact('7e0'), exact('0.7e1'), exact('-0'), -3];
    assert.deepEqual(values.map(asInteger), [7, 7, 7, 7, 0, -3]);
  });

  it('read no integer from what is none, is not safe, or is a text', () => {
    const values = [
      1.5,
      '7',
      true,
      null,
      exact('1e400'),
      exact('9007199254740993'),
      exact('1.00000000000000000001'),
    ];
    assert.deepEqual(
      values.map(asInteger),
      values.map(() => undefined),
    );
  });

  it('keep 32-bit integers within their range', () => {
    const values = [2147483647, -2147483648, 2147483648, -2147483649, exact('2147483647.0')];
    assert.deepEqual(values.map(asInt32), [
      2147483647,
      -2147483648,
      undefined,
      undefined,
      2147483647,
    ]);
  });

  it('tell a number as it was written', () => {
    assert.deepEqual([numberText(7), numberText(exact('1.0'))], ['7', '1.0']);
  });

  it('see a member only when it was sent', () => {
    const sent: unknown = JSON.parse('{"__proto__": 1, "toString": 2}');
    const object = sent as Parameters<typeof member>[0];
    assert.deepEqual(
      ['__proto__', 'toString', 'constructor'].map((name) => member(object, name)),
      [1, 2, undefined],
    );
    assert.equal(member(undefined, 'a'), undefined);
  });
});
