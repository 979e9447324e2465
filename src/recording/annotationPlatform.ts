import type { Platform } from '../session/platform';
import { copyAnnotations, openAnnotationFile, removeAnnotations } from './annotationFile';

/** What the editor needs of files of bookmarks and notes; `folder` is for those of read-only folders. */
export function annotationPlatform(
  folder: string,
): Pick<Platform, 'annotationFile' | 'copyAnnotations' | 'removeAnnotations'> {
  return {
    annotationFile: (recording) => openAnnotationFile(recording, folder),
    copyAnnotations: (from, to) => copyAnnotations(from, to, folder),
    removeAnnotations: (recording) => removeAnnotations(recording, folder),
  };
}
