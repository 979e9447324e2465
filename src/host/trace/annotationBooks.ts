/** Bookmarks and notes that somebody looks at: one book per recording, gone with the last of those who look. */
import * as vscode from 'vscode';
import { toDisposable, type Disposable } from '../../core/base/disposable';
import { messageOf } from '../../core/base/result';
import { AnnotationBook } from '../../session/annotationBook';
import type { Platform } from '../../session/platform';
import type { Logger } from '../../session/ports';
import { hostPace } from '../hostPace';
import { tellWarning } from '../tell';

/** A hold on a book; dispose it when done. */
export interface BookReference extends Disposable {
  readonly book: AnnotationBook;
}

export class AnnotationBooks implements Disposable {
  private readonly books = new Map<string, { readonly book: AnnotationBook; holders: number }>();

  constructor(
    private readonly platform: Platform,
    private readonly logger: Logger,
  ) {}

  acquire(recording: string): BookReference {
    const key = vscode.Uri.file(recording).toString();
    const entry = this.books.get(key) ?? { book: this.open(recording), holders: 0 };
    entry.holders++;
    this.books.set(key, entry);
    return Object.assign(
      toDisposable(() => {
        entry.holders--;
        if (entry.holders === 0) {
          this.books.delete(key);
          entry.book.dispose();
        }
      }),
      { book: entry.book },
    );
  }

  dispose(): void {
    this.books.forEach(({ book }) => book.dispose());
    this.books.clear();
  }

  private open(recording: string): AnnotationBook {
    const told = new Set<string>();
    return new AnnotationBook(this.platform.annotationFile(recording), hostPace, (error) => {
      const words = messageOf(error);
      this.logger.warn(words);
      // Said once: a file that is not understood stays so until somebody moves it.
      if (!told.has(words)) {
        told.add(words);
        void tellWarning(words);
      }
    });
  }
}
