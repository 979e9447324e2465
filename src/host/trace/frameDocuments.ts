/**
 * Frames as read-only documents in VS Code's own editor. The address says which recording and which message, so
 * that VS Code can ask for the text again at any time.
 */
import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable';
import { ExpectedError } from '../../core/base/result';
import { fileName } from '../../core/base/fileName';
import { frameText, type FrameText } from './frameText';
import type { OpenTraces } from './openTraces';

const SCHEME = 'workbin-frame';

export class FrameDocuments implements vscode.TextDocumentContentProvider, Disposable {
  private readonly registration: Disposable;

  constructor(private readonly openTraces: OpenTraces) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  /** Opens the frame of a message beside the trace; the focus stays there. */
  async open(recording: string, message: number): Promise<void> {
    const uri = await this.uriOf(recording, message);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  }

  /** The address of a frame's document. Rejects as {@link read} does. */
  async uriOf(recording: string, message: number): Promise<vscode.Uri> {
    const { language } = await this.read(recording, message);
    return frameUri(recording, message, language);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const address = readFrameUri(uri);
    if (address === undefined) {
      throw new ExpectedError('bad-address', `${uri.toString()} names no frame of a recording.`);
    }
    return (await this.read(address.recording, address.message)).text;
  }

  /** The text of a frame. Rejects with an `ExpectedError` when the recording cannot be read there. */
  async read(recording: string, message: number): Promise<FrameText> {
    const reference = this.openTraces.acquire(recording);
    try {
      if (message >= reference.trace.messages.count) {
        await reference.read;
      }
      return frameText((await reference.trace.message(message)).record.frame);
    } finally {
      reference.dispose();
    }
  }

  dispose(): void {
    this.registration.dispose();
  }
}

function frameUri(recording: string, message: number, language: FrameText['language']): vscode.Uri {
  const extension = language === 'json' ? 'json' : 'txt';
  return vscode.Uri.from({
    scheme: SCHEME,
    path: `/${fileName(recording)}/message ${message + 1}.${extension}`,
    query: JSON.stringify({ recording, message }),
  });
}

/** Anybody can make an address: only recordings are read. */
function readFrameUri(
  uri: vscode.Uri,
): { readonly recording: string; readonly message: number } | undefined {
  let query: unknown;
  try {
    query = JSON.parse(uri.query);
  } catch {
    return undefined; // No address of ours.
  }
  if (typeof query !== 'object' || query === null) {
    return undefined;
  }
  const { recording, message } = query as Readonly<Record<string, unknown>>;
  const fits =
    typeof recording === 'string' &&
    recording.toLowerCase().endsWith('.wbtrace') &&
    typeof message === 'number' &&
    Number.isSafeInteger(message);
  return fits ? { recording, message } : undefined;
}
