/** What the reader of a recording and the workers that scan it tell each other. */
import type { ScannedRange } from './rangeScanner';

/** Given to a worker when it starts. */
export interface ScanFile {
  readonly path: string;
  /** Which file that must be: another may have taken its place. */
  readonly device: bigint;
  readonly inode: bigint;
}

/** A range to scan, in bytes of the recording. */
export interface ScanRequest {
  readonly from: number;
  readonly to: number;
  /** Of a range that was used up: memory that is freed only some time costs more than it takes. */
  readonly spare?: ArrayBuffer;
}

/** Answers come in the order of the requests, after a first one that says that the worker is ready. */
export type ScanAnswer =
  | { readonly kind: 'ready' }
  /** Nothing is given where no line begins in the range. */
  | { readonly kind: 'scanned'; readonly range: ScannedRange | undefined };
