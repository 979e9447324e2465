/**
 * Runs at most one task at a time; of those asked for meanwhile only the newest is run afterwards.
 * Failures go to `onError`.
 */
export class LatestWins {
  private running = false;
  private next: (() => Promise<void>) | undefined;

  constructor(private readonly onError: (error: unknown) => void) {}

  run(task: () => Promise<void>): void {
    this.next = task;
    if (!this.running) {
      void this.drain();
    }
  }

  private async drain(): Promise<void> {
    this.running = true;
    for (let task = this.take(); task !== undefined; task = this.take()) {
      try {
        await task();
      } catch (error) {
        this.onError(error);
      }
    }
    this.running = false;
  }

  private take(): (() => Promise<void>) | undefined {
    const task = this.next;
    this.next = undefined;
    return task;
  }
}
