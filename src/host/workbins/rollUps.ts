import type { Disposable } from '../../core/base/disposable';
import type { Contents } from '../../core/workbins/contents';
import { hostTimer } from '../coalescer';
import type { RollUp } from './workbinItems';

/** Of workbins: undefined, or a sentence, where one cannot be read. */
export function sumUp(held: readonly (Contents | string | undefined)[]): RollUp {
  const read = held.flatMap((contents) =>
    typeof contents === 'object' && contents.read ? [contents.interactions.size] : [],
  );
  return {
    workbins: held.length,
    interactions: read.reduce((sum, count) => sum + count, 0),
    unread: held.length - read.length,
  };
}

/** A row with all that is below it is asked anew for its sum: seldom, therefore. */
const CHECK_MS = 1000;

/** Sums of the rows above workbins: says which of these rows stand otherwise, at most once a second. */
export class RollUps implements Disposable {
  private readonly known = new Map<
    string,
    { readonly work: () => Promise<RollUp>; readonly text: string }
  >();
  private readonly dirty = new Set<string>();
  private waiting: Disposable | undefined;

  constructor(private readonly changed: (id: string) => void) {}

  /** Works out the sum of a row, and remembers how: see {@link check}. */
  async of(id: string, work: () => Promise<RollUp>): Promise<RollUp> {
    const rollUp = await work();
    this.known.set(id, { work, text: JSON.stringify(rollUp) });
    return rollUp;
  }

  /** What is below a row has changed. */
  check(id: string): void {
    if (this.known.has(id)) {
      this.dirty.add(id);
      this.waiting ??= hostTimer(CHECK_MS, () => void this.run());
    }
  }

  dispose(): void {
    this.waiting?.dispose();
  }

  private async run(): Promise<void> {
    const ids = [...this.dirty];
    this.dirty.clear();
    for (const id of ids) {
      const known = this.known.get(id);
      if (known !== undefined && JSON.stringify(await known.work()) !== known.text) {
        this.changed(id);
      }
    }
    this.waiting = this.dirty.size > 0 ? hostTimer(CHECK_MS, () => void this.run()) : undefined;
  }
}
