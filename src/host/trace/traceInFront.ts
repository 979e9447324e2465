/**
 * Which trace the Workbins tree shows: that of the trace editor that was active last, as long as it can be seen,
 * at its cursor; or else that of the live session in front, at its end. A session that somebody connects or chooses
 * goes before all editors, until one becomes active again.
 */
import * as vscode from 'vscode';
import type { ViewAction } from '../../bridge/traceView';
import { DisposableStore, toDisposable, type Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/event';
import { refused } from '../../core/base/result';
import type { RowCommand } from '../../bridge/rowActions';
import type { LiveSession } from '../../session/liveSession';
import type { Trace } from '../../session/trace';
import type { LiveSessions } from '../sessions/liveSessions';

export interface FrontTrace {
  readonly trace: Trace;
  /** File name, for people; absent when no editor shows it. */
  readonly title?: string;
  /** The tree shows the state after this message; undefined: at the end. */
  readonly cursor: number | undefined;
  /** Set where the trace is that of the live session in front. */
  readonly session: LiveSession | undefined;
}

export interface ChosenMessage {
  readonly trace: Trace;
  readonly message: number;
}

/** A trace editor, as far as the front is concerned. */
export interface TraceOnScreen {
  readonly trace: Trace;
  readonly title: string;
  readonly cursor: number | undefined;
  readonly visible: boolean;
  /** Selects a message, as soon as the view is there. */
  reveal(message: number): void;
  /** Has the view do something with what is selected in it. */
  perform(command: RowCommand): void;
  /** Has the view do something. */
  act(action: ViewAction): void;
}

export class TraceInFront implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private readonly chose = this.store.add(new Emitter<ChosenMessage>());
  /** Editors, the one that was active last at the end. */
  private readonly editors: TraceOnScreen[] = [];
  /** A session that was chosen since an editor became active. */
  private chosen: LiveSession | undefined;

  /** Another trace is in front, or its cursor has moved. Growth is the trace's own event. */
  readonly onDidChange = this.changed.event;

  /** Somebody has selected a message in the editor in front. */
  readonly onDidChooseMessage = this.chose.event;

  constructor(private readonly sessions: LiveSessions) {
    this.store.add(
      sessions.onDidChoose((session) => {
        this.chosen = session;
        this.changed.fire();
      }),
    );
    this.store.add(
      sessions.onDidContinue(({ from, to }) => {
        this.chosen = this.chosen === from ? to : this.chosen;
      }),
    );
    this.store.add(
      sessions.onDidEnd((session) => {
        if (session === this.chosen) {
          this.chosen = undefined;
          this.followEditor();
        }
      }),
    );
    this.store.add(sessions.onDidChange(() => this.changed.fire()));
  }

  get current(): FrontTrace | undefined {
    const { session } = this.sessions;
    const editor = this.editorInFront();
    if (editor !== undefined) {
      const { trace, title, cursor } = editor;
      return { trace, title, cursor, session: session?.trace === trace ? session : undefined };
    }
    return session && { trace: session.trace, cursor: undefined, session };
  }

  /** Leads to a message of a trace in an editor that can be seen; where there is none, `open` is to open one. */
  async show(trace: Trace, message: number, open: () => Promise<void>): Promise<void> {
    const isSeen = (): boolean =>
      this.editors.some((editor) => editor.trace === trace && editor.visible);
    if (!isSeen()) {
      await open();
    }
    if (!isSeen()) {
      await new Promise<void>((resolve) => {
        const listener = this.onDidChange(() => {
          if (isSeen()) {
            listener.dispose();
            resolve();
          }
        });
      });
    }
    this.reveal(trace, message);
  }

  /** True where an editor that can be seen shows a trace up to its end. */
  isAtEnd(trace: Trace): boolean {
    return this.editors.some(
      (editor) => editor.trace === trace && editor.visible && editor.cursor === undefined,
    );
  }

  /** Has the editor in front do something; an error where there is none. */
  perform(command: RowCommand): void {
    const editor = this.editors.filter(({ visible }) => visible).at(-1);
    if (editor === undefined) {
      throw refused('no-trace', vscode.l10n.t('Open a trace first.'));
    }
    editor.perform(command);
  }

  /** Has the view in front do something, if there is one. */
  act(action: ViewAction): void {
    this.editorInFront()?.act(action);
  }

  /** Somebody has selected a message in an editor. */
  choose(editor: TraceOnScreen, message: number): void {
    if (editor === this.editorInFront()) {
      this.chose.fire({ trace: editor.trace, message });
    }
  }

  /** Adds an editor until the returned disposable is disposed. */
  add(editor: TraceOnScreen): Disposable {
    this.editors.push(editor);
    // Somebody has opened it, and that later than whatever was chosen before.
    this.chosen = undefined;
    this.update();
    return toDisposable(() => {
      this.editors.splice(this.editors.indexOf(editor), 1);
      this.update();
    });
  }

  /** An editor has become active. */
  activate(editor: TraceOnScreen): void {
    const at = this.editors.indexOf(editor);
    if (at >= 0) {
      this.editors.push(...this.editors.splice(at, 1));
    }
    this.chosen = undefined;
    this.update();
  }

  /** Selects a message in the editor of a trace that was active last. */
  reveal(trace: Trace, message: number): void {
    this.editors
      .filter((editor) => editor.trace === trace)
      .at(-1)
      ?.reveal(message);
  }

  /** The cursor of an editor, or whether it can be seen, has changed. */
  update(): void {
    this.followEditor();
    this.changed.fire();
  }

  dispose(): void {
    this.store.dispose();
  }

  private editorInFront(): TraceOnScreen | undefined {
    const visible = this.editors.filter((editor) => editor.visible);
    const { chosen } = this;
    return chosen === undefined
      ? visible.at(-1)
      : visible.filter(({ trace }) => trace === chosen.trace).at(-1);
  }

  /** Where an editor shows what a live session writes, that session comes to the front with it. */
  private followEditor(): void {
    const editor = this.editorInFront();
    const held = editor && this.sessions.all.find(({ session }) => session.trace === editor.trace);
    if (held !== undefined) {
      this.sessions.follow(held.session);
    }
  }
}
