import type { RecordingFile } from '../../session/platform';

/** A row of the Recordings view. */
export interface RecordingNode {
  readonly kind: 'recording';
  readonly file: RecordingFile;
  /** True while a session writes it, in this window or another. */
  readonly live: boolean;
}
