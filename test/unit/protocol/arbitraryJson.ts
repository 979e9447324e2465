/** Generators of JSON for property tests: values as the codec holds them, and texts as a wire may have them. */
import fc from 'fast-check';
import { LosslessNumber } from 'lossless-json';
import { CATALOGUE } from '../../../src/core/protocol/catalogue';
import type { JsonObject, JsonValue } from '../../../src/core/protocol/json';
import type { Message } from '../../../src/core/protocol/message';

/** Keys: ordinary ones, those that objects have by themselves, and any text with lone surrogates. */
const key = fc.oneof(
  fc.constantFrom('workbin', 'extension', 'Subject', 'key', 'value', '10', ''),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'toJSON', 'isLosslessNumber'),
  fc.string({ unit: 'binary' }),
);

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\ud800', 'a\udfffb', '"\\', '\u0000'),
);

/** Numbers as they may be written, most of which a JavaScript number would write otherwise. */
export const lexeme = fc.oneof(
  fc.constantFrom('1.0', '-0', '1e400', '12345678901234567890', '0.10', '1E5', '1e21', '-1.5e-9'),
  fc.integer().map(String),
  fc.bigInt().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
);

function numberOf(written: string): number | LosslessNumber {
  return String(Number(written)) === written ? Number(written) : new LosslessNumber(written);
}

/** Any value of the model. */
export const jsonValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    text,
    lexeme.map(numberOf),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    objectOf(tie('value')),
    fc.array(entryOf(tie('value')), { maxLength: 3 }),
  ),
})).value;

/** Own members of any name, `__proto__` among them, as a parser makes them. */
function objectOf(value: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonObject> {
  return fc
    .uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, maxLength: 5 })
    .map((entries) => Object.fromEntries(entries));
}

/** An entry of a key-value list in its array form. */
function entryOf(value: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonObject> {
  const type = fc.constantFrom('str', 'int', 'list');
  return fc.record({ key, type, value }, { noNullPrototype: true });
}

/** Messages of the catalogue and others, with known attributes of any type and unknown ones. */
export const message: fc.Arbitrary<Message> = fc.constantFrom(...CATALOGUE).chain((type) => {
  const known = fc.constantFrom(...type.attributes.keys());
  const attributes = fc
    .uniqueArray(fc.tuple(fc.oneof(known, key), jsonValue), {
      selector: ([name]) => name,
      maxLength: 6,
    })
    .map((entries): JsonObject => Object.fromEntries(entries));
  const name = fc.oneof(
    { weight: 5, arbitrary: fc.constant(type.name) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1 }) },
  );
  return fc.record({ name, attributes }, { noNullPrototype: true });
});

const space = fc.constantFrom('', '', ' ', '\n', '\t\r ');

/** An object as text: any order, white space and escapes, numbers in any letters. */
export const objectText: fc.Arbitrary<string> = fc.letrec<{ value: string; object: string }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text.map((value) => JSON.stringify(value)),
      lexeme,
      fc.constantFrom('true', 'false', 'null', '"\\u0041\\/"'),
      fc
        .tuple(fc.array(tie('value'), { maxLength: 4 }), space)
        .map(([items, gap]) => `[${gap}${items.join(`${gap},`)}${gap}]`),
      tie('object'),
    ),
    object: objectTextOf(fc.oneof(key, fc.constant('messageName')), tie('value')),
  }),
).object;

function objectTextOf(
  keys: fc.Arbitrary<string>,
  value: fc.Arbitrary<string>,
): fc.Arbitrary<string> {
  const members = fc.uniqueArray(fc.tuple(keys, value), {
    selector: ([name]) => name,
    maxLength: 5,
  });
  return fc
    .tuple(members, space)
    .map(([entries, gap]) =>
      [
        '{',
        entries.map(([k, v]) => `${JSON.stringify(k)}${gap}:${gap}${v}`).join(`,${gap}`),
        '}',
      ].join(gap),
    );
}

/** A message as text, with `messageName` anywhere. */
export const messageText: fc.Arbitrary<string> = fc
  .tuple(message, fc.array(objectText, { maxLength: 3 }), fc.nat())
  .map(([{ name }, values, place]) => {
    const members = values.map((value, index) => `"m${index}":${value}`);
    members.splice(place % (members.length + 1), 0, `"messageName" : ${JSON.stringify(name)}`);
    return `{${members.join(', ')}}`;
  });
