/**
 * Has the parts of a recording scanned by workers, ahead of the one who reads it from front to back. The reader
 * takes part: it scans by itself what no worker has begun, so that no processor waits for another.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../core/base/disposable';
import type { ScannedRange } from './rangeScanner';
import type { ScanAnswer, ScanFile, ScanRequest } from './scanMessages';

/** Bytes of a part: few, since parts wait in memory, and enough that telling of them costs nothing. */
const PART_SIZE = 2 * 1024 * 1024;
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
  /** What a worker made of it; undefined where the reader is to do it, or none could. */
  readonly scanned: Promise<ScannedRange | undefined> | undefined;
}

/** Who has the parts of a recording scanned. */
export interface ScannedParts {
  /** The part that the line at `offset` belongs to. The reader goes through them in order and may leave out some. */
  partAt(offset: number): Part;
  /** Says that a range is used up: its memory is taken back. */
  release(range: ScannedRange): void;
}

interface Task {
  readonly promise: Promise<ScannedRange | undefined>;
  readonly settle: (range: ScannedRange | undefined) => void;
  isDone: boolean;
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

  partAt(offset: number): Part {
    const part = Math.floor((offset - this.start) / this.partSize);
    for (let done = this.current; done < part; done++) {
      this.tasks.delete(done);
    }
    this.current = part;
    this.next = Math.max(this.next, part);
    const task = this.tasks.get(part);
    if (task === undefined) {
      this.next = Math.max(this.next, part + 1);
    } else if (!task.isDone && this.next < this.parts) {
      // The reader has to wait: one of those to come is left to it.
      this.next++;
    }
    this.feed();
    return {
      to: Math.min(this.size, this.start + (part + 1) * this.partSize),
      scanned: task?.promise,
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

  private begin(script: string, workerData: ScanFile): void {
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
        settle(thread.tasks.shift(), answer.range);
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
    thread.tasks.splice(0).forEach((task) => settle(task, undefined));
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
          const task = newTask();
          const from = this.start + this.next * this.partSize;
          tasks.push(task);
          this.tasks.set(this.next++, task);
          const to = Math.min(this.size, from + this.partSize);
          const spare = this.spare.pop();
          const request: ScanRequest = spare === undefined ? { from, to } : { from, to, spare };
          worker.postMessage(request, spare === undefined ? [] : [spare]);
        }
      }
    }
  }
}

function newTask(): Task {
  let settle: Task['settle'] = () => undefined;
  const promise = new Promise<ScannedRange | undefined>((resolve) => (settle = resolve));
  return { promise, settle, isDone: false };
}

function settle(task: Task | undefined, range: ScannedRange | undefined): void {
  if (task !== undefined) {
    task.isDone = true;
    task.settle(range);
  }
}
