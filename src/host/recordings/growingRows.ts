import type { Event } from '../../core/base/event';
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import type { Trace } from '../../session/trace';
import type { Timer } from '../../bridge/rpcChannel';
import { Coalescer, hostTimer } from '../coalescer';

/** Between two times that the rows of what is being recorded are drawn anew. */
const GROW_MS = 1000;

export interface GrowingRowsParts {
  readonly sessions: {
    readonly all: readonly { readonly session: { readonly trace: Trace } }[];
    readonly onDidChange: Event<void>;
  };
  /** The view that has the rows. */
  readonly view: {
    readonly visible: boolean;
    readonly onDidChangeVisibility: (listener: () => void) => Disposable;
  };
  /** Draws the row of a recording anew, by its path. */
  readonly redraw: (path: string) => void;
  readonly timer?: Timer;
}

/** Keeps length and messages of what this window records up to date, once a second and only while they can be seen. */
export class GrowingRows implements Disposable {
  private readonly store = new DisposableStore();
  private readonly listening = new Map<Trace, Disposable>();
  /** Messages that the row of each recording tells. */
  private readonly told = new WeakMap<Trace, number>();
  private readonly turn: Coalescer;

  constructor(private readonly parts: GrowingRowsParts) {
    this.turn = this.store.add(new Coalescer(() => this.tell(), parts.timer ?? hostTimer, GROW_MS));
    this.store.add(parts.sessions.onDidChange(() => this.listen()));
    this.store.add(parts.view.onDidChangeVisibility(() => this.turn.ask()));
    this.listen();
  }

  dispose(): void {
    for (const listener of this.listening.values()) {
      listener.dispose();
    }
    this.listening.clear();
    this.store.dispose();
  }

  /** Hears of the recordings that are written now, and of no others. */
  private listen(): void {
    const traces = new Set(this.parts.sessions.all.map(({ session }) => session.trace));
    for (const [trace, listener] of this.listening) {
      if (!traces.has(trace)) {
        listener.dispose();
        this.listening.delete(trace);
      }
    }
    for (const trace of traces) {
      if (!this.listening.has(trace)) {
        this.listening.set(
          trace,
          trace.onDidChange(() => this.turn.ask()),
        );
        this.turn.ask();
      }
    }
  }

  private tell(): void {
    if (!this.parts.view.visible) {
      return;
    }
    for (const trace of this.listening.keys()) {
      const { count } = trace.messages;
      if (this.told.get(trace) !== count) {
        this.told.set(trace, count);
        this.parts.redraw(trace.path);
      }
    }
  }
}
