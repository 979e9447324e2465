import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { inProject } from './paths';
import { endProcess } from './processes';
import { waitFor } from './waiting';

/** The embedded Interaction Server, running in a process of its own. */
export interface SimulatorProcess {
  /** What a client connects to, as `ws://127.0.0.1:7001`. */
  readonly address: string;
  /** Where it speaks Workspace API v3, where it was asked to. */
  readonly workspaceAddress?: string;
  /** Has it do something, in the words of its console, as `place email-draft@A1001`. */
  command(line: string): void;
  stop(): Promise<void>;
}

/** Starts the built server on a free port; resolves when it listens. */
export async function startSimulator(args: readonly string[] = []): Promise<SimulatorProcess> {
  const script = inProject('dist', 'simulator.js');
  const child = spawn(process.execPath, [script, '--port', '0', ...args], {
    stdio: 'pipe',
  });
  let announced: Announcement | undefined;
  let complaints = '';
  createInterface(child.stdout).on('line', (line) => (announced ??= announcementIn(line)));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaints += chunk));
  try {
    await waitFor('the embedded server', () => {
      if (child.exitCode !== null) {
        throw new Error(`The embedded server ended.\n${complaints}`);
      }
      return announced;
    });
  } catch (error) {
    await endProcess(child);
    throw error;
  }
  return {
    address: '',
    ...announced,
    command: (line) => child.stdin.write(`${line}\n`),
    stop: () => endProcess(child),
  };
}

type Announcement = Pick<SimulatorProcess, 'address' | 'workspaceAddress'>;

/** The server announces itself by one line of JSON. */
function announcementIn(line: string): Announcement | undefined {
  const value: unknown = line.startsWith('{') ? JSON.parse(line) : undefined;
  return typeof value === 'object' && value !== null && 'address' in value
    ? (value as Announcement)
    : undefined;
}
