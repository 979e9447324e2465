import { DisposableStore, type Disposable } from '../core/base/disposable';
import { Emitter, type Event } from '../core/base/event';
import type { LadderQuery } from '../core/filter/query';
import type { JsonValue } from '../core/protocol/json';
import { makeCalls } from './callLine';
import type { Channel, Timer } from './rpcChannel';
import { readHostEnvelope } from './rpcEnvelope';
import type { RowsRequest } from './rowActions';
import type {
  HostEnvelope,
  TraceViewMethod,
  TraceViewMethods,
  TraceViewNotifications,
} from './traceView';

export interface ViewPeerOptions {
  readonly channel: Channel;
  readonly timer: Timer;
  /** Milliseconds after which a call is given up. Default 35,000: the host's own limit comes first. */
  readonly timeLimitMs?: number;
}

/** The view's end. Disposing it rejects every pending call. */
export interface ViewPeer extends Disposable {
  /** Each call resolves with the host's answer or rejects with its words; nothing hangs. */
  readonly methods: TraceViewMethods;
  readonly onDidChange: Event<TraceViewNotifications['changed']>;
  readonly onDidReveal: Event<TraceViewNotifications['reveal']>;
  readonly onDidPerform: Event<TraceViewNotifications['perform']>;
  readonly onDidAskToAct: Event<TraceViewNotifications['act']>;
  readonly onDidClose: Event<TraceViewNotifications['closed']>;
}

type NotifyEnvelope = Extract<HostEnvelope, { readonly notify: string }>;

export function createViewPeer(options: ViewPeerOptions): ViewPeer {
  const { channel, timer, timeLimitMs = 35_000 } = options;
  const store = new DisposableStore();
  const changed = store.add(new Emitter<TraceViewNotifications['changed']>());
  const reveal = store.add(new Emitter<TraceViewNotifications['reveal']>());
  const perform = store.add(new Emitter<TraceViewNotifications['perform']>());
  const act = store.add(new Emitter<TraceViewNotifications['act']>());
  const closed = store.add(new Emitter<TraceViewNotifications['closed']>());
  function tell(envelope: NotifyEnvelope): void {
    switch (envelope.notify) {
      case 'changed':
        changed.fire(envelope.value);
        return;
      case 'reveal':
        reveal.fire(envelope.value);
        return;
      case 'perform':
        perform.fire(envelope.value);
        return;
      case 'act':
        act.fire(envelope.value);
        return;
      case 'closed':
        closed.fire(envelope.value);
        return;
    }
  }

  const line = store.add(
    makeCalls<NotifyEnvelope>({
      channel,
      timer,
      timeLimitMs,
      // Other scripts of the page's frames post messages too; they are not ours to answer.
      read: readHostEnvelope,
      onNotification: tell,
      closed: 'The trace view was closed.',
    }),
  );

  return {
    methods: typedMethods((method, args) => line.call(method, args)),
    onDidChange: changed.event,
    onDidReveal: reveal.event,
    onDidPerform: perform.event,
    onDidAskToAct: act.event,
    onDidClose: closed.event,
    dispose: () => store.dispose(),
  };
}

/** The reply type follows from the method: the one place where the host's word is taken for it. */
function typedMethods(
  call: (method: TraceViewMethod, args: readonly JsonValue[]) => Promise<unknown>,
): TraceViewMethods {
  const typed = <K extends TraceViewMethod>(method: K, ...args: readonly JsonValue[]) =>
    call(method, args) as ReturnType<TraceViewMethods[K]>;
  return {
    open: () => typed('open'),
    getRows: (first, count) => typed('getRows', first, count),
    getMessage: (message) => typed('getMessage', message),
    rowOfMessage: (message) => typed('rowOfMessage', message),
    toggleFold: (row) => typed('toggleFold', row),
    findHeading: (row, step) => typed('findHeading', row, step),
    rowAtTime: (time) => typed('rowAtTime', time),
    playAt: (time) => typed('playAt', time),
    playStep: (message, goal, step) => typed('playStep', message ?? null, goal, step),
    setQuery: (query, keep) => typed('setQuery', jsonQuery(query), keep ?? null),
    completeFilter: (text, caret) => typed('completeFilter', text, caret),
    getFilterMemory: () => typed('getFilterMemory'),
    rememberFilter: (filter) => typed('rememberFilter', filter),
    saveFilter: (name, filter) => typed('saveFilter', name, filter),
    getTimeStrip: (parts) => typed('getTimeStrip', parts),
    getStatistics: (by) => typed('getStatistics', by),
    find: (text) => typed('find', text),
    findNext: (message, step) => typed('findNext', message ?? null, step),
    stopFind: () => typed('stopFind'),
    cancelIndexing: () => typed('cancelIndexing'),
    setCursor: (message, chosen) => typed('setCursor', message ?? null, chosen),
    openBody: (message) => typed('openBody', message),
    copyMessage: (message) => typed('copyMessage', message),
    annotate: (change) => typed('annotate', { ...change }),
    nextBookmark: (message, step) => typed('nextBookmark', message ?? null, step),
    actOnRows: (request) => typed('actOnRows', jsonRequest(request)),
    run: (command) => typed('run', command),
    getPhase: (phase) => typed('getPhase', phase),
    getFrameText: (message) => typed('getFrameText', message),
    getFrameBytes: (message, offset, count) => typed('getFrameBytes', message, offset, count),
    copyFrameBytes: (...range) => typed('copyFrameBytes', ...range),
    copyAttribute: (message, place) => typed('copyAttribute', message, place),
    copyPath: (path) => typed('copyPath', path),
    selectForCompare: (message) => typed('selectForCompare', message),
    getCompared: () => typed('getCompared'),
    compareWithSelected: (message) => typed('compareWithSelected', message),
  };
}

/** An interface has no index signature, a type of literal members has: copied, it is JSON by its type as well. */
function jsonRequest(request: RowsRequest): JsonValue {
  switch (request.kind) {
    case 'copy':
      return { ...request, span: { ...request.span } };
    case 'export': {
      const { kind, scope } = request;
      return scope.kind === 'rows'
        ? { kind, scope: { kind: scope.kind, span: { ...scope.span } } }
        : { kind, scope: { ...scope } };
    }
    case 'bookmarks':
    case 'sendAgain':
    case 'revealInTree':
      return { ...request };
  }
}

function jsonQuery({ filter, scope, order, range, hidden }: LadderQuery): JsonValue {
  const whole = { filter, scope, order, ...(hidden === undefined ? {} : { hidden }) };
  return range === undefined ? whole : { ...whole, range: { from: range.from, to: range.to } };
}
