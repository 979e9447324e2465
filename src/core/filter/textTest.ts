import { widen } from '../base/growing';
import type { Texts } from '../base/textTable';

const NO = 1;
const YES = 2;

/** A test of the texts of a table, by their numbers. */
export interface TextTest {
  passes(id: number): boolean;
}

/**
 * Looks at each text once, when it is first asked for: a million messages share few texts, and those of a large
 * table are never all made at once. A byte per text.
 */
export class TextsThatFit implements TextTest {
  private known: Uint8Array<ArrayBuffer>;

  constructor(
    private readonly texts: Texts,
    private readonly fits: (text: string) => boolean,
  ) {
    this.known = new Uint8Array(texts.size);
  }

  passes(id: number): boolean {
    const state = this.known[id];
    return state === YES || (state !== NO && this.decide(id));
  }

  /**
   * Keeps the rows whose text passes: `ids` holds the number of each row's text, 0 for none; of those `other` says which
   * one counts instead, where there is one.
   */
  keep(
    rows: Uint32Array,
    count: number,
    ids: Uint16Array | Uint32Array,
    other: (row: number) => number = () => 0,
  ): number {
    let { known } = this;
    let kept = 0;
    for (let index = 0; index < count; index++) {
      const row = rows[index] ?? 0;
      const id = (ids[row] ?? 0) || other(row);
      let state = known[id] ?? 0;
      if (state === 0) {
        state = this.decide(id) ? YES : NO;
        known = this.known;
      }
      // Written whether it passes or not: a guess of the processor would be wrong too often.
      rows[kept] = row;
      kept += state - NO;
    }
    return kept;
  }

  private decide(id: number): boolean {
    const { known, texts, fits } = this;
    if (id >= known.length) {
      this.known = widen(known, Math.max(id + 1, known.length * 2));
    }
    const isFit = fits(texts.text(id));
    this.known[id] = isFit ? YES : NO;
    return isFit;
  }
}

/** One text, which the table may not hold yet. */
export class OneText implements TextTest {
  private wanted = -1;
  private size = 0;

  constructor(
    private readonly texts: Texts,
    private readonly text: string,
  ) {}

  passes(id: number): boolean {
    if (this.wanted < 0 && id >= this.size) {
      this.wanted = this.texts.find(this.text) ?? -1;
      this.size = this.texts.size;
    }
    return id === this.wanted;
  }
}
