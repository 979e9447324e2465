/**
 * Finds out what stands in the recordings that are listed, one after the other, in the background, and remembers it.
 * A recording that has changed since is looked at again.
 */
import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/event';
import { messageOf } from '../../core/base/result';
import type { RecordingFile } from '../../session/platform';
import type { Logger } from '../../session/ports';
import { recordingFacts, type RecordingFacts } from '../../session/recordingFacts';
import type { OpenTraces } from '../trace/openTraces';

const KEY = 'recordingFacts';
/** A larger recording is looked at when somebody opens it. */
const MAX_BYTES = 256 * 1024 * 1024;

/** What was found out about the file that a recording was at one time. */
interface Known {
  readonly bytes: number;
  readonly modifiedAt: number;
  /** Absent when it could not be read. */
  readonly facts?: RecordingFacts;
}

export class RecordingFactsKeeper implements Disposable {
  private readonly store = new DisposableStore();
  private readonly found = this.store.add(new Emitter<string>());
  private readonly known: Map<string, Known>;
  private wanted: readonly RecordingFile[] = [];
  private working = false;
  private disposed = false;

  /** Facts of a recording were found, by its path. */
  readonly onDidFind = this.found.event;

  constructor(
    private readonly openTraces: OpenTraces,
    private readonly memory: vscode.Memento,
    private readonly logger: Logger,
  ) {
    this.known = new Map(readKnown(memory.get<unknown>(KEY)));
  }

  /** What is known of a recording as it is now. */
  of(file: RecordingFile): RecordingFacts | undefined {
    const known = this.known.get(file.path);
    return isOf(known, file) ? known?.facts : undefined;
  }

  /** These are the recordings that are listed: what is not known of them is found out, the rest is forgotten. */
  look(files: readonly RecordingFile[]): void {
    const listed = new Set(files.map(({ path }) => path));
    for (const path of this.known.keys()) {
      if (!listed.has(path)) {
        this.known.delete(path);
      }
    }
    this.wanted = files.filter(
      (file) =>
        file.state !== 'written' &&
        file.bytes <= MAX_BYTES &&
        !isOf(this.known.get(file.path), file),
    );
    void this.work();
  }

  dispose(): void {
    this.disposed = true;
    this.store.dispose();
  }

  private async work(): Promise<void> {
    if (this.working) {
      return;
    }
    this.working = true;
    try {
      for (let next = this.wanted[0]; next !== undefined && !this.disposed; next = this.wanted[0]) {
        const { path, bytes, modifiedAt } = next;
        this.wanted = this.wanted.slice(1);
        const found = await this.read(path);
        if (found !== 'of a part') {
          this.known.set(path, { bytes, modifiedAt, ...found });
          this.found.fire(path);
        }
      }
      await this.memory.update(KEY, [...this.known]);
    } catch (error) {
      this.logger.warn(`What recordings hold could not be remembered: ${messageOf(error)}`);
    } finally {
      this.working = false;
    }
  }

  /** Without facts where the recording cannot be read; `of a part` where somebody has stopped its reading. */
  private async read(path: string): Promise<{ readonly facts?: RecordingFacts } | 'of a part'> {
    const reference = this.openTraces.acquire(path);
    try {
      await reference.read;
      // Somebody may have it open for long, and what came last is not read yet.
      await reference.trace.read();
      const facts = recordingFacts(reference.trace);
      return facts === undefined ? 'of a part' : { facts };
    } catch (error) {
      this.logger.info(`${path} could not be counted: ${messageOf(error)}`);
      return {};
    } finally {
      reference.dispose();
    }
  }
}

function isOf(known: Known | undefined, { bytes, modifiedAt }: RecordingFile): boolean {
  return known?.bytes === bytes && known.modifiedAt === modifiedAt;
}

/** What an earlier window has remembered; what does not look like it is left out. */
function readKnown(value: unknown): readonly (readonly [string, Known])[] {
  return Array.isArray(value) ? value.flatMap(readEntry) : [];
}

function readEntry(entry: unknown): readonly (readonly [string, Known])[] {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string' || !isKnown(entry[1])) {
    return [];
  }
  return [[entry[0], entry[1]]];
}

function isKnown(value: unknown): value is Known {
  const { bytes, modifiedAt, facts } = fieldsOf(value);
  return (
    typeof bytes === 'number' &&
    typeof modifiedAt === 'number' &&
    (facts === undefined || isFacts(facts))
  );
}

function isFacts(value: unknown): value is RecordingFacts {
  const { servers, ...numbers } = fieldsOf(value);
  return (
    Array.isArray(servers) &&
    servers.every((server) => typeof server === 'string') &&
    (['length', 'messages', 'failed', 'unanswered'] as const).every(
      (name) => typeof numbers[name] === 'number',
    )
  );
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
