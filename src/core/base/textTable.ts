/** Texts that repeat, each under a small number: the columns of an index hold the number. */
import { asciiWords, textOf } from './asciiWords';
import { widen } from './growing';
import type { SavedTexts } from './snapshot';
import { hashOf, lastHash, lettersOf } from './textHash';
import { STEP, type Work } from './work';

/** Texts by number, from 0 (the empty text) to `size` - 1. It only grows; numbers stay. */
export interface Texts {
  readonly size: number;
  /** Throws a `RangeError` for a number that was not given. */
  text(id: number): string;
  /** The number of a text that is there. */
  find(text: string): number | undefined;
}

/** Letters stand in pages that are never moved: growing copies nothing. */
const PAGE_SHIFT = 16;
export const PAGE = 1 << PAGE_SHIFT;

/**
 * Gives equal texts one number. ASCII texts are kept as bytes, some 15 bytes beside their letters, so that a
 * million ids are no million strings; a string is made when somebody looks.
 */
export class TextTable implements Texts {
  /**
   * Pairs: the hash of a text, and 1 + its number, at the hash or a free place behind; 0: free. With the hash beside it
   * another text is told apart without looking at its letters, which are far away in memory.
   */
  private slots = new Int32Array(FIRST_SLOTS);
  /** Slots that have become too few, until all of them are moved: some with each new text, so that none takes long. */
  private older: Int32Array | undefined;
  /** Those before this one are moved. */
  private moved = 0;
  /** Texts for which there was no place near their hash: few, unless somebody chose ids so that many hashes are one. */
  private readonly crowded = new Map<string, number>();
  /** Page and place in it of the first letter of each text. */
  private starts: Uint32Array = new Uint32Array(128);
  private lengths: Uint16Array = new Uint16Array(128);
  private readonly pages: DataView[] = [];
  /** Where the next text may begin. */
  private end = 0;
  /** Texts that have slots, or need none: not all after {@link restore}, which makes none. */
  private slotted = 0;
  private count = 0;
  /** Texts with other letters than ASCII, or more than a page takes: both are few. */
  private readonly wide = new Map<string, number>();
  private readonly wideTexts = new Map<number, string>();
  /** Strings of the first texts, made once: names are few and asked for with every row. */
  private readonly made: (string | undefined)[] = [];

  constructor() {
    this.id('');
  }

  get size(): number {
    return this.count;
  }

  /** The number of a text. */
  id(text: string): number {
    const bytes = asciiWords(text, SLACK);
    return bytes === undefined
      ? this.wideId(text)
      : this.idOfWords(bytes, 0, text.length, hashOf(bytes, 0, text.length));
  }

  /**
   * The number of the text whose `length` letters stand in `bytes` from `start` on, all of them ASCII, with at
   * least {@link SLACK} bytes of whatever behind them. `hash` is FIRST_HASH put through nextHash
   * with every four letters (the first is the lowest byte) and what is left of them, zeros above.
   */
  idOfWords(bytes: DataView, start: number, length: number, hash: number): number {
    if (length > MAX_LENGTH) {
      return this.wideId(textOf(bytes, start, length));
    }
    if (this.slotted < this.count) {
      this.slotTo(this.count);
    }
    return this.idOfHashed(bytes, start, length, lastHash(hash));
  }

  private idOfHashed(bytes: DataView, start: number, length: number, mixed: number): number {
    const slot = this.slotOf(this.slots, bytes, start, length, mixed);
    const entry = this.slots[slot + 1] ?? 0;
    return entry > 0
      ? entry - 1
      : (this.elsewhere(bytes, start, length, mixed) ??
          this.append(bytes, start, length, mixed, slot));
  }

  /** Of each text the hash that {@link idsOf} of another table needs, where it has a slot; a copy. */
  hashes(): Int32Array {
    const hashes = new Int32Array(this.count);
    for (const slots of [this.older, this.slots]) {
      for (let slot = 0; slot < (slots?.length ?? 0); slot += 2) {
        const entry = slots?.[slot + 1] ?? 0;
        if (entry > 0) {
          hashes[entry - 1] = slots?.[slot] ?? 0;
        }
      }
    }
    return hashes;
  }

  /** Makes ready what {@link id} needs after {@link restore}, which else takes long at the first call. */
  *prepare(): Work<void> {
    for (let next = STEP; this.slotted < this.count; next += STEP) {
      this.slotTo(next);
      yield;
    }
  }

  /** The numbers of texts that another table has saved, by their numbers there; `hashes` are its own. */
  idsOf({ count, starts, lengths, letters, wide }: SavedTexts, hashes: Int32Array): Uint32Array {
    if (this.slotted < this.count) {
      this.slotTo(this.count);
    }
    const pages = letters.map(
      ({ buffer, byteOffset, length }) => new DataView(buffer, byteOffset, length),
    );
    const ids = new Uint32Array(count);
    for (let id = 0; id < count; id++) {
      const start = starts[id] ?? 0;
      const length = lengths[id] ?? 0;
      const page = pages[start >>> PAGE_SHIFT];
      if (page !== undefined && length > 0) {
        const first = start & (PAGE - 1);
        // Few have none: those that were not found by their hash there.
        const mixed = hashes[id] || lastHash(hashOf(page, first, length));
        ids[id] = this.idOfHashed(page, first, length, mixed);
      }
    }
    for (const [id, text] of wide) {
      ids[id] = this.id(text);
    }
    return ids;
  }

