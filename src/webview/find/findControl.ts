/** Looks for text: carries what is written in the find bar to the host, and its hits to the ladder. */
import type { FoundMessage, TraceOverview, TraceViewMethods } from '../../bridge/traceView';
import type { Timer } from '../../bridge/rpcChannel';
import type { Disposable } from '../../core/base/disposable';
import { InTurn } from '../../core/base/inTurn';
import { LatestWins } from '../base/latest';
import { FindBar } from './findBar';

/** Milliseconds after the last key before the search begins. */
const FIND_DELAY_MS = 200;

export interface FindOptions {
  readonly host: Pick<TraceViewMethods, 'find' | 'findNext' | 'stopFind'>;
  readonly timer: Timer;
  /** The bar stands at the top of it from when it is first opened. */
  readonly place: HTMLElement;
  /** The message from which to look on. */
  readonly from: () => number | undefined;
  readonly show: (found: FoundMessage) => void;
  readonly clearFilter: () => void;
  readonly leave: () => void;
  readonly fail: (what: string, error: unknown) => void;
}

export class FindControl {
  private bar: FindBar | undefined;
  private readonly asking: LatestWins;
  /** Each hit is looked for from the one before, however quickly they are asked for. */
  private readonly going = new InTurn();
  private due: Disposable | undefined;
  private overview: TraceOverview | undefined;
  private filter = '';
  /** The text that the host looks for; undefined when it does not. */
  private sought: string | undefined;
  /** The hit that was shown last. */
  private found: FoundMessage | undefined;
  /** A search has begun, and no hit of it was shown yet. */
  private awaited = false;
  /** Steps that were asked for meanwhile: they go on from that hit. */
  private further: (1 | -1)[] = [];
  /** The message at which the reader began to look. */
  private anchor: number | undefined;

  constructor(private readonly options: FindOptions) {
    this.asking = new LatestWins((error) => options.fail('The search failed', error));
  }

  get isOpen(): boolean {
    return this.bar !== undefined && !this.bar.element.hidden;
  }

  open(): void {
    this.bar ??= this.createBar();
    if (this.bar.element.hidden) {
      this.bar.element.hidden = false;
    }
    this.anchor = this.options.from();
    this.bar.focus();
    if (this.sought === undefined && this.bar.text !== '') {
      this.begin(this.bar.text);
    }
  }

  close(): void {
    if (!this.isOpen || this.bar === undefined) {
      return;
    }
    this.due?.dispose();
    this.bar.element.hidden = true;
    this.stop();
    this.options.leave();
  }

  /** The next (1) or previous (-1) hit; opens the bar where nothing is looked for. */
  next(step: 1 | -1): void {
    if (this.bar === undefined || this.bar.element.hidden || this.bar.text === '') {
      this.open();
      return;
    }
    if (this.bar.text !== this.sought) {
      this.begin(this.bar.text);
      return;
    }
    // What was typed is what is looked for already.
    this.due?.dispose();
    if (this.awaited && (this.current === undefined || this.current.searching !== undefined)) {
      this.further.push(step);
    } else {
      this.awaited = false;
      this.go(() => this.present, step);
    }
  }

  /** The message from which the search goes on: a hit that the filter hides cannot be selected, and counts all the same. */
  private get present(): number | undefined {
    const { found } = this;
    return found !== undefined && found.row === undefined ? found.message : this.options.from();
  }

  update(overview: TraceOverview): void {
    const filter = JSON.stringify(overview.filter.query);
    if (filter !== this.filter) {
      // What it hid, it may not hide any more.
      this.filter = filter;
      this.bar?.showHidden(false);
    }
    this.overview = overview;
    this.draw();
    if (this.awaited && this.sought !== undefined && (this.current?.hits ?? 0) > 0) {
      this.awaited = false;
      // The message itself may be the first hit.
      const before = this.anchor === undefined || this.anchor === 0 ? undefined : this.anchor - 1;
      this.go(() => before, 1);
      for (const step of this.further.splice(0)) {
        this.go(() => this.present, step);
      }
    }
  }

  private createBar(): FindBar {
    const bar = new FindBar({
      find: (text) => {
        this.due?.dispose();
        this.due = this.options.timer(FIND_DELAY_MS, () => this.begin(text));
      },
      next: (step) => this.next(step),
      clearFilter: () => this.options.clearFilter(),
      close: () => this.close(),
    });
    this.options.place.prepend(bar.element);
    return bar;
  }

  private get current(): TraceOverview['find'] {
    const find = this.overview?.find;
    return find?.text === this.sought ? find : undefined;
  }

  private begin(text: string): void {
    this.due?.dispose();
    this.found = undefined;
    this.bar?.showHidden(false);
    if (text === '') {
      this.stop();
      return;
    }
    this.sought = text;
    this.awaited = true;
    this.further = [];
    this.asking.run(async () => {
      await this.options.host.find(text);
      if (this.overview !== undefined) {
        this.update(this.overview);
      }
    });
    this.draw();
  }

  private stop(): void {
    this.found = undefined;
    this.awaited = false;
    if (this.sought !== undefined) {
      this.sought = undefined;
      this.asking.run(() => this.options.host.stopFind());
    }
    this.draw();
  }

  private go(from: () => number | undefined, step: 1 | -1): void {
    const text = this.sought;
    this.going
      .run(async () => {
        if (text !== this.sought) {
          return;
        }
        const found = await this.options.host.findNext(from(), step);
        if (found !== undefined && text === this.sought) {
          this.found = found;
          this.options.show(found);
          this.bar?.showHidden(found.row === undefined);
          this.draw();
        }
      })
      .catch((error: unknown) => this.options.fail('The search failed', error));
  }

  private draw(): void {
    this.bar?.update(this.current, this.found?.position);
  }
}
