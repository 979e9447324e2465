import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { inProject } from '../../environment/paths';
import { endProcess } from '../../environment/processes';
import { wholeScript } from '../support/wholeProcess';

const SCRIPT = path.join('out', 'test', 'bench', 'view', 'growingRecording.entry.js');

/** Writes a recording of so many frames, and beside it a file with lines that go on where it ends. */
export async function writeGrowingRecording(
  file: string,
  more: string,
  frames: number,
): Promise<void> {
  await wholeScript(inProject(SCRIPT), ['write', file, more, String(frames)]);
}

/** Appends those lines at a rate in a process of its own until it is ended, or there are no more. */
export class Growth {
  private child: ChildProcess | undefined;

  constructor(
    private readonly file: string,
    private readonly more: string,
  ) {}

  /** Resolves when the first lines have been appended. Goes on where the last growth ended. */
  async start(messagesPerSecond: number): Promise<void> {
    const args = [inProject(SCRIPT), 'append', this.file, this.more, String(messagesPerSecond)];
    this.child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    if (this.child.stdout !== null) {
      await once(this.child.stdout, 'data');
    }
  }

  async stop(): Promise<void> {
    if (this.child !== undefined) {
      await endProcess(this.child);
    }
  }
}
