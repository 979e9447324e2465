/**
 * Interactions as read-only JSON documents: their properties as a moment of a trace knows them. The address says
 * which recording, workbin, interaction and moment, so that VS Code can ask for the text again at any time.
 */
import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable';
import { ExpectedError } from '../../core/base/result';
import { jsonText } from '../../core/protocol/jsonText';
import { WorkbinTree } from '../../session/workbinTree';
import { fileName } from '../../core/base/fileName';
import type { OpenTraces } from '../trace/openTraces';

const SCHEME = 'workbin-interaction';

export interface InteractionAddress {
  readonly recording: string;
  /** Key of the workbin in its trace. */
  readonly key: string;
  readonly id: string;
  /** After so many messages. */
  readonly end: number;
}

export class InteractionDocuments implements vscode.TextDocumentContentProvider, Disposable {
  private readonly registration: Disposable;

  constructor(private readonly openTraces: OpenTraces) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  async open(address: InteractionAddress): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uriOf(address));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const address = readUri(uri);
    if (address === undefined) {
      throw new ExpectedError('bad-address', `${uri.toString()} names no interaction of a trace.`);
    }
    const reference = this.openTraces.acquire(address.recording);
    try {
      const { trace } = reference;
      if (address.end > trace.messages.count) {
        await reference.read;
      }
      const { interactions } = await new WorkbinTree(trace).contents(address.key, address.end);
      const interaction = interactions.get(address.id);
      if (interaction === undefined) {
        throw new ExpectedError(
          'not-there',
          vscode.l10n.t(
            '{0} is not in this workbin after message {1}.',
            address.id,
            String(address.end),
          ),
        );
      }
      return `${jsonText(interaction.properties)}\n`;
    } finally {
      reference.dispose();
    }
  }

  dispose(): void {
    this.registration.dispose();
  }
}

function uriOf(address: InteractionAddress): vscode.Uri {
  const name = address.id.replaceAll(/[^\w.-]/g, '_');
  return vscode.Uri.from({
    scheme: SCHEME,
    path: `/${fileName(address.recording)}/${name} after message ${address.end}.json`,
    query: JSON.stringify(address),
  });
}

/** Anybody can make an address: only recordings are read. */
function readUri(uri: vscode.Uri): InteractionAddress | undefined {
  let query: unknown;
  try {
    query = JSON.parse(uri.query);
  } catch {
    return undefined; // No address of ours.
  }
  if (typeof query !== 'object' || query === null) {
    return undefined;
  }
  const { recording, key, id, end } = query as Readonly<Record<string, unknown>>;
  const fits =
    typeof recording === 'string' &&
    recording.toLowerCase().endsWith('.wbtrace') &&
    typeof key === 'string' &&
    typeof id === 'string' &&
    typeof end === 'number' &&
    Number.isSafeInteger(end);
  return fits ? { recording, key, id, end } : undefined;
}
