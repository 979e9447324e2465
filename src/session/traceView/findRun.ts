/** Looks for a text in the names, ids, workbins and bodies of a trace, as far as it goes and then on as it grows. */
import { Emitter } from '../../core/base/event';
import type { Disposable } from '../../core/base/disposable';
import { STEP, type Work } from '../../core/base/work';
import { TextsThatFit } from '../../core/filter/textTest';
import type { Trace } from '../trace';
import { BodySearch, SEARCH_AGAIN_MS, type LineSearch } from './bodySearch';
import { Cancellation } from '../../core/base/cancellation';
import { Hits } from './hits';
import { inSlices, Throttle, type Pace } from './pace';
import { RowList } from './rowList';

/** See `FindState` in the contract with the view. */
export interface FindProgress {
  readonly text: string;
  readonly hits: number;
  /** 0..1 while bodies are still being read. */
  readonly searching?: number;
}

export class FindRun implements Disposable {
  readonly hits: Hits;
  private readonly names = new RowList();
  private readonly bodies: BodySearch;
  private readonly isInName: TextsThatFit;
  private readonly isInWorkbin: TextsThatFit;
  private readonly isInInteraction: TextsThatFit;
  private readonly cancellation = new Cancellation();
  private readonly changed = new Emitter<void>();
  private readonly searches: Throttle;
  private named = 0;
  private done: number | undefined;
  private running: Promise<void> | undefined;

  /** More was found, or the search came on. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly trace: Trace,
    search: LineSearch,
    private readonly pace: Pace,
    readonly text: string,
    /** Told of what fails while nobody waits for it. */
    private readonly onProblem: (error: unknown) => void,
  ) {
    this.searches = new Throttle(pace);
    const lowerCase = text.toLowerCase();
    const contains = (one: string): boolean => one.toLowerCase().includes(lowerCase);
    const { names, workbins, interactions } = trace.messages;
    this.isInName = new TextsThatFit(names, contains);
    this.isInWorkbin = new TextsThatFit(workbins, contains);
    this.isInInteraction = new TextsThatFit(interactions, contains);
    this.bodies = new BodySearch(trace.messages, search, [text]);
    this.hits = new Hits(this.names, this.bodies.hits(0));
  }

  get progress(): FindProgress {
    return {
      text: this.text,
      hits: this.hits.length,
      ...(this.done === undefined ? {} : { searching: this.done }),
    };
  }

  /** Searches what the trace holds by now. Rejects as the search does; what was found so far stays. */
  follow(): Promise<void> {
    if (this.running === undefined && !this.isTime()) {
      return Promise.resolve();
    }
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  dispose(): void {
    this.cancellation.abort();
    this.searches.dispose();
    this.changed.dispose();
  }

  private async run(): Promise<void> {
    try {
      const end = this.trace.messages.count;
      if (this.bodies.searched < end) {
        await inSlices(this.findNames(end), this.pace, this.cancellation);
        await this.bodies.searchTo(end, (done) => this.advance(done), this.cancellation);
        this.hits.settle(end);
        this.searches.rest(SEARCH_AGAIN_MS);
      }
    } catch (error) {
      if (!this.cancellation.aborted) {
        throw error;
      }
    } finally {
      this.done = undefined;
      this.changed.fire();
      if (this.bodies.searched < this.trace.messages.count && !this.cancellation.aborted) {
        this.isTime();
      }
    }
  }

  /** A growing file is not searched on for every line of it: else looks again in a while. */
  private isTime(): boolean {
    return this.searches.may(() => {
      this.follow().catch(this.onProblem);
    });
  }

  private advance(done: number): void {
    this.done = done;
    this.hits.settle(this.bodies.settled);
    this.changed.fire();
  }

  /** Each text is looked at once. */
  private *findNames(end: number): Work<void> {
    const { messages, tracer } = this.trace;
    for (; this.named < end; this.named++) {
      if (
        this.isInName.passes(messages.nameId(this.named)) ||
        this.isInWorkbin.passes(tracer.workbinId(this.named)) ||
        this.isInInteraction.passes(messages.interactionNumber(this.named))
      ) {
        this.names.push(this.named);
      }
      if (this.named % STEP === 0) {
        yield;
      }
    }
  }
}
