/** Small readers that make values of a JSON tree; each notes what is wrong at its place and goes on. */
import type { Complain, JsonNode } from './jsonTree';
import { nearest } from './nearest';
import type { Span } from './textPosition';

/** The value of a node; undefined when it has none, which `complain` has been told. */
export type Reader<T> = (node: JsonNode, complain: Complain) => T | undefined;

/** A value, and where it stands. */
export interface Located<T> {
  readonly value: T;
  readonly span: Span;
}

/** A property of an object; without `fallback` it must be given. */
interface Field<T> {
  readonly read: Reader<T>;
  readonly fallback: { readonly value: T } | undefined;
}

type Fields = Readonly<Record<string, Field<unknown>>>;
type ObjectOf<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never;
};

export function required<T>(read: Reader<T>): Field<T> {
  return { read, fallback: undefined };
}

export function optional<T>(read: Reader<T>, value: T): Field<T> {
  return { read, fallback: { value } };
}

/** May be missing, and is undefined then. */
export function maybe<T>(read: Reader<T>): Field<T | undefined> {
  return { read, fallback: { value: undefined } };
}

export function located<T>(read: Reader<T>): Reader<Located<T>> {
  return (node, complain) => {
    const value = read(node, complain);
    return value === undefined ? undefined : { value, span: { start: node.start, end: node.end } };
  };
}

export function text(maxLength = 10_000): Reader<string> {
  return (node, complain) => {
    if (node.kind !== 'text' || node.value === '') {
      complain(node, 'A text that is not empty must stand here.');
      return undefined;
    }
    if (node.value.length > maxLength) {
      complain(node, `This text may have at most ${maxLength} characters.`);
      return undefined;
    }
    return node.value;
  };
}

export function numberBetween(min: number, max: number, whole = false): Reader<number> {
  return (node, complain) => {
    const good =
      node.kind === 'number' &&
      node.value >= min &&
      node.value <= max &&
      (!whole || Number.isInteger(node.value));
    if (!good) {
      complain(node, `A ${whole ? 'whole ' : ''}number from ${min} to ${max} must stand here.`);
      return undefined;
    }
    return node.value;
  };
}

export function wholeBetween(min: number, max: number): Reader<number> {
  return numberBetween(min, max, true);
}

export const flag: Reader<boolean> = (node, complain) => {
  if (node.kind !== 'other' || node.value === null) {
    complain(node, 'true or false must stand here.');
    return undefined;
  }
  return node.value;
};

export function oneOf<T extends string>(values: readonly T[]): Reader<T> {
  return (node, complain) => {
    const found = values.find((value) => node.kind === 'text' && node.value === value);
    if (found === undefined) {
      const hint = node.kind === 'text' ? nearest(node.value, values) : undefined;
      complain(node, `${one(values)} must stand here.${didYouMean(hint)}`);
    }
    return found;
  };
}

export function list<T>(read: Reader<T>, { min = 0, max = 10_000 } = {}): Reader<readonly T[]> {
  return (node, complain) => {
    if (node.kind !== 'list') {
      complain(node, 'A list in square brackets must stand here.');
      return undefined;
    }
    if (node.items.length < min || node.items.length > max) {
      complain(node, `The list must have ${min} to ${max} entries; it has ${node.items.length}.`);
      return undefined;
    }
    return complete(node.items.map((item) => read(item, complain)));
  };
}

/** An object whose property names the author chooses. */
export function record<T>(read: Reader<T>): Reader<ReadonlyMap<string, T>> {
  return (node, complain) => {
    if (node.kind !== 'object') {
      complain(node, 'An object in curly brackets must stand here.');
      return undefined;
    }
    const entries = node.members.map(({ key, value }) => {
      const read_ = read(value, complain);
      return read_ === undefined ? undefined : ([key.value, read_] as const);
    });
    const all = complete(entries);
    return all && new Map(all);
  };
}

/** An object with the properties that are named; others are told, with the name that was perhaps meant. */
export function object<F extends Fields>(fields: F): Reader<ObjectOf<F>> {
  const known = Object.keys(fields);
  return (node, complain) => {
    if (node.kind !== 'object') {
      complain(node, 'An object in curly brackets must stand here.');
      return undefined;
    }
    for (const { key } of node.members) {
      if (!known.includes(key.value)) {
        complain(
          key,
          `"${key.value}" is not known here.${didYouMean(nearest(key.value, known), known)}`,
        );
      }
    }
    const values = known.map((name) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      const member = node.members.find(({ key }) => key.value === name);
      if (member !== undefined) {
        const value = field?.read(member.value, complain);
        return value === undefined ? undefined : ([name, value] as const);
      }
      if (field?.fallback === undefined) {
        complain(
          { start: node.start, end: node.start + 1 },
          `"${name}" is missing in this object.`,
        );
        return undefined;
      }
      return [name, field.fallback.value] as const;
    });
    const all = complete(values);
    // Each field's own reader has made its value.
    return all && (Object.fromEntries(all) as ObjectOf<F>);
  };
}

/** ` Did you mean …?`, or what there is, or nothing. */
export function didYouMean(hint: string | undefined, known: readonly string[] = []): string {
  if (hint !== undefined) {
    return ` Did you mean "${hint}"?`;
  }
  return known.length === 0 || known.length > 30 ? '' : ` Known are ${known.join(', ')}.`;
}

function one(values: readonly string[]): string {
  const quoted = values.map((value) => `"${value}"`);
  return quoted.length < 2
    ? quoted.join('')
    : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}

/** All of them, or undefined when one is missing. */
function complete<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const given = values.filter((value): value is T => value !== undefined);
  return given.length === values.length ? given : undefined;
}
