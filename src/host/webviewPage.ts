import * as vscode from 'vscode';

export interface PageContents {
  readonly title: string;
  /** Name of the page's script and style sheet in `dist`, without ending. */
  readonly files: string;
  /** JSON that the page begins with, and the id of its element. */
  readonly data?: { readonly id: string; readonly value: unknown };
}

/** Folders that a page may load from. */
export function pageRoots(extensionUri: vscode.Uri): readonly vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, 'dist'), vscode.Uri.joinPath(extensionUri, 'media')];
}

/** A page of ours: one script, one style sheet, nothing from elsewhere, nothing inline. */
export function webviewPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  { title, files, data }: PageContents,
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
<link rel="stylesheet" href="${address(`${files}.css`)}">
<title>${title.replaceAll('<', '&lt;')}</title>
</head>
<body>
${data === undefined ? '' : dataElement(data.id, data.value)}
<script nonce="${nonce}" src="${address(`${files}.js`)}"></script>
</body>
</html>`;
}

/** JSON that no text in it can end: it is data to the page, whatever it holds. */
function dataElement(id: string, value: unknown): string {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="${id}">${json}</script>`;
}
