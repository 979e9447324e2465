/** The bookmarks and notes of a recording by the rows of a trace's index. */
import { annotationKey } from '../../core/annotations/annotation';
import type { Event } from '../../core/base/event';
import { lowerBound } from '../../core/ladder/pages';
import type { MessageRow } from '../../core/ladder/rows';
import type { MessageColumns } from '../../core/trace/messageColumns';
import type { AnnotatedPlace, AnnotationBook } from '../annotationBook';

export interface RowNote {
  readonly message: number;
  readonly bookmarked: boolean;
  readonly note: string;
}

export class RowAnnotations {
  readonly onDidChange: Event<void>;
  private listed: { readonly key: string; readonly rows: readonly RowNote[] } | undefined;

  constructor(
    private readonly messages: MessageColumns,
    private readonly book: AnnotationBook,
  ) {
    this.onDidChange = book.onDidChange;
  }

  /** What the row of a message shows of it. */
  of(message: number): Pick<MessageRow, 'bookmarked' | 'note'> | undefined {
    if (!this.book.isInFrame(this.messages.seq(message))) {
      return undefined;
    }
    const found = this.book.of(this.placeOf(message));
    return found === undefined
      ? undefined
      : {
          ...(found.bookmarked ? { bookmarked: true } : {}),
          ...(found.note === '' ? {} : { note: found.note }),
        };
  }

  isBookmarked(message: number): boolean {
    return this.of(message)?.bookmarked === true;
  }

  /** What the recording itself calls a message. The messages of a frame stand side by side. */
  placeOf(message: number): AnnotatedPlace {
    const seq = this.messages.seq(message);
    let place = 0;
    while (message > place && this.messages.seq(message - place - 1) === seq) {
      place++;
    }
    return { seq, place };
  }

  /** The message of a place; undefined while the recording is not read so far. */
  messageAt({ seq, place }: AnnotatedPlace): number | undefined {
    const { messages } = this;
    const message = lowerBound(messages.count, (row) => messages.seq(row) >= seq) + place;
    return message < messages.count && messages.seq(message) === seq ? message : undefined;
  }

  /** Everything that is said about messages that have been read, in their order. */
  get all(): readonly RowNote[] {
    const { shown } = this.book;
    const key = `${this.messages.count} ${shown.map((one) => `${annotationKey(one)}@${one.changedAt}`).join()}`;
    if (this.listed?.key !== key) {
      const rows = shown.flatMap((annotation) => {
        const message = this.messageAt(annotation);
        const { bookmarked, note } = annotation;
        return message === undefined ? [] : [{ message, bookmarked, note }];
      });
      this.listed = { key, rows };
    }
    return this.listed.rows;
  }

  /** The next (1) or previous (-1) bookmarked message from another on, going round. */
  next(
    from: number | undefined,
    step: 1 | -1,
  ): { readonly message: number; readonly position: number } | undefined {
    const marks = this.all.filter(({ bookmarked }) => bookmarked);
    const count = marks.length;
    const after = lowerBound(count, (index) => (marks[index]?.message ?? 0) > (from ?? -1));
    const before = lowerBound(count, (index) => (marks[index]?.message ?? 0) >= (from ?? Infinity));
    const position = step > 0 ? after % count : (before + count - 1) % count;
    const message = marks[position]?.message;
    return message === undefined ? undefined : { message, position };
  }
}
