import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable';
import { fileName } from '../../core/base/fileName';
import type { OpenTraces, TraceReference } from './openTraces';
import { TraceEditor, type TraceEditorParts } from './traceEditor';
import { tracePage } from './tracePage';
import { pageRoots } from '../webviewPage';
import { TRACE_EDITOR } from '../views';

/** A recording that editors show: one document for all of them. */
interface TraceDocument extends vscode.CustomDocument {
  readonly reference: TraceReference;
}

/** Opens recordings in the trace view, read-only, as many editors of one as somebody likes. */
export class TraceEditorProvider
  implements vscode.CustomReadonlyEditorProvider<TraceDocument>, Disposable
{
  private readonly registration: Disposable;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly openTraces: OpenTraces,
    private readonly parts: TraceEditorParts,
  ) {
    this.registration = vscode.window.registerCustomEditorProvider(TRACE_EDITOR, this, {
      supportsMultipleEditorsPerDocument: true,
    });
  }

  openCustomDocument(uri: vscode.Uri): TraceDocument {
    if (uri.scheme !== 'file') {
      throw new Error(
        vscode.l10n.t(
          'A recording is read piece by piece, so it must be a file on this machine. Save a copy of it and open that.',
        ),
      );
    }
    const reference = this.openTraces.acquire(uri.fsPath);
    return { uri, reference, dispose: () => reference.dispose() };
  }

  async resolveCustomEditor(document: TraceDocument, panel: vscode.WebviewPanel): Promise<void> {
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: pageRoots(this.extensionUri) };
    const title = fileName(document.uri.path);
    const editor = new TraceEditor(document.reference, title, panel, this.parts);
    panel.onDidDispose(() => editor.dispose());
    webview.html = tracePage(webview, this.extensionUri, await editor.opening());
  }

  dispose(): void {
    this.registration.dispose();
  }
}
