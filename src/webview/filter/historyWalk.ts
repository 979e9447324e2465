/** Goes through the filters of the past from the line, as a shell does. Pure. */
export class HistoryWalk {
  private history: readonly string[] = [];
  /** Place in the history; -1: the line as it was before. */
  private at = -1;
  private before = '';

  /** True while the line shows what the walk put there. */
  isAt(text: string): boolean {
    return this.at >= 0 && this.history[this.at] === text;
  }

  /** Begins at a line; `history` has the latest first. */
  begin(history: readonly string[], text: string): void {
    this.history = history.filter((filter) => filter !== text);
    this.at = -1;
    this.before = text;
  }

  /** The next older (1) or newer (-1) filter; undefined where there is none. */
  step(step: 1 | -1): string | undefined {
    const next = this.at + step;
    if (next < -1 || next >= this.history.length) {
      return undefined;
    }
    this.at = next;
    return next < 0 ? this.before : this.history[next];
  }
}
