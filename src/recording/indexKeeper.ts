/** Where the index of a recording is kept: beside it, or in a folder of ours where that cannot be written to. */
import { createHash } from 'node:crypto';
import { mkdir, utimes } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { tidyIndexes } from './leftIndexes';
import type { RecordingFile } from './recordingFile';
import { readSidecar, writeSidecar, type Covered, type RecordingState } from './sidecar';

export interface IndexPlaces {
  /** For recordings in folders that are read-only. */
  readonly folder: string;
  /** Recordings below so many bytes are read in no time; 32 MiB unless told. */
  readonly leastBytes?: number;
}

const LEAST_BYTES = 32 * 1024 * 1024;

/** The sidecar beside a recording. */
export function sidecarPath(recording: string): string {
  return `${recording}.index`;
}

export class IndexKeeper {
  private readonly beside: string;
  private readonly inFolder: string;
  private readonly least: number;

  constructor(
    private readonly recording: RecordingFile,
    private readonly places: IndexPlaces,
  ) {
    const path = resolve(recording.path);
    const name = createHash('sha256').update(path).digest('hex').slice(0, 32);
    this.beside = sidecarPath(path);
    this.inFolder = join(places.folder, `${name}.index`);
    this.least = places.leastBytes ?? LEAST_BYTES;
  }

  /** What was kept, where it fits the recording as it is now. */
  async load(state: RecordingState): Promise<Covered | undefined> {
    if (state.size < this.least) {
      return undefined;
    }
    const beside = await readSidecar(this.beside, this.recording, state);
    if (beside !== undefined) {
      return beside;
    }
    const kept = await readSidecar(this.inFolder, this.recording, state);
    if (kept !== undefined) {
      const now = new Date();
      // That it is used keeps it from being tidied away; where that cannot be said, it is made again some day.
      await utimes(this.inFolder, now, now).catch(() => undefined);
    }
    return kept;
  }

  /** Keeps an index. Rejects when it can be written nowhere. */
  async save(covered: Covered, isStill: () => boolean): Promise<void> {
    if (covered.bytes < this.least) {
      return;
    }
    try {
      await writeSidecar(this.beside, this.recording, covered, isStill);
    } catch {
      // The folder of the recording is read-only or full.
      await mkdir(this.places.folder, { recursive: true });
      await writeSidecar(this.inFolder, this.recording, covered, isStill);
    }
    // What cannot be tidied now can be the next time.
    await tidyIndexes(this.places.folder, Date.now()).catch(() => undefined);
  }
}
