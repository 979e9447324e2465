/** Runs tasks one after the other, in the order in which they were given. One that fails holds none up. */
export class InTurn {
  private last: Promise<unknown> = Promise.resolve();

  /** Resolves or rejects as the task does. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const done = this.last.then(task, task);
    this.last = done;
    return done;
  }
}
