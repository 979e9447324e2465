/**
 * JSON as a tree that knows where everything stands, for texts that people write: what is wrong is noted at its
 * place, and where the intention is plain (a comma too many or too few, a comment) reading goes on.
 */
import type { Span } from './textPosition';

export type JsonNode =
  | (Span & { readonly kind: 'object'; readonly members: readonly JsonMember[] })
  | (Span & { readonly kind: 'list'; readonly items: readonly JsonNode[] })
  | (Span & { readonly kind: 'text'; readonly value: string })
  | (Span & { readonly kind: 'number'; readonly value: number })
  | (Span & { readonly kind: 'other'; readonly value: boolean | null });

export interface JsonMember {
  readonly key: Span & { readonly value: string };
  readonly value: JsonNode;
}

/** Takes what is wrong. */
export type Complain = (span: Span, text: string) => void;

/** Deeper than anything that a person would write. */
const MAX_DEPTH = 50;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\w$.+-]+/y;
const BLANK = /[\s\uFEFF]*/y;

/** The reading cannot go on. */
class GivenUp extends Error {}

/** Reads a text; undefined when it is no JSON from some place on, which `complain` has been told. */
export function readJsonTree(text: string, complain: Complain): JsonNode | undefined {
  try {
    return new TreeReader(text, complain).read();
  } catch (error) {
    if (error instanceof GivenUp) {
      return undefined;
    }
    throw error;
  }
}

class TreeReader {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly complain: Complain,
  ) {}

  read(): JsonNode {
    this.skipBlank();
    const root = this.value();
    this.skipBlank();
    if (this.at < this.text.length) {
      this.complain(
        { start: this.at, end: this.text.length },
        'The scenario ends before this; delete what follows.',
      );
    }
    return root;
  }

  private value(): JsonNode {
    switch (this.text[this.at]) {
      case '{':
        return this.nested(() => this.object());
      case '[':
        return this.nested(() => this.list());
      case '"':
        return { kind: 'text', ...this.string() };
      default:
        return this.scalar();
    }
  }

  private nested(read: () => JsonNode): JsonNode {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) {
      this.giveUp(`Lists and objects nest more than ${MAX_DEPTH} deep; make this flatter.`);
    }
    const node = read();
    this.depth -= 1;
    return node;
  }

  private object(): JsonNode {
    const start = this.at;
    const members: JsonMember[] = [];
    const seen = new Set<string>();
    this.members('}', () => {
      if (this.text[this.at] !== '"') {
        this.giveUp('A property name in double quotes must stand here.');
      }
      const key = this.string();
      if (seen.has(key.value)) {
        this.complain(key, `"${key.value}" stands twice in this object; delete one of them.`);
      }
      seen.add(key.value);
      this.skipBlank();
      if (this.text[this.at] !== ':') {
        this.giveUp(`A colon and a value must follow "${key.value}".`);
      }
      this.at += 1;
      this.skipBlank();
      members.push({ key, value: this.value() });
    });
    return { kind: 'object', members, start, end: this.at };
  }

  private list(): JsonNode {
    const start = this.at;
    const items: JsonNode[] = [];
    this.members(']', () => items.push(this.value()));
    return { kind: 'list', items, start, end: this.at };
  }

  /** Reads what stands between brackets, the opening one at hand. */
  private members(close: '}' | ']', readOne: () => void): void {
    const open = this.at;
    this.at += 1;
    let comma: Span | undefined;
    for (let isFirst = true; ; isFirst = false) {
      const before = this.at;
      this.skipBlank();
      const here = this.text[this.at];
      if (here === undefined) {
        this.at = open;
        this.giveUp(`This is never closed; a '${close}' is missing.`);
      }
      if (here === close) {
        if (comma !== undefined) {
          this.complain(comma, `Nothing follows this comma; delete it.`);
        }
        this.at += 1;
        return;
      }
      if (!isFirst && comma === undefined) {
        this.complain({ start: before - 1, end: before }, 'A comma is missing behind this.');
      }
      readOne();
      comma = this.comma();
    }
  }

  private comma(): Span | undefined {
    const before = this.at;
    this.skipBlank();
    if (this.text[this.at] !== ',') {
      this.at = before;
      return undefined;
    }
    this.at += 1;
    return { start: this.at - 1, end: this.at };
  }

  private string(): Span & { readonly value: string } {
    const start = this.at;
    let end = start + 1;
    for (; this.text[end] !== '"'; end += this.text[end] === '\\' ? 2 : 1) {
      if (this.text[end] === undefined || this.text[end] === '\n') {
        this.giveUp('This text has no end; a double quote is missing.');
      }
    }
    this.at = end + 1;
    const span = { start, end: this.at };
    const raw = this.text.slice(start, this.at);
    try {
      return { ...span, value: String(JSON.parse(raw)) };
    } catch {
      // Not fatal: where the text ends is plain.
      this.complain(
        span,
        'This text holds a character that JSON wants written with a backslash, or a backslash that means nothing.',
      );
      return { ...span, value: raw.slice(1, -1) };
    }
  }

  private scalar(): JsonNode {
    const start = this.at;
    const word = this.match(WORD);
    const end = start + word.length;
    const constant = { true: true, false: false, null: null }[word];
    if (constant !== undefined) {
      this.at = end;
      return { kind: 'other', value: constant, start, end };
    }
    const number = this.match(NUMBER);
    if (number !== '' && number === word) {
      this.at = end;
      return { kind: 'number', value: Number(number), start, end };
    }
    if (word === '') {
      this.giveUp('A value is missing here.');
    }
    this.complain(
      { start, end },
      `'${word.slice(0, 40)}' is no value; write a text in double quotes, a number, true or false.`,
    );
    this.at = end;
    return { kind: 'text', value: word, start, end };
  }

  /** Blanks, and comments, which JSON does not know. */
  private skipBlank(): void {
    for (;;) {
      this.at += this.match(BLANK).length;
      const opening = this.text.slice(this.at, this.at + 2);
      if (opening !== '//' && opening !== '/*') {
        return;
      }
      const close = this.text.indexOf(opening === '//' ? '\n' : '*/', this.at + 2);
      const end = close < 0 ? this.text.length : close + (opening === '//' ? 0 : 2);
      this.complain(
        { start: this.at, end },
        'A scenario cannot hold comments; use "description" instead.',
      );
      this.at = end;
    }
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0] ?? '';
  }

  private giveUp(text: string): never {
    this.complain({ start: this.at, end: this.at + 1 }, text);
    throw new GivenUp(text);
  }
}
