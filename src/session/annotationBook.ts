/**
 * The bookmarks and notes of one recording, shared by all who look at it in this window. What is changed is kept at
 * once; what other windows keep is merged, message by message, the later change winning. Owns its file.
 */
import { MAX_NOTE, type Annotation } from '../core/annotations/annotation';
import { DisposableStore, type Disposable } from '../core/base/disposable';
import { Emitter } from '../core/base/event';
import { ExpectedError, messageOf } from '../core/base/result';
import type { AnnotationFile } from './annotationFile';
import { AnnotationSet } from './annotationSet';
import type { Clock } from './ports';

/** Changes that can be taken back. */
const MAX_UNDO = 200;

/** Which message: its frame, and its place in it. */
export interface AnnotatedPlace {
  readonly seq: number;
  readonly place: number;
}

export class AnnotationBook implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private readonly set = new AnnotationSet();
  private readonly undone: Annotation[] = [];
  /** What reads and writes, one after the other. */
  private work: Promise<void>;
  private lastChange = 0;

  /** Something is said otherwise than before. */
  readonly onDidChange = this.changed.event;

  /** `onProblem` is told of what fails while nobody waits for it. */
  constructor(
    private readonly file: AnnotationFile,
    private readonly clock: Pick<Clock, 'now'>,
    onProblem: (error: unknown) => void,
  ) {
    this.store.add(file);
    this.store.add(
      file.onDidChange(() => {
        this.sync().catch(onProblem);
      }),
    );
    this.work = this.merge(true);
    this.work.catch(onProblem);
  }

  get shown(): readonly Annotation[] {
    return this.set.shown;
  }

  isInFrame(seq: number): boolean {
    return this.set.isInFrame(seq);
  }

  of({ seq, place }: AnnotatedPlace): Annotation | undefined {
    return this.set.of(seq, place);
  }

  /** Resolves when it is kept. Rejects with an `ExpectedError`, and takes the change back, where that is impossible. */
  async change(
    at: AnnotatedPlace,
    change: { readonly bookmarked?: boolean; readonly note?: string },
  ): Promise<void> {
    if ((change.note?.length ?? 0) > MAX_NOTE) {
      throw new ExpectedError('note-too-long', `A note has at most ${MAX_NOTE} characters.`);
    }
    const before = this.standing(at);
    await this.put({ ...before, ...change });
    this.undone.push(before);
    this.undone.splice(0, this.undone.length - MAX_UNDO);
  }

  /** Takes the last change back that was made here; resolves with the message that it was about. */
  async undo(): Promise<AnnotatedPlace | undefined> {
    const before = this.undone.pop();
    if (before !== undefined) {
      await this.put(before);
    }
    return before;
  }

  /** Resolves when everything is read and kept. */
  settled(): Promise<void> {
    return this.work;
  }

  dispose(): void {
    this.store.dispose();
  }

  private standing({ seq, place }: AnnotatedPlace): Annotation {
    return this.set.of(seq, place) ?? { seq, place, bookmarked: false, note: '', changedAt: 0 };
  }

  private async put(annotation: Annotation): Promise<void> {
    // What is not understood is not written over: that is known when it was read.
    await this.work.catch(() => this.sync());
    const before = this.standing(annotation);
    this.set.set({ ...annotation, changedAt: this.stamp() });
    this.changed.fire();
    try {
      await this.sync(true);
    } catch (error) {
      this.set.set({ ...before, changedAt: this.stamp() });
      this.changed.fire();
      throw new ExpectedError(
        'notes-not-kept',
        `Bookmarks and notes cannot be kept in ${this.file.path}: ${messageOf(error)}`,
        { cause: error },
      );
    }
  }

  /** Whole milliseconds, as files keep them; two changes here never have the same. */
  private stamp(): number {
    this.lastChange = Math.max(Math.floor(this.clock.now()), this.lastChange + 1);
    return this.lastChange;
  }

  private sync(writes = false): Promise<void> {
    const after = (): Promise<void> => this.merge(false, writes);
    this.work = this.work.then(after, after);
    // Whoever waits hears of it; the next in line does not.
    this.work.catch(() => undefined);
    return this.work;
  }

  /** Reads what is kept; writes where somebody else has kept less than is known here. */
  private async merge(first: boolean, writes = false): Promise<void> {
    const { changed, ahead } = this.set.merge(await this.file.read(), this.clock.now());
    if (changed) {
      this.changed.fire();
    }
    if (ahead && (writes || !first)) {
      await this.file.write(this.set.all);
    }
  }
}
