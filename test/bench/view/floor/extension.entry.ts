/**
 * A tiny extension that shows how quick a web view can be on this machine: a page with a hundred rows that are
 * there from the start, opened the way a recording is. What the trace view takes longer is its own.
 */
import * as vscode from 'vscode';

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.window.registerCustomEditorProvider('floor.page', {
      openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
      resolveCustomEditor(_document, { webview }) {
        webview.options = { enableScripts: true, localResourceRoots: [context.extensionUri] };
        webview.html = page(webview, context.extensionUri);
      },
    }),
  );
}

function page(webview: vscode.Webview, folder: vscode.Uri): string {
  const address = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  const { cspSource } = webview;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${cspSource}; style-src ${cspSource}">
<link rel="stylesheet" href="${address('floor.css')}">
<title>Floor</title>
</head>
<body>
<script src="${address('floor.js')}"></script>
</body>
</html>`;
}
