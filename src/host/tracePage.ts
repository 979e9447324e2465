import * as vscode from 'vscode';
import type { PageOpening } from '../bridge/traceView';

/** Folders that the page may load from. */
export function pageRoots(extensionUri: vscode.Uri): readonly vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, 'dist'), vscode.Uri.joinPath(extensionUri, 'media')];
}

/** The trace view's page: one script, one style sheet, nothing from elsewhere, nothing inline. */
export function tracePage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  opening?: PageOpening,
): string {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const address = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', file)).toString();
  const { cspSource } = webview;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${address('webview.css')}">
<title>Workbin trace</title>
</head>
<body>
${opening === undefined ? '' : dataElement(opening)}
<script nonce="${nonce}" src="${address('webview.js')}"></script>
</body>
</html>`;
}

/** JSON that no text in it can end: it is data to the page, whatever it holds. */
function dataElement(opening: PageOpening): string {
  const json = JSON.stringify(opening).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="workbin-inspector-opening">${json}</script>`;
}