  /** Forgets all texts. */
  clear(): void {
    this.slots.fill(0);
    this.older = undefined;
    this.crowded.clear();
    this.slotted = 0;
    this.end = 0;
    this.pages.length = 0;
    this.count = 0;
    this.wide.clear();
    this.wideTexts.clear();
    this.made.length = 0;
    this.id('');
  }

  /** What {@link restore} needs: views on what is in use. */
  save(): SavedTexts {
    const { count, starts, lengths, pages } = this;
    return {
      count,
      starts: starts.subarray(0, count),
      lengths: lengths.subarray(0, count),
      letters:
        pages.length === 0
          ? [new Uint8Array(0)]
          : pages.map(({ buffer, byteOffset }) => new Uint8Array(buffer, byteOffset, PAGE)),
      wide: [...this.wideTexts],
    };
  }

  /** Takes the place of all texts so far; what was saved has been checked. */
  restore({ count, starts, lengths, letters, wide }: SavedTexts): void {
    this.count = count;
    this.starts = starts;
    this.lengths = lengths;
    this.pages.length = 0;
    for (const { buffer, byteOffset, length } of letters) {
      for (let at = 0; at < length; at += PAGE) {
        this.pages.push(new DataView(buffer, byteOffset + at, PAGE));
      }
    }
    // What was free of the last page stays so: a page is little.
    this.end = this.pages.length * PAGE;
    this.wide.clear();
    this.wideTexts.clear();
    for (const [id, text] of wide) {
      this.wide.set(text, id);
      this.wideTexts.set(id, text);
    }
    this.made.length = 0;
    this.forgetSlots(count);
  }

  find(text: string): number | undefined {
    const bytes = asciiWords(text, SLACK);
    if (bytes === undefined || text.length > MAX_LENGTH) {
      return this.wide.get(text);
    }
    if (this.slotted < this.count) {
      return this.findByLetters(bytes, text.length);
    }
    const mixed = lastHash(hashOf(bytes, 0, text.length));
    const slot = this.slotOf(this.slots, bytes, 0, text.length, mixed);
    const entry = this.slots[slot + 1] ?? 0;
    return entry > 0 ? entry - 1 : this.elsewhere(bytes, 0, text.length, mixed);
  }

  text(id: number): string {
    const made = this.made[id];
    if (made !== undefined) {
      return made;
    }
    const text = this.make(id);
    if (id < MADE) {
      this.made[id] = text;
    }
    return text;
  }

  private make(id: number): string {
    if (!(id >= 0 && id < this.count)) {
      throw new RangeError(`No text ${id}`);
    }
    const wide = this.wideTexts.get(id);
    if (wide !== undefined) {
      return wide;
    }
    const start = this.starts[id] ?? 0;
    const page = this.pages[start >>> PAGE_SHIFT];
    const length = this.lengths[id] ?? 0;
    return page === undefined || length === 0 ? '' : textOf(page, start & (PAGE - 1), length);
  }

  /** The slot of a text, or the free one where it would go; {@link NO_SLOT} where there is none near. */
  private slotOf(
    slots: Int32Array,
    bytes: DataView,
    start: number,
    length: number,
    mixed: number,
  ): number {
    const mask = slots.length - 1;
    let slot = (mixed << 1) & mask;
    for (let looked = 0; looked < MOST_LOOKS; looked++) {
      const entry = slots[slot + 1] ?? 0;
      if (entry === 0 || (slots[slot] === mixed && this.equals(entry - 1, bytes, start, length))) {
        return slot;
      }
      slot = (slot + 2) & mask;
    }
    return NO_SLOT;
  }

  /** The number of a text that has no slot of the present ones. */
  private elsewhere(
    bytes: DataView,
    start: number,
    length: number,
    mixed: number,
  ): number | undefined {
    const { older, crowded } = this;
    const slot = older === undefined ? NO_SLOT : this.slotOf(older, bytes, start, length, mixed);
    const entry = older?.[slot + 1] ?? 0;
    return entry > 0
      ? entry - 1
      : crowded.size === 0
        ? undefined
        : crowded.get(textOf(bytes, start, length));
  }

  /** The number of a text, without slots: a look at the lengths of all is quicker than making those once. */
  private findByLetters(bytes: DataView, length: number): number | undefined {
    const { lengths, count } = this;
    for (let id = 0; id < count; id++) {
      if (lengths[id] === length && this.equals(id, bytes, 0, length)) {
        return id;
      }
    }
    return undefined;
  }

