/**
 * Finds where the entries of a HAR file stand, and where the WebSocket messages within them, in bytes, without
 * holding any: a file of any size passes through in chunks. What stands there is parsed by whoever reads it.
 *
 * Only brackets, strings and the few keys on the way are looked at; whether an entry is JSON shows when it is parsed.
 */

/** From the first byte of a JSON value up to, not including, the byte behind it. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

export interface EntrySpan extends ByteSpan {
  /** The array of `_webSocketMessages`, brackets included, where the entry has one. */
  readonly sockets?: ByteSpan;
  /** Starts and ends of its messages, in turn. */
  readonly messages: readonly number[];
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const ARRAY_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** Nesting of what is looked for: the file, `log`, `entries`, an entry, `_webSocketMessages`, a message. */
const LOG = 1;
const ENTRIES = 3;
const SOCKETS = 5;
/** No key that is looked for is longer. */
const MAX_KEY = 32;

/** One pass over one file. */
export class HarScanner {
  /** Bytes seen so far. */
  private seen = 0;
  private depth = 0;
  /** Of the levels down to an entry: the last key of an object; undefined for an array. */
  private readonly keys: (string | undefined)[] = [];
  private inString = false;
  private escaped = false;
  /** Letters of a key while it is read, else undefined. */
  private key: number[] | undefined;
  private keyNext = false;
  private entryStart = -1;
  private socketsStart = -1;
  private sockets: ByteSpan | undefined;
  private messageStart = -1;
  private messages: number[] = [];
  private foundEntries = false;
  private found = 0;

  constructor(private readonly onEntry: (span: EntrySpan) => void) {}

  /** True once `log.entries` has been met: the file is meant as a HAR. */
  get isHar(): boolean {
    return this.foundEntries;
  }

  /** Entries and messages met so far. */
  get count(): number {
    return this.found;
  }

  /** True when the file ended inside a value, or before any. */
  get isCut(): boolean {
    return this.depth > 0 || this.inString || this.seen === 0;
  }

  /** Takes the next bytes of the file. */
  feed(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (this.inString) {
        this.stringByte(byte);
      } else if (byte === QUOTE) {
        this.inString = true;
        this.key = this.keyNext ? [] : undefined;
      } else if (byte === OBJECT || byte === ARRAY) {
        this.open(byte === OBJECT, this.seen + at);
      } else if (byte === OBJECT_END || byte === ARRAY_END) {
        this.close(this.seen + at + 1);
      } else if (byte === COMMA) {
        this.keyNext = this.depth <= ENTRIES + 1 && this.keys[this.depth] !== undefined;
      }
    }
    this.seen += chunk.length;
  }

  private stringByte(byte: number): void {
    if (this.escaped) {
      this.escaped = false;
    } else if (byte === BACKSLASH) {
      this.escaped = true;
    } else if (byte === QUOTE) {
      this.inString = false;
      if (this.key !== undefined) {
        this.keys[this.depth] = String.fromCharCode(...this.key);
        this.key = undefined;
        this.keyNext = false;
      }
      return;
    }
    if (this.key !== undefined && this.key.length < MAX_KEY) {
      this.key.push(byte);
    }
  }

  private open(isObject: boolean, at: number): void {
    const { depth } = this;
    if (
      !isObject &&
      depth === LOG + 1 &&
      this.keys[LOG] === 'log' &&
      this.keys[depth] === 'entries'
    ) {
      this.foundEntries = true;
    } else if (isObject && depth === ENTRIES && this.isInEntries()) {
      this.entryStart = at;
    } else if (this.entryStart >= 0 && depth === ENTRIES + 1) {
      if (!isObject && this.keys[depth] === '_webSocketMessages') {
        this.socketsStart = at;
      }
    } else if (this.socketsStart >= 0 && depth === SOCKETS) {
      this.messageStart = at;
    }
    this.depth++;
    this.keyNext = isObject && this.depth <= ENTRIES + 1;
    if (this.depth <= ENTRIES + 1) {
      this.keys[this.depth] = isObject ? '' : undefined;
    }
  }

  private close(end: number): void {
    this.depth = Math.max(0, this.depth - 1);
    this.keyNext = false;
    if (this.messageStart >= 0 && this.depth === SOCKETS) {
      this.messages.push(this.messageStart, end);
      this.found++;
      this.messageStart = -1;
    } else if (this.socketsStart >= 0 && this.depth === SOCKETS - 1) {
      this.sockets = { start: this.socketsStart, end };
      this.socketsStart = -1;
    } else if (this.entryStart >= 0 && this.depth === ENTRIES) {
      const { sockets, messages, entryStart: start } = this;
      this.found++;
      this.onEntry({ start, end, messages, ...(sockets !== undefined && { sockets }) });
      this.entryStart = -1;
      this.sockets = undefined;
      this.messages = [];
    }
  }

  private isInEntries(): boolean {
    return (
      this.keys[LOG] === 'log' &&
      this.keys[LOG + 1] === 'entries' &&
      this.keys[ENTRIES] === undefined
    );
  }
}
