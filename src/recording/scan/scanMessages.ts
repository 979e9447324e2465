/** What the reader of a recording and the workers that scan it tell each other. */
import type { ScannedRange } from './rangeScanner';

/** What the workers read. */
export interface ScanFile {
  readonly path: string;
  /** Which file that must be: another may have taken its place. */
  readonly device: bigint;
  readonly inode: bigint;
}

/** Given to a worker when it starts. */
export interface ScanStart extends ScanFile {
  /** One number: the part that the reader is at. It does by itself what is asked for up to there; -1 before. */
  readonly reached: Int32Array;
}

/** A range to scan, in bytes of the recording. */
export interface ScanRequest {
  /** Its number; they are in the order of the recording. */
  readonly part: number;
  readonly from: number;
  readonly to: number;
  /** Of a range that was used up: memory that is freed only some time costs more than it takes. */
  readonly spare?: ArrayBuffer;
}

/** Answers come in the order of the requests, after a first one that says that the worker is ready. */
export type ScanAnswer =
  | { readonly kind: 'ready' }
  /** Nothing is given where no line begins in the range, or the reader was there before. */
  | { readonly kind: 'scanned'; readonly range: ScannedRange | undefined };
