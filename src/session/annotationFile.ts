/** Where the bookmarks and notes of a recording are kept; implemented where files are. */
import type { Annotation } from '../core/annotations/annotation';
import type { Disposable } from '../core/base/disposable';
import type { Event } from '../core/base/event';

export interface AnnotationFile extends Disposable {
  /** For people: where they are. */
  readonly path: string;
  /** None where there is no file. Rejects with an `ExpectedError` where it is not understood: never write then. */
  read(): Promise<readonly Annotation[]>;
  /** Replaces all at once; without any there is no file. */
  write(annotations: readonly Annotation[]): Promise<void>;
  /** Somebody may have written it. */
  readonly onDidChange: Event<void>;
}

/** What the editor needs of such files. */
export interface AnnotationPlatform {
  /** Where the bookmarks and notes of a recording are kept. */
  annotationFile(recording: string): AnnotationFile;
  /** Takes bookmarks and notes along to where a recording was copied to, in place of those that are there. */
  copyAnnotations(from: string, to: string): Promise<void>;
  /** Removes bookmarks and notes of a recording that is there no more. */
  removeAnnotations(recording: string): Promise<void>;
}
