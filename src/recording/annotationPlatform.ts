import type { AnnotationPlatform } from '../session/annotationFile';
import { copyAnnotations, openAnnotationFile, removeAnnotations } from './annotationFile';

/** What the editor needs of files of bookmarks and notes; `folder` is for those of read-only folders. */
export function annotationPlatform(folder: string): AnnotationPlatform {
  return {
    annotationFile: (recording) => openAnnotationFile(recording, folder),
    copyAnnotations: (from, to) => copyAnnotations(from, to, folder),
    removeAnnotations: (recording) => removeAnnotations(recording, folder),
  };
}
