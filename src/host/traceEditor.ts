/**
 * One trace editor: answers its view, tells it what is new, and says to the rest which message it stands at.
 * Several of them may show one document.
 */
import * as vscode from 'vscode';
import { createHostPeer, type HostPeer } from '../bridge/rpcHost';
import type {
  MessageDetails,
  RowsPage,
  TraceOverview,
  TraceViewMethods,
} from '../bridge/traceView';
import { DisposableStore, type Disposable } from '../core/base/disposable';
import { ExpectedError, messageOf } from '../core/base/result';
import { OpenFolds } from '../core/ladder/openFolds';
import { messageDetails } from '../session/messageDetails';
import type { Trace } from '../session/trace';
import { Coalescer, hostTimer } from './coalescer';
import type { FrameDocuments } from './frameDocuments';
import type { LiveSessions } from './liveSessions';
import type { Log } from './log';
import type { TraceReference } from './openTraces';
import type { TraceInFront, TraceOnScreen } from './traceInFront';
import { traceOverview } from './traceOverview';

export interface TraceEditorParts {
  readonly front: TraceInFront;
  readonly sessions: LiveSessions;
  readonly frames: FrameDocuments;
  readonly log: Log;
}

export class TraceEditor implements TraceViewMethods, TraceOnScreen, Disposable {
  readonly trace: Trace;
  private readonly store = new DisposableStore();
  private readonly peer: HostPeer;
  private readonly folds: OpenFolds;
  private readonly coalescer = this.store.add(new Coalescer(() => this.tell()));
  private at: number | undefined;
  private opened = false;
  private failure: string | undefined;

  /** `reference` and `panel` are the caller's to dispose. */
  constructor(
    private readonly reference: TraceReference,
    readonly title: string,
    private readonly panel: vscode.WebviewPanel,
    private readonly parts: TraceEditorParts,
  ) {
    const { front, log } = parts;
    this.trace = reference.trace;
    this.folds = new OpenFolds(this.trace.ladder);
    this.peer = this.store.add(
      createHostPeer({
        channel: {
          post: (envelope) => void panel.webview.postMessage(envelope),
          onMessage: (listener) => panel.webview.onDidReceiveMessage(listener),
        },
        methods: this,
        timer: hostTimer,
        onProblem: (text) => log.warn(`Trace view: ${text}`),
      }),
    );
    this.store.add(this.trace.onDidChange(() => this.coalescer.ask()));
    if (reference.session !== undefined) {
      this.store.add(reference.session.onDidChange(() => this.coalescer.ask()));
    }
    this.store.add(front.add(this));
    this.store.add(
      panel.onDidChangeViewState(() => (panel.active ? front.activate(this) : front.update())),
    );
    reference.read.catch((error: unknown) => this.fail(messageOf(error)));
  }

  get cursor(): number | undefined {
    return this.at;
  }

  get visible(): boolean {
    return this.panel.visible;
  }

  open(): Promise<TraceOverview> {
    if (this.failure !== undefined) {
      return Promise.reject(new Error(this.failure));
    }
    this.opened = true;
    return Promise.resolve(this.overview());
  }

  getRows(first: number, count: number): Promise<RowsPage> {
    const rows = this.folds.rows(first, count);
    return Promise.resolve({ first, rows, generation: this.overview().generation });
  }

  getMessage(message: number): Promise<MessageDetails> {
    return messageDetails(this.trace, message);
  }

  rowOfMessage(message: number): Promise<number> {
    this.check(message);
    if (this.folds.openFor(message)) {
      this.tell();
    }
    return Promise.resolve(this.folds.rowOf(message));
  }

  toggleFold(row: number): Promise<void> {
    this.folds.toggle(row);
    this.tell();
    return Promise.resolve();
  }

  findHeading(row: number, step: 1 | -1): Promise<number | undefined> {
    return Promise.resolve(this.folds.findHeading(row, step));
  }

  setCursor(message: number | undefined): Promise<void> {
    if (message !== undefined) {
      this.check(message);
    }
    this.at = message;
    this.parts.front.update();
    return Promise.resolve();
  }

  openBody(message: number): Promise<void> {
    this.check(message);
    return this.parts.frames.open(this.trace.path, message);
  }

  async copyMessage(message: number): Promise<void> {
    this.check(message);
    const { text } = await this.parts.frames.read(this.trace.path, message);
    await vscode.env.clipboard.writeText(text);
  }

  async run(command: 'pause' | 'resume' | 'stop' | 'showLog'): Promise<void> {
    const { sessions, log } = this.parts;
    const { session } = this.reference;
    if (command === 'showLog') {
      log.show();
      return;
    }
    if (session === undefined || sessions.session !== session) {
      throw new ExpectedError('not-live', vscode.l10n.t('This recording is not being written.'));
    }
    switch (command) {
      case 'pause':
        session.pause();
        break;
      case 'resume':
        session.resume();
        break;
      case 'stop':
        await sessions.stop();
        break;
    }
  }

  dispose(): void {
    this.store.dispose();
  }

  private check(message: number): void {
    if (message >= this.trace.messages.count) {
      throw new ExpectedError(
        'no-such-message',
        vscode.l10n.t('There is no message {0} in this trace.', message + 1),
      );
    }
  }

  private tell(): void {
    // A hidden view has no page; it asks for everything when it is shown again.
    if (this.opened && this.failure === undefined && this.panel.visible) {
      this.peer.notify('changed', this.overview());
    }
  }

  private fail(reason: string): void {
    this.failure = reason;
    if (this.opened) {
      this.peer.notify('closed', { reason });
    }
  }

  private overview(): TraceOverview {
    return traceOverview(this.trace, this.folds, this.title, this.reference.session);
  }
}
