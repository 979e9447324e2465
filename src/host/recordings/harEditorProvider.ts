import * as vscode from 'vscode';
import { createHostPeer } from '../../bridge/rpcHost';
import { refuseAll } from '../../bridge/rpcRefusal';
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import { messageOf } from '../../core/base/result';
import { hostTimer } from '../coalescer';
import { fileName } from '../../core/base/fileName';
import type { HarImports } from './harImports';
import type { Log } from '../log';
import type { OpenTraces } from '../trace/openTraces';
import { TraceEditor, type TraceEditorParts } from '../trace/traceEditor';
import { tracePage } from '../trace/tracePage';
import { pageRoots } from '../webviewPage';
import { HAR_EDITOR } from '../views';

/** Opens HAR files in the trace view, read-only: imports them first, and says in the editor when that fails. */
export class HarEditorProvider implements vscode.CustomReadonlyEditorProvider, Disposable {
  private readonly registration: Disposable;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly openTraces: OpenTraces,
    private readonly imports: HarImports,
    private readonly parts: TraceEditorParts,
  ) {
    this.registration = vscode.window.registerCustomEditorProvider(HAR_EDITOR, this, {
      supportsMultipleEditorsPerDocument: true,
    });
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  async resolveCustomEditor(
    { uri }: vscode.CustomDocument,
    panel: vscode.WebviewPanel,
  ): Promise<void> {
    const store = new DisposableStore();
    const closed = new AbortController();
    panel.onDidDispose(() => {
      closed.abort();
      store.dispose();
    });
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: pageRoots(this.extensionUri) };
    try {
      const reference = store.add(this.openTraces.acquire(await this.recordingOf(uri)));
      if (!closed.signal.aborted) {
        store.add(new TraceEditor(reference, fileName(uri.path), panel, this.parts));
      }
    } catch (error) {
      if (!closed.signal.aborted) {
        store.add(showFailure(panel, messageOf(error), this.parts.log));
      }
    }
    if (!closed.signal.aborted) {
      webview.html = tracePage(webview, this.extensionUri);
    }
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async recordingOf(uri: vscode.Uri): Promise<string> {
    if (uri.scheme !== 'file') {
      throw new Error(
        vscode.l10n.t(
          'A HAR file is read piece by piece, so it must be on this machine. Save a copy of it and open that.',
        ),
      );
    }
    return this.imports.recordingOf(uri);
  }
}

/** Opens the given HAR file, or one that is picked, in the trace view. */
export async function openHar(file: unknown): Promise<void> {
  const uri = file instanceof vscode.Uri ? file : await pickHar();
  if (uri !== undefined) {
    await vscode.commands.executeCommand('vscode.openWith', uri, HAR_EDITOR);
  }
}

async function pickHar(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Open HAR'),
    filters: { [vscode.l10n.t('HAR files')]: ['har'] },
  });
  return picked?.[0];
}

/** Has the page say why there is no trace. */
function showFailure(panel: vscode.WebviewPanel, reason: string, log: Log): Disposable {
  const methods = refuseAll(reason, {
    run: (command) => {
      if (command === 'showLog') {
        log.show();
      }
      return Promise.resolve();
    },
  });
  return createHostPeer({
    channel: {
      post: (envelope) => void panel.webview.postMessage(envelope),
      onMessage: (listener) => panel.webview.onDidReceiveMessage(listener),
    },
    methods,
    timer: hostTimer,
    onProblem: (text) => log.warn(`Trace view: ${text}`),
  });
}