  private equals(id: number, bytes: DataView, start: number, length: number): boolean {
    if ((this.lengths[id] ?? 0) !== length) {
      return false;
    }
    const place = this.starts[id] ?? 0;
    const words = this.pages[place >>> PAGE_SHIFT];
    if (words === undefined || length === 0) {
      return length === 0;
    }
    const first = place & (PAGE - 1);
    let at = 0;
    for (; at + 4 <= length; at += 4) {
      if (words.getInt32(first + at, true) !== bytes.getInt32(start + at, true)) {
        return false;
      }
    }
    const last = words.getInt32(first + at, true) ^ bytes.getInt32(start + at, true);
    return (last & lettersOf(length - at)) === 0;
  }

  private append(
    bytes: DataView,
    start: number,
    length: number,
    mixed: number,
    slot: number,
  ): number {
    const offset = this.end & (PAGE - 1);
    if (this.pages.length === 0 || offset === 0 || offset + length + SLACK > PAGE) {
      this.end = this.pages.length * PAGE;
      this.pages.push(new DataView(new ArrayBuffer(PAGE)));
    }
    const first = this.end & (PAGE - 1);
    const page = this.pages.at(-1);
    // The last word may hold more than the text: the next one is written over it.
    for (let at = 0; at < length; at += 4) {
      page?.setInt32(first + at, bytes.getInt32(start + at));
    }
    const id = this.push(this.end, length);
    this.end += length;
    this.slotted = this.count;
    if (slot === NO_SLOT) {
      this.crowded.set(textOf(bytes, start, length), id);
    } else {
      this.slots[slot] = mixed;
      this.slots[slot + 1] = id + 1;
    }
    if (this.older !== undefined) {
      this.move(this.older, MOVED_WITH_EACH);
    } else if (this.count * 3 > this.slots.length) {
      this.older = this.slots;
      this.moved = 0;
      this.slots = new Int32Array(this.slots.length * 2);
      this.move(this.older, this.older.length > MOVED_IN_ONE_GO ? MOVED_WITH_EACH : Infinity);
    }
    return id;
  }

  private wideId(text: string): number {
    let id = this.wide.get(text);
    if (id === undefined) {
      id = this.push(0, 0);
      this.wide.set(text, id);
      this.wideTexts.set(id, text);
      this.slotted += this.slotted === id ? 1 : 0;
    }
    return id;
  }

  private push(start: number, length: number): number {
    const id = this.count++;
    if (id >= this.starts.length) {
      this.starts = widen(this.starts, Math.max(128, id * 2));
      this.lengths = widen(this.lengths, Math.max(128, id * 2));
    }
    this.starts[id] = start;
    this.lengths[id] = length;
    return id;
  }

  /** Forgets the older slots when all are moved. */
  private move(older: Int32Array, pairs: number): void {
    const end = Math.min(older.length, this.moved + pairs * 2);
    for (; this.moved < end; this.moved += 2) {
      const entry = older[this.moved + 1] ?? 0;
      if (entry > 0) {
        this.putInSlot(older[this.moved] ?? 0, entry - 1);
      }
    }
    this.older = end === older.length ? undefined : older;
  }

  /** Of a text that has none yet. */
  private putInSlot(mixed: number, id: number): void {
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = (mixed << 1) & mask;
    for (let looked = 0; looked < MOST_LOOKS; looked++) {
      if (slots[slot + 1] === 0) {
        slots[slot] = mixed;
        slots[slot + 1] = id + 1;
        return;
      }
      slot = (slot + 2) & mask;
    }
    this.crowded.set(this.make(id), id);
  }

  /** So that they are made again for `count` texts, by and by or when they are needed. */
  private forgetSlots(count: number): void {
    let size = FIRST_SLOTS;
    while (count * 3 > size) {
      size *= 2;
    }
    this.slots = new Int32Array(size);
    this.older = undefined;
    this.crowded.clear();
    this.slotted = 0;
  }

  private slotTo(most: number): void {
    const end = Math.min(most, this.count);
    for (; this.slotted < end; this.slotted++) {
      const id = this.slotted;
      if (!this.wideTexts.has(id)) {
        const start = this.starts[id] ?? 0;
        const page = this.pages[start >>> PAGE_SHIFT] ?? NO_LETTERS;
        const length = this.lengths[id] ?? 0;
        this.putInSlot(lastHash(hashOf(page, start & (PAGE - 1), length)), id);
      }
    }
  }
}

const FIRST_SLOTS = 512;
/** More slots are not looked at for one text: hardly ever needed, unless somebody chose ids with one hash. */
const MOST_LOOKS = 256;
const NO_SLOT = -2;
/** Older slots that are moved with each new text: all of them, well before there are twice as many texts. */
const MOVED_WITH_EACH = 32;
/** So few are moved in no time. */
const MOVED_IN_ONE_GO = 64 * 1024;
const MADE = 1024;

/** Bytes that may be read behind a text. */
export const SLACK = 4;
const MAX_LENGTH = PAGE - SLACK;
const NO_LETTERS = new DataView(new ArrayBuffer(PAGE));
