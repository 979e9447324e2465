/** What is said about the messages of one recording: looked up frame by frame, and merged with what others say. */
import {
  annotationKey,
  inOrder,
  isSame,
  MAX_ANNOTATIONS,
  saysSomething,
  type Annotation,
} from '../core/annotations/annotation';
import { ExpectedError } from '../core/base/result';

/** What was taken away is remembered for so many milliseconds, so that other windows hear of it. */
const REMEMBERED_MS = 30 * 24 * 60 * 60 * 1000;

/** What came of a merge. */
export interface Merged {
  /** Something is said otherwise than before. */
  readonly changed: boolean;
  /** The other side does not know everything. */
  readonly ahead: boolean;
}

export class AnnotationSet {
  private readonly byKey = new Map<string, Annotation>();
  /** Frames of which a message has something to show, with how many: most rows ask and have none. */
  private readonly frames = new Map<number, number>();

  /** Those that have something to show, in the order of the recording. */
  get shown(): readonly Annotation[] {
    return [...this.byKey.values()].filter(saysSomething).sort(inOrder);
  }

  isInFrame(seq: number): boolean {
    return this.frames.has(seq);
  }

  /** What is said about a message; undefined where nothing is. */
  of(seq: number, place: number): Annotation | undefined {
    const known = this.byKey.get(annotationKey({ seq, place }));
    return known !== undefined && saysSomething(known) ? known : undefined;
  }

  /** Throws an `ExpectedError` where there would be too many. */
  set(annotation: Annotation): void {
    const key = annotationKey(annotation);
    const isNew = saysSomething(annotation) && !this.isInFrame(annotation.seq);
    if (isNew && this.frames.size >= MAX_ANNOTATIONS) {
      throw new ExpectedError(
        'too-many-notes',
        `A recording has at most ${MAX_ANNOTATIONS.toLocaleString('en-US')} bookmarks and notes. Delete some first.`,
      );
    }
    this.put(key, annotation);
  }

  /** Takes over what is newer; of what was taken away long before `now` nothing is kept. */
  merge(others: readonly Annotation[], now: number): Merged {
    const theirs = new Map(others.map((other) => [annotationKey(other), other]));
    let changed = false;
    for (const [key, other] of theirs) {
      const own = this.byKey.get(key);
      if (own === undefined || own.changedAt < other.changedAt) {
        changed ||= own === undefined ? saysSomething(other) : !isSame(own, other);
        this.put(key, other);
      }
    }
    let ahead = false;
    for (const [key, own] of this.byKey) {
      const other = theirs.get(key);
      ahead ||= other === undefined ? saysSomething(own) : other.changedAt < own.changedAt;
      if (!saysSomething(own) && now - own.changedAt > REMEMBERED_MS) {
        this.byKey.delete(key);
      }
    }
    return { changed, ahead };
  }

  /** Everything that is to be kept. */
  get all(): readonly Annotation[] {
    return [...this.byKey.values()];
  }

  private put(key: string, annotation: Annotation): void {
    this.count(this.byKey.get(key), -1);
    this.byKey.set(key, annotation);
    this.count(annotation, 1);
  }

  private count(annotation: Annotation | undefined, by: 1 | -1): void {
    if (annotation !== undefined && saysSomething(annotation)) {
      const count = (this.frames.get(annotation.seq) ?? 0) + by;
      if (count > 0) {
        this.frames.set(annotation.seq, count);
      } else {
        this.frames.delete(annotation.seq);
      }
    }
  }
}
