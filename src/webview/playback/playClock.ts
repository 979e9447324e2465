/** Longest time between two readings that counts, in milliseconds: a page that stood still is not caught up with. */
const LONGEST_STEP_MS = 1000;

/**
 * Recorded time as it passes while a trace is played. Reckoned from one fixed moment, so that nothing adds up however
 * often it is read. Pure: whoever reads it says what time it is (ms).
 */
export class PlayClock {
  private base = 0;
  private since: number | undefined;
  private last = 0;
  private rate = 1;

  /** Recorded milliseconds that pass in one. */
  get speed(): number {
    return this.rate;
  }

  get running(): boolean {
    return this.since !== undefined;
  }

  /** Where it stands now, in milliseconds of the recording. */
  read(now: number): number {
    if (this.since === undefined) {
      return this.base;
    }
    const lost = now - this.last - LONGEST_STEP_MS;
    if (lost > 0) {
      this.since += lost;
    }
    this.last = now;
    return this.base + (now - this.since) * this.rate;
  }

  start(now: number): void {
    if (this.since === undefined) {
      this.since = now;
      this.last = now;
    }
  }

  stop(now: number): void {
    this.base = this.read(now);
    this.since = undefined;
  }

  /** Sets it to a time of the recording; it goes on if it did. */
  seek(time: number, now: number): void {
    this.base = time;
    if (this.since !== undefined) {
      this.since = now;
      this.last = now;
    }
  }

  setSpeed(speed: number, now: number): void {
    this.seek(this.read(now), now);
    this.rate = speed;
  }
}
