import type { AnnotationChange } from '../../../src/bridge/rowActions';
import type { FoundMessage } from '../../../src/bridge/traceView';
import type { LadderRow } from '../../../src/core/ladder/rows';

interface Said {
  readonly bookmarked: boolean;
  readonly note: string;
}

const NOTHING: Said = { bookmarked: false, note: '' };

/** Bookmarks and notes of the scripted trace, kept as long as the page is. */
export class ScriptedAnnotations {
  private readonly said = new Map<number, Said>();
  private readonly undone: (readonly [message: number, before: Said])[] = [];

  change(change: AnnotationChange): number | undefined {
    if (change.kind === 'undo') {
      const last = this.undone.pop();
      if (last !== undefined) {
        this.said.set(...last);
      }
      return last?.[0];
    }
    const { message } = change;
    const before = this.said.get(message) ?? NOTHING;
    this.undone.push([message, before]);
    this.said.set(
      message,
      change.kind === 'note'
        ? { ...before, note: change.text }
        : { ...before, bookmarked: change.on },
    );
    return message;
  }

  mark(row: LadderRow): LadderRow {
    const said = row.kind === 'message' ? this.said.get(row.message) : undefined;
    return row.kind !== 'message' || said === undefined
      ? row
      : {
          ...row,
          ...(said.bookmarked ? { bookmarked: true } : {}),
          ...(said.note === '' ? {} : { note: said.note }),
        };
  }

  get bookmarks(): readonly number[] {
    return [...this.said]
      .filter(([, { bookmarked }]) => bookmarked)
      .map(([message]) => message)
      .sort((one, other) => one - other);
  }

  next(
    from: number | undefined,
    step: 1 | -1,
    rowOf: (message: number) => number,
  ): FoundMessage | undefined {
    const { bookmarks } = this;
    const after = bookmarks.find((message) => message > (from ?? -1)) ?? bookmarks[0];
    const before =
      bookmarks.findLast((message) => message < (from ?? Infinity)) ?? bookmarks.at(-1);
    const message = step > 0 ? after : before;
    return message === undefined
      ? undefined
      : { message, row: rowOf(message), position: bookmarks.indexOf(message) };
  }
}
