/** Writes a recording's file as a HAR file: read line by line, written beside its place and put there when whole. */
import { open, rename, rm } from 'node:fs/promises';
import type { CancellationSignal } from '../../core/base/cancellation';
import { ExpectedError, messageOf } from '../../core/base/result';
import { MAX_LINE_LENGTH, parseHeader, parseRecord } from '../../core/trace/recordLine';
import type { HeaderRecord, TraceRecord } from '../../core/trace/records';
import { lineBlocks } from '../lineBlocks';
import { RecordingFile } from '../recordingFile';
import type { HarExportSummary } from '../../session/harSummaries';
import { exportHar } from './exportHar';
import { Slices } from '../slices';

export interface ExportOptions {
  readonly signal: CancellationSignal;
  /** Told 0..1, often. */
  readonly progress?: (done: number) => void;
}

const LINE_END = 0x0a;

/**
 * Exports what the recording holds at present; it may still grow. Replaces a file at `har`. Rejects with an
 * `ExpectedError`, or with what `signal` throws, and then leaves everything at `har` as it was.
 */
export async function exportRecording(
  recording: string,
  har: string,
  options: ExportOptions,
): Promise<HarExportSummary> {
  const source = new RecordingFile(recording);
  const partial = `${har}.part`;
  try {
    const { size } = await source.state();
    const lines = new RecordingLines(source, size, options);
    const header = await lines.header();
    const target = await guard(har, () => open(partial, 'w', 0o600));
    try {
      const summary = await exportHar(
        () => lines.records(),
        header,
        (text) => guard(har, () => target.appendFile(text)),
        options.signal,
      );
      await target.close();
      await guard(har, () => rename(partial, har));
      return { ...summary, unreadable: lines.unreadable };
    } catch (error) {
      await target.close().catch(() => undefined);
      await rm(partial, { force: true }).catch(() => undefined);
      throw error;
    }
  } finally {
    source.close();
  }
}

/** The records of a file, as often as they are asked for. */
class RecordingLines {
  unreadable = 0;
  private start = 0;
  private passes = 0;

  constructor(
    private readonly file: RecordingFile,
    private readonly size: number,
    private readonly options: ExportOptions,
  ) {}

  async header(): Promise<HeaderRecord> {
    for await (const { bytes, offset, end } of this.lines(0)) {
      const header = parseHeader(bytes.toString('utf8', offset, end));
      if (!header.ok) {
        throw new ExpectedError(header.error.code, `${this.file.name} ${header.error.message}.`);
      }
      this.start = end + 1;
      return header.value;
    }
    throw new ExpectedError('not-a-recording', `${this.file.name} is empty.`);
  }

  async *records(): AsyncGenerator<TraceRecord> {
    const isFirst = this.passes++ === 0;
    const slices = new Slices(this.options.signal);
    for await (const { bytes, offset, end, at } of this.lines(this.start)) {
      await slices.pause();
      const record = parseRecord(bytes.toString('utf8', offset, end));
      if (record.ok) {
        yield record.value;
      } else if (isFirst && end > offset) {
        this.unreadable++;
      }
      this.tell(at);
    }
  }

  /** How many readings there will be is not known: each further one gets half of what is left. */
  private tell(at: number): void {
    const left = 0.5 ** this.passes;
    this.options.progress?.(1 - 2 * left + left * (at / this.size));
  }

  /** Lines from `start` on; `bytes` is valid until the next line is asked for. `at`: offset in the file. */
  private async *lines(start: number) {
    const { file, size, options } = this;
    for await (const block of lineBlocks(file, start, size, MAX_LINE_LENGTH, options.signal)) {
      if (block.kind === 'too-long') {
        this.unreadable += this.passes === 1 ? 1 : 0;
        continue;
      }
      for (let offset = 0; offset < block.length;) {
        const end = block.bytes.indexOf(LINE_END, offset);
        yield { bytes: block.bytes, offset, end, at: block.offset + end };
        offset = end + 1;
      }
    }
  }
}

async function guard<T>(har: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ExpectedError('har-not-written', `${har} cannot be written: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
