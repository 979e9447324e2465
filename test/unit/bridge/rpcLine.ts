/** A line between the two ends, carrying JSON as VS Code's does, and a timer that is fired by hand. */
import type { Channel, Timer } from '../../../src/bridge/rpcChannel';
import { toDisposable } from '../../../src/core/base/disposable';
import { Emitter } from '../../../src/core/base/event';
import { EVERYTHING } from '../../../src/core/filter/query';
import type { PhaseReport } from '../../../src/core/phases/phaseReport';
import type { TimeStrip } from '../../../src/core/ladder/timeStrip';
import type { Statistics } from '../../../src/core/statistics/statistics';
import type { TraceOverview, TraceViewMethods } from '../../../src/bridge/traceView';

export interface Line {
  readonly host: Channel;
  readonly view: Channel;
  /** What the view sent, and what the host did. */
  readonly toHost: unknown[];
  readonly toView: unknown[];
  /** Gives an envelope to the host, or the view, as if the other end had sent it. */
  sendToHost(envelope: unknown): void;
  sendToView(envelope: unknown): void;
}

export function createLine(): Line {
  const hostHears = new Emitter<unknown>();
  const viewHears = new Emitter<unknown>();
  const toHost: unknown[] = [];
  const toView: unknown[] = [];
  const copy = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  return {
    toHost,
    toView,
    host: {
      post(envelope) {
        toView.push(copy(envelope));
        viewHears.fire(copy(envelope));
      },
      onMessage: hostHears.event,
    },
    view: {
      post(envelope) {
        toHost.push(copy(envelope));
        hostHears.fire(copy(envelope));
      },
      onMessage: viewHears.event,
    },
    sendToHost: (envelope) => hostHears.fire(envelope),
    sendToView: (envelope) => viewHears.fire(envelope),
  };
}

export interface HandTimer {
  readonly timer: Timer;
  /** Timers that run at present. */
  readonly running: number;
  /** Lets the time of every running timer come. */
  fire(): void;
}

export function createHandTimer(): HandTimer {
  const running = new Set<() => void>();
  return {
    get running() {
      return running.size;
    },
    timer(_delayMs, run) {
      running.add(run);
      return toDisposable(() => running.delete(run));
    },
    fire() {
      for (const run of [...running]) {
        running.delete(run);
        run();
      }
    },
  };
}

export const OVERVIEW: TraceOverview = {
  title: 'morning.wbtrace',
  startedAt: '2026-11-22T09:14:05.120Z',
  lifelines: [],
  rows: 0,
  messages: 0,
  phases: {},
  inFolds: 0,
  filter: { query: EVERYTHING, matches: 0 },
  recording: 'file',
  problems: [],
  generation: 0,
};

export const STRIP: TimeStrip = {
  from: 0,
  to: 1,
  matching: [1],
  messages: [1],
  phases: [0],
  failures: [0],
  marks: [],
};

export const STATISTICS: Statistics = {
  by: 'agent',
  range: { from: 0, to: 1 },
  rows: [],
  total: {
    subject: '',
    filter: '',
    count: 0,
    outcomes: { open: 0, completed: 0, failed: 0, unanswered: 0, interrupted: 0 },
    notifications: 0,
    overTime: [],
  },
  subjects: 0,
};

const PHASE: PhaseReport = {
  phase: 0,
  title: '',
  source: '',
  outcome: 'open',
  late: false,
  request: { message: 0, seq: 1, name: 'RequestPull', time: 0, sinceRequestMs: 0 },
  expected: [],
  accepted: { count: 0 },
  moreAnswers: [],
  more: { count: 0 },
  duplicates: { count: 0 },
  followedBy: [],
  live: false,
  notifications: { count: 0 },
  timeLimitMs: 1000,
  needs: [],
};

/** Methods that answer at once and note how they were called. */
export function createMethods(
  calls: unknown[][],
  changes: Partial<TraceViewMethods> = {},
): TraceViewMethods {
  const note =
    <T>(name: string, value: T) =>
    (...args: readonly unknown[]): Promise<T> => {
      calls.push([name, ...args]);
      return Promise.resolve(value);
    };
  return {
    open: note('open', OVERVIEW),
    getRows: note('getRows', { first: 0, rows: [], generation: 0 }),
    getMessage: note('getMessage', {
      message: 0,
      name: 'EventAck',
      title: '',
      facts: [],
      attributes: [],
      problems: [],
      truncated: false,
      frame: { kind: 'websocket', body: 'none' },
      inFrame: { count: 1, first: 0, listed: [{ message: 0, name: 'EventAck' }] },
    }),
    rowOfMessage: note('rowOfMessage', 7),
    toggleFold: note('toggleFold', undefined),
    findHeading: note('findHeading', 12),
    rowAtTime: note('rowAtTime', 9),
    playAt: note('playAt', { message: 4, row: 5, time: 1200, nextTime: 1300 }),
    playStep: note('playStep', { message: 4, row: 5, time: 1200 }),
    setQuery: note('setQuery', { ok: true, row: 3 } as const),
    completeFilter: note('completeFilter', { from: 0, to: 2, items: [] }),
    getFilterMemory: note('getFilterMemory', { history: ['a'], saved: [] }),
    rememberFilter: note('rememberFilter', undefined),
    saveFilter: note('saveFilter', { history: [], saved: [{ name: 'n', filter: 'a' }] }),
    getTimeStrip: note('getTimeStrip', STRIP),
    getStatistics: note('getStatistics', STATISTICS),
    find: note('find', undefined),
    findNext: note('findNext', { message: 4, row: 5, position: 0 }),
    stopFind: note('stopFind', undefined),
    cancelIndexing: note('cancelIndexing', undefined),
    setCursor: note('setCursor', undefined),
    openBody: note('openBody', undefined),
    copyMessage: note('copyMessage', undefined),
    annotate: note('annotate', 3),
    nextBookmark: note('nextBookmark', { message: 4, row: 5, position: 0 }),
    actOnRows: note('actOnRows', 'done'),
    run: note('run', undefined),
    getPhase: note('getPhase', PHASE),
    getFrameText: note('getFrameText', { text: '', total: 0, language: 'text' }),
    getFrameBytes: note('getFrameBytes', { offset: 0, total: 0, base64: '', secrets: [] }),
    copyFrameBytes: note('copyFrameBytes', undefined),
    copyAttribute: note('copyAttribute', undefined),
    copyPath: note('copyPath', undefined),
    selectForCompare: note('selectForCompare', { title: 'EventAck #1' }),
    getCompared: note('getCompared', undefined),
    compareWithSelected: note('compareWithSelected', undefined),
    ...changes,
  };
}
