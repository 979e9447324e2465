/**
 * Runs in the page before the view: stands for VS Code and the extension host. The host's end is the real
 * one; only the trace behind it is scripted. The address says what it shows (see `HarnessOptions`).
 */
import type { Channel } from '../../../src/bridge/rpcChannel';
import { createHostPeer, type HostPeer } from '../../../src/bridge/rpcHost';
import type { TraceOverview, TraceViewMethods } from '../../../src/bridge/traceView';
import { toDisposable } from '../../../src/core/base/disposable';
import { Emitter } from '../../../src/core/base/event';
import { OpenFolds } from '../../../src/core/ladder/openFolds';
import type { Lifeline } from '../../../src/core/ladder/rows';
import { detailsOf } from './details';
import { realisticRows, type ScenarioRows } from './scenario';
import { ScriptedLadder } from './scriptedLadder';
import { THEMES, type ThemeName } from './themes';

/** What a test reaches from outside, as `window.harness`. */
export interface HarnessHandle {
  /** Calls that the host answered, such as `setCursor(3)`. */
  readonly calls: string[];
  /** Adds rows at the end and tells the view. */
  grow(rows: number): void;
  /** Raises the generation: rows that were handed out have changed. */
  change(): void;
  reveal(message: number): void;
  close(reason: string): void;
  /** Methods that fail from now on. */
  fail(...methods: string[]): void;
}

declare global {
  interface Window {
    harness: HarnessHandle;
    acquireVsCodeApi: () => unknown;
  }
}

function scenarioRows(name: string | null): ScenarioRows {
  if (name === 'synthetic') {
    return { rows: [], folds: new Map() };
  }
  const { rows, folds } = realisticRows();
  return name === 'idle'
    ? { rows: rows.slice(0, Math.max(...folds.keys()) + 1), folds }
    : { rows, folds };
}

class ScriptedHost implements HarnessHandle {
  readonly calls: string[] = [];
  private readonly params = new URLSearchParams(location.search);
  private readonly scenario: ScenarioRows = scenarioRows(this.params.get('scenario'));
  private readonly ladder = new ScriptedLadder(
    this.scenario,
    Math.max(this.number('rows'), this.scenario.rows.length),
  );
  private readonly folds = new OpenFolds(this.ladder);
  private readonly peer: HostPeer;
  private generation = 0;
  private failing: readonly string[] = (this.params.get('fail') ?? '').split(',');

  constructor(channel: Channel) {
    this.peer = createHostPeer({
      channel,
      methods: this.methods(),
      timer: (delayMs, run) => {
        const handle = setTimeout(run, delayMs);
        return toDisposable(() => clearTimeout(handle));
      },
      onProblem: (text) => this.calls.push(`problem: ${text}`),
      timeLimitMs: 5000,
    });
  }

  grow(rows: number): void {
    this.ladder.count += rows;
    this.change();
  }

  change(): void {
    this.generation++;
    this.tell();
  }

  reveal(message: number): void {
    this.peer.notify('reveal', { message });
  }

  close(reason: string): void {
    this.peer.notify('closed', { reason });
  }

  fail(...methods: string[]): void {
    this.failing = methods;
  }

  private number(name: string): number {
    return Number(this.params.get(name) ?? 0);
  }

  private methods(): TraceViewMethods {
    return {
      open: () => this.answer('open', [], () => this.overview()),
      getRows: (first, count) =>
        this.answer('getRows', [first, count], () => ({
          first,
          generation: this.overview().generation,
          rows: this.folds.rows(first, count),
        })),
      getMessage: (message) =>
        this.answer('getMessage', [message], () => {
          const fold = this.ladder.foldAt(this.ladder.rowOf(message));
          return detailsOf(this.ladder.messageRow(message), fold);
        }),
      rowOfMessage: (message) =>
        this.answer('rowOfMessage', [message], () => {
          if (this.folds.openFor(message)) {
            this.tell();
          }
          return this.folds.rowOf(message);
        }),
      toggleFold: (row) =>
        this.answer('toggleFold', [row], () => {
          this.folds.toggle(row);
          this.tell();
        }),
      findHeading: (row, step) =>
        this.answer('findHeading', [row, step], () => this.folds.findHeading(row, step)),
      setCursor: (message) => this.answer('setCursor', [message], () => undefined),
      openBody: (message) => this.answer('openBody', [message], () => undefined),
      copyMessage: (message) => this.answer('copyMessage', [message], () => undefined),
      run: (command) => this.answer('run', [command], () => undefined),
    };
  }

  private tell(): void {
    this.peer.notify('changed', this.overview());
  }

  private async answer<T>(method: string, args: readonly unknown[], make: () => T): Promise<T> {
    this.calls.push(`${method}(${args.map(String).join(', ')})`);
    const delayMs = this.number('delay');
    if (delayMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
    if (this.failing.includes(method)) {
      throw new Error(`scripted failure of ${method}`);
    }
    return make();
  }

  private overview(): TraceOverview {
    const { params } = this;
    const indexing = params.get('indexing');
    const recording = params.get('recording') ?? 'live';
    return {
      title: params.get('title') ?? '2026-11-22 09-14 kmiller.wbtrace',
      startedAt: '2026-11-22T09:14:05.120Z',
      lifelines: this.lifelines(),
      rows: this.folds.count,
      inFolds: this.folds.inside,
      messages: Math.round(this.ladder.count * 0.92),
      phases:
        this.ladder.count === 0
          ? {}
          : { completed: 1204, failed: 17, unanswered: 3, interrupted: 1, open: 2 },
      recording: recording as TraceOverview['recording'],
      ...(indexing === null ? {} : { indexing: Number(indexing) }),
      problems: params.getAll('problem'),
      generation: this.generation + this.folds.generation,
    };
  }

  private lifelines(): readonly Lifeline[] {
    const applications = this.number('applications') || 1;
    const titles = Array.from({ length: applications }, (_, index) =>
      applications === 1 ? 'Agent application' : `Agent application ${index + 1}`,
    );
    const first = titles.slice(0, 1).map((title) => ({ kind: 'application', title }) as const);
    const others = titles.slice(1).map((title) => ({ kind: 'application', title }) as const);
    return [...first, { kind: 'server', title: 'Interaction Server' }, ...others];
  }
}

const toHost = new Emitter<unknown>();
const theme = (new URLSearchParams(location.search).get('theme') ?? 'dark') as ThemeName;
document.body.className = THEMES[theme].bodyClass;
for (const [name, value] of Object.entries(THEMES[theme].variables)) {
  document.documentElement.style.setProperty(`--vscode-${name}`, value);
}
window.harness = new ScriptedHost({
  // What crosses VS Code's line has been JSON.
  post: (envelope) => window.postMessage(JSON.parse(JSON.stringify(envelope)), '*'),
  onMessage: toHost.event,
});
window.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => {
    const copy: unknown = JSON.parse(JSON.stringify(message));
    setTimeout(() => toHost.fire(copy), 0);
  },
  getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown,
  setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
});
