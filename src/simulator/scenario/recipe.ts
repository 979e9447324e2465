import type { JsonObject, JsonValue } from '../../core/protocol/json';
import type { Complain, JsonNode } from './jsonTree';
import { nearest } from './nearest';
import { pick, type Random } from './random';
import { didYouMean, type Reader } from './reading';
import type { Contact, Recipes } from './scenario';

/** What a recipe is made with. */
export interface Ingredients {
  /** Number of the interaction, from 0. */
  readonly n: number;
  /** Number within its row of the scenario file, from 0. */
  readonly i: number;
  readonly contact: Contact;
  readonly random: Random;
}

/** Objects with one of these keys are drawn: `{"$oneOf": […]}`. */
const DRAWN = ['$oneOf', '$each', '$between', '$every'] as const;

/** `{n}`, `{i}`, with rest, factor and summand: `{n%8}`, `{n*13+7100}`; and `{contact.…}`. */
const PLACEHOLDER =
  /\{(?:(n|i)(?:%([1-9]\d{0,8}))?(?:\*(\d{1,9}))?(?:\+(\d{1,9}))?|contact\.(\w+))\}/g;
const LOOKS_LIKE_PLACEHOLDER = /\{[^{}]*\}/g;

/** Values of all properties; those that `$every` leaves out are missing. */
export function cook(recipes: Recipes, ingredients: Ingredients): Map<string, JsonValue> {
  const cooked = new Map<string, JsonValue>();
  for (const [key, recipe] of recipes) {
    const value = cookValue(recipe, ingredients);
    if (value !== undefined) {
      cooked.set(key, value);
    }
  }
  return cooked;
}

function cookValue(recipe: JsonValue, ingredients: Ingredients): JsonValue | undefined {
  if (typeof recipe === 'string') {
    return fill(recipe, ingredients);
  }
  if (isList(recipe)) {
    return recipe.flatMap((item) => cookValue(item, ingredients) ?? []);
  }
  if (!isObject(recipe)) {
    return recipe;
  }
  const [[key, value] = ['', null]] = Object.entries(recipe);
  const values: readonly JsonValue[] = isList(value) ? value : [];
  switch (key) {
    case '$oneOf':
      return cookValue(pick(ingredients.random, values) ?? null, ingredients);
    case '$each':
      return cookValue(values[ingredients.n % values.length] ?? null, ingredients);
    case '$between': {
      const [low, high] = [Number(values[0]), Number(values[1])];
      return low + Math.floor(ingredients.random.next() * (high - low + 1));
    }
    case '$every':
      return ingredients.n % Number(value) === 0
        ? cookValue(recipe['value'] ?? null, ingredients)
        : undefined;
    default:
      return Object.fromEntries(
        Object.entries(recipe).flatMap(([name, item]) => {
          const made = cookValue(item, ingredients);
          return made === undefined ? [] : [[name, made]];
        }),
      );
  }
}

function fill(text: string, { n, i, contact }: Ingredients): string {
  return text.replace(
    PLACEHOLDER,
    (_all, name: string | undefined, rest, factor, summand, property: string | undefined) => {
      if (name === undefined) {
        return contact.get(property ?? '') ?? '';
      }
      const number = name === 'n' ? n : i;
      const reduced = rest === undefined ? number : number % Number(rest);
      return String(reduced * Number(factor ?? 1) + Number(summand ?? 0));
    },
  );
}

/** Reads a recipe. `contactProperties` are those that every contact has; undefined: not known. */
export function recipe(contactProperties: readonly string[] | undefined): Reader<JsonValue> {
  const read: Reader<JsonValue> = (node, complain) => {
    switch (node.kind) {
      case 'text':
        checkPlaceholders(node, contactProperties, complain);
        return node.value;
      case 'number':
      case 'other':
        return node.value;
      case 'list':
        return node.items.map((item) => read(item, complain) ?? null);
      case 'object': {
        const drawn = node.members.find(({ key }) => key.value.startsWith('$'));
        if (drawn !== undefined) {
          checkDrawn(node, complain);
        }
        return Object.fromEntries(
          node.members.map(({ key, value }) => [key.value, read(value, complain) ?? null]),
        );
      }
    }
  };
  return read;
}

function checkDrawn(node: JsonNode & { readonly kind: 'object' }, complain: Complain): void {
  const [first, second, ...more] = node.members;
  if (first === undefined) {
    return;
  }
  const { key, value } = first;
  const kind = DRAWN.find((known) => known === key.value);
  if (kind === undefined) {
    complain(
      key,
      `Only ${DRAWN.join(', ')} begin with a dollar, each first in its object.${didYouMean(nearest(key.value, DRAWN))}`,
    );
    return;
  }
  const isList = value.kind === 'list';
  const numbers = isList
    ? value.items.map((item) => (item.kind === 'number' ? item.value : Number.NaN))
    : [];
  const whole = numbers.every((number) => Number.isSafeInteger(number));
  if (kind === '$every') {
    if (value.kind !== 'number' || !Number.isInteger(value.value) || value.value < 1) {
      complain(value, '"$every" is followed by a whole number from 1 on.');
    }
    if (second?.key.value !== 'value' || more.length > 0) {
      complain(key, 'Beside "$every" stands "value", and nothing else.');
    }
    return;
  }
  if (second !== undefined) {
    complain(second.key, `Beside "${kind}" nothing else can stand.`);
  }
  if (kind === '$between') {
    const [low = 0, high = 0] = numbers;
    if (numbers.length !== 2 || !whole || low > high) {
      complain(
        value,
        '"$between" is followed by two whole numbers, the smaller one first: [1, 6].',
      );
    }
  } else if (!isList || value.items.length === 0) {
    complain(value, `"${kind}" is followed by a list of values.`);
  }
}

function checkPlaceholders(
  node: JsonNode & { readonly kind: 'text' },
  contactProperties: readonly string[] | undefined,
  complain: Complain,
): void {
  for (const [written] of node.value.matchAll(LOOKS_LIKE_PLACEHOLDER)) {
    const [match] = written.matchAll(PLACEHOLDER);
    if (match === undefined) {
      complain(
        node,
        `${written.slice(0, 60)} is no placeholder; those are {n}, {i}, {n%8}, {n*3+100} and {contact.name}.`,
      );
    }
    const property = match?.[5];
    if (property !== undefined && contactProperties?.includes(property) === false) {
      complain(
        node,
        `Not every contact has "${property}".${didYouMean(nearest(property, contactProperties), contactProperties)}`,
      );
    }
  }
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !('isLosslessNumber' in value)
  );
}
