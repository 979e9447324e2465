import type { RecordingFile } from '../session/platform';

/** A row of the Recordings view. */
export interface RecordingNode {
  readonly kind: 'recording';
  readonly file: RecordingFile;
  /** True while the live session writes it. */
  readonly live: boolean;
}
