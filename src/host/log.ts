import * as vscode from 'vscode';
import type { Disposable } from '../core/base/disposable';
import type { Logger } from '../session/ports';

/** The extension's one log, as the rest of the code sees it. */
export interface Log extends Logger, Disposable {
  /** Brings the log to front. */
  show(): void;
}

/** Opens the log output channel; its level is the person's choice. */
export function createLog(): Log {
  const channel = vscode.window.createOutputChannel('Workbin Inspector', { log: true });
  return {
    trace: (text) => channel.trace(text),
    info: (text) => channel.info(text),
    warn: (text) => channel.warn(text),
    error: (text) => channel.error(text),
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}
