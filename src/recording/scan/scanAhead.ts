/**
 * Has the parts of a recording scanned by workers, ahead of the one who reads it from front to back. The reader
 * takes part: it scans by itself what no worker has begun, so that no processor waits for another.
 */
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../core/base/disposable';
import { given } from '../../core/trace/fields';
import type { ScannedRange } from './rangeScanner';
import type { ScanAnswer, ScanFile, ScanRequest, ScanStart } from './scanMessages';

/** Bytes of a part. Of larger ones more waits in memory, of smaller ones more garbage is left: both were measured. */
const PART_SIZE = 4 * 1024 * 1024;
/** Parts that one worker has before it, so that it has work while the reader is busy for a slice. */
const AT_ONCE = 4;
/** Parts from the reader's on that may be begun. */
const AHEAD = 6;
const MAX_WORKERS = 3;
/** They keep next to nothing, and room for more garbage would only be taken. One that needs more is done without. */
const MEMORY = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 24 } as const;

/** A part of the recording, in bytes. */
export interface Part {
  /** Lines that begin before this belong to it. */
  readonly to: number;
  /** What a worker made of it; undefined where the reader is to do it. */
  readonly scanned: ScannedRange | undefined;
}

/** Who has the parts of a recording scanned. */
export interface ScannedParts {
  /** The part that the line at `offset` belongs to. The reader goes through them in order and may leave out some. */
  partAt(offset: number): Promise<Part>;
  /** Says that a range is used up: its memory is taken back. */
  release(range: ScannedRange): void;
}

/** A part that was given to a worker. */
interface Task {
  readonly part: number;
  isDone: boolean;
  range: ScannedRange | undefined;
}

interface Thread {
  readonly worker: Worker;
  /** In the order in which they were given to it. */
  readonly tasks: Task[];
}

export class ScanAhead implements Disposable, ScannedParts {
  private readonly threads = new Set<Thread>();
  private readonly ready = new Set<Thread>();
  private readonly tasks = new Map<number, Task>();
  private readonly spare: ArrayBuffer[] = [];
  /** `current`, for the workers to see. */
  private readonly reached = new Int32Array(new SharedArrayBuffer(4)).fill(-1);
  /** The part that the reader is at. */
  private current = 0;
  /** No part from this on was begun. */
  private next = 0;
  private readonly parts: number;

  /** For the lines of a file that begin at `start` or behind it and before `size`. */
  constructor(
    script: string,
    file: ScanFile,
    private readonly start: number,
    private readonly size: number,
    private readonly partSize = PART_SIZE,
  ) {
    this.parts = Math.ceil((size - start) / partSize);
    const workers = Math.min(MAX_WORKERS, Math.max(1, availableParallelism() - 1), this.parts);
    for (let count = 0; count < workers; count++) {
      this.begin(script, file);
    }
  }

  /**
   * Waits for no worker, only for what they have told already: a reader that finds a part unfinished does it itself,
   * so that it is never slower than without them, however few processors there are for all.
   */
  async partAt(offset: number): Promise<Part> {
    const part = Math.floor((offset - this.start) / this.partSize);
    if (this.tasks.get(part)?.isDone === false) {
      await setImmediate();
    }
    const task = this.tasks.get(part);
    for (let done = this.current; done <= part; done++) {
      this.tasks.delete(done);
    }
    this.current = part;
    Atomics.store(this.reached, 0, part);
    this.next = Math.max(this.next, part + 1);
    this.feed();
    return {
      to: Math.min(this.size, this.start + (part + 1) * this.partSize),
      scanned: task?.range,
    };
  }

  release({ block }: ScannedRange): void {
    this.spare.push(block.buffer);
  }

  dispose(): void {
    for (const thread of this.threads) {
      this.end(thread);
    }
  }

  private begin(script: string, file: ScanFile): void {
    const workerData: ScanStart = { ...file, reached: this.reached };
    const worker = new Worker(script, {
      workerData,
      resourceLimits: MEMORY,
      // Nothing of the process is theirs.
      env: {},
      execArgv: [],
    });
    const thread: Thread = { worker, tasks: [] };
    this.threads.add(thread);
    worker.unref();
    worker.on('message', (answer: ScanAnswer) => {
      if (answer.kind === 'ready') {
        this.ready.add(thread);
      } else {
        this.settle(thread.tasks.shift(), answer.range);
      }
      this.feed();
    });
    // The reader reads by itself what a worker could not, and finds out why.
    worker.on('error', () => this.end(thread));
    worker.on('exit', () => this.end(thread));
  }

  private end(thread: Thread): void {
    this.threads.delete(thread);
    this.ready.delete(thread);
    thread.tasks.splice(0).forEach((task) => this.settle(task, undefined));
    void thread.worker.terminate();
  }

  /** Gives parts to whoever has time, and ends whoever has nothing to do any more. */
  private feed(): void {
    if (this.next >= this.parts) {
      [...this.threads].filter(({ tasks }) => tasks.length === 0).forEach((done) => this.end(done));
      return;
    }
    for (let round = 0; round < AT_ONCE; round++) {
      for (const { worker, tasks } of this.ready) {
        if (tasks.length <= round && this.next < Math.min(this.parts, this.current + AHEAD)) {
          const part = this.next++;
          const task: Task = { part, isDone: false, range: undefined };
          tasks.push(task);
          this.tasks.set(part, task);
          const from = this.start + part * this.partSize;
          const to = Math.min(this.size, from + this.partSize);
          const spare = this.spare.pop();
          const request: ScanRequest = { part, from, to, ...given('spare', spare) };
          worker.postMessage(request, spare === undefined ? [] : [spare]);
        }
      }
    }
  }

  private settle(task: Task | undefined, range: ScannedRange | undefined): void {
    if (task === undefined) {
      return;
    }
    task.isDone = true;
    task.range = range;
    if (range !== undefined && this.tasks.get(task.part) !== task) {
      this.release(range); // The reader did not wait.
    }
  }
}
