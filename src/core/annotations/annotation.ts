/**
 * What people say about messages of a recording: bookmarks and notes. A message is named by what the recording
 * itself holds, so that another decoder's numbering does not move what was said.
 */

export interface Annotation {
  /** Sequence number of its frame, and place of the message among those of the frame, from 0. */
  readonly seq: number;
  readonly place: number;
  readonly bookmarked: boolean;
  /** Empty: none. */
  readonly note: string;
  /**
   * Milliseconds since 1970. The later of two about one message is right. One that says nothing any more is kept
   * for a while: it tells other windows that something was taken away.
   */
  readonly changedAt: number;
}

/** UTF-16 units of a note. */
export const MAX_NOTE = 4000;
/** Messages of one recording that something is said about. */
export const MAX_ANNOTATIONS = 10_000;

/** True while there is something to show. */
export function saysSomething({ bookmarked, note }: Annotation): boolean {
  return bookmarked || note !== '';
}

export function annotationKey({ seq, place }: Pick<Annotation, 'seq' | 'place'>): string {
  return `${seq}.${place}`;
}

/** In the order of the recording. */
export function inOrder(one: Annotation, other: Annotation): number {
  return one.seq - other.seq || one.place - other.place;
}

/** True when both say the same, whenever it was said. */
export function isSame(one: Annotation, other: Annotation): boolean {
  return one.bookmarked === other.bookmarked && one.note === other.note;
}
