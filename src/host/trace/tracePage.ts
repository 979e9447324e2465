import type * as vscode from 'vscode';
import type { PageOpening } from '../../bridge/traceView';
import { webviewPage } from '../webviewPage';

/** The trace view's page, which may bring with it what it is to show first. */
export function tracePage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  opening?: PageOpening,
): string {
  return webviewPage(webview, extensionUri, {
    title: 'Workbin trace',
    files: 'webview',
    ...(opening !== undefined && { data: { id: 'workbin-inspector-opening', value: opening } }),
  });
}
