import { widen } from '../base/growing';

/** Phases that something was done with, a bit each. */
export class PhaseSet {
  private bits = new Uint32Array(64);

  has(phase: number): boolean {
    return (((this.bits[phase >>> 5] ?? 0) >>> (phase & 31)) & 1) === 1;
  }

  /** False when it was in before. */
  add(phase: number): boolean {
    const word = phase >>> 5;
    if (word >= this.bits.length) {
      this.bits = widen(this.bits, word * 2);
    }
    const before = this.bits[word] ?? 0;
    const after = before | (1 << (phase & 31));
    this.bits[word] = after;
    return after >>> 0 !== before;
  }
}
