import * as vscode from 'vscode';

/** Context keys that menus and enablements ask for, and what each can be. */
export interface ContextKeys {
  /** Where the live session stands. */
  'workbinInspector:session':
    'none' | 'connecting' | 'connected' | 'recovering' | 'tapping' | 'disconnected';
  /** What the live session's recorder does. */
  'workbinInspector:recording': 'none' | 'recording' | 'paused' | 'ended' | 'failed';
  'workbinInspector:simulatorRunning': boolean;
}

export function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
