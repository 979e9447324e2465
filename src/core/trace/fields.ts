/** Says which field of a record is wrong, and how. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
}

/** The members of an untrusted JSON object, read one by one with their type checked. */
export class Fields {
  private constructor(
    private readonly members: Readonly<Record<string, unknown>>,
    private readonly owner: string,
  ) {}

  /** Throws {@link FieldError} when `value` is no object; `owner` names it in words. */
  static of(value: unknown, owner: string): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new FieldError(`the ${owner} is no JSON object`);
    }
    return new Fields(value as Readonly<Record<string, unknown>>, owner);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.members, name);
  }

  /** What `read` gives, or undefined when the member is absent. */
  optional<T>(name: string, read: () => T): T | undefined {
    return this.has(name) ? read() : undefined;
  }

  text(name: string): string {
    const value = this.get(name);
    return typeof value === 'string' ? value : this.fail(name, 'a string', value);
  }

  flag(name: string): boolean {
    const value = this.get(name);
    return typeof value === 'boolean' ? value : this.fail(name, 'true or false', value);
  }

  number(name: string): number {
    const value = this.get(name);
    return Number.isFinite(value) ? (value as number) : this.fail(name, 'a number', value);
  }

  /** A whole number from `least` on. */
  count(name: string, least: number): number {
    const value = this.get(name);
    return Number.isSafeInteger(value) && (value as number) >= least
      ? (value as number)
      : this.fail(name, `a whole number from ${least} on`, value);
  }

  /** A position in a sequence: a whole number from 1 on that 32 bits hold. */
  ordinal(name: string): number {
    const value = this.count(name, 1);
    return value <= 0xffffffff ? value : this.fail(name, 'a number below 4294967296', value);
  }

  reference(name: string): number | string {
    const value = this.get(name);
    return typeof value === 'string' || Number.isFinite(value)
      ? (value as number | string)
      : this.fail(name, 'a number or a string', value);
  }

  list(name: string): readonly unknown[] {
    const value = this.get(name);
    return Array.isArray(value) ? (value as readonly unknown[]) : this.fail(name, 'a list', value);
  }

  word<const W extends string>(name: string, words: readonly W[]): W {
    const value = this.get(name);
    const word = words.find((candidate) => candidate === value);
    return word ?? this.fail(name, words.map((text) => `"${text}"`).join(' or '), value);
  }

  /** A date and time in ISO 8601. */
  instant(name: string): string {
    const text = this.text(name);
    return Number.isNaN(Date.parse(text)) ? this.fail(name, 'a date and time', text) : text;
  }

  /** The member as it was parsed, unchecked; undefined where it is absent. */
  get(name: string): unknown {
    return this.has(name) ? this.members[name] : undefined;
  }

  private fail(name: string, expected: string, value: unknown): never {
    const seen = value === undefined ? 'nothing' : JSON.stringify(value);
    const short = seen.length > 40 ? `${seen.slice(0, 40)}…` : seen;
    throw new FieldError(`"${name}" of the ${this.owner} is ${short}, not ${expected}`);
  }
}

/** A member for an object, or nothing where there is no value. */
export function given<K extends string, V>(
  key: K,
  value: V | undefined,
): { readonly [name in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [name in K]?: V });
}
