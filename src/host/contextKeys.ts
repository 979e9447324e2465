import * as vscode from 'vscode';
import type { InteractionOrder } from '../core/workbins/arrange';
import type { WorkbinGrouping } from './workbins/arrangement';

/** Context keys that menus and enablements ask for, and what each can be. */
export interface ContextKeys {
  /** Where the live session stands. */
  'workbinInspector:session':
    'none' | 'connecting' | 'connected' | 'recovering' | 'tapping' | 'disconnected';
  /** What the live session's recorder does. */
  'workbinInspector:recording': 'none' | 'recording' | 'paused' | 'ended' | 'failed';
  /** Some server is being connected, in front or not. */
  'workbinInspector:connecting': boolean;
  'workbinInspector:severalSessions': boolean;
  'workbinInspector:simulatorRunning': boolean;
  /** Requests go to some server without being asked about. */
  'workbinInspector:sendsUnasked': boolean;
  /** Which trace the Workbins tree shows: none, the live session's, or another recording's. */
  'workbinInspector:front': 'none' | 'live' | 'recording';
  'workbinInspector:workbinsGroup': WorkbinGrouping;
  'workbinInspector:workbinsSort': InteractionOrder;
  'workbinInspector:workbinsDescending': boolean;
}

export function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
