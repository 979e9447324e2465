import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import type { Diagnosis } from '../../session/doctor/steps';
import { diagnosisText, OUTCOMES } from './doctorWords';

const SCHEME = 'workbin-diagnosis';
/** Has settings of its own in the manifest: no line numbers, no guides. */
const LANGUAGE = 'workbin-diagnosis';
const MAX_KEPT = 20;

/** Diagnoses as read-only documents, one for each server: the next diagnosis replaces what stands there. */
export class DoctorDocuments implements vscode.TextDocumentContentProvider, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly texts = new Map<string, string>();
  private readonly good = decoration('charts.green');
  private readonly bad = decoration('errorForeground');

  readonly onDidChange = this.changed.event;

  constructor() {
    this.store.add(this.changed);
    this.store.add(this.good);
    this.store.add(this.bad);
    this.store.add(vscode.workspace.registerTextDocumentContentProvider(SCHEME, this));
    this.store.add(
      vscode.window.onDidChangeVisibleTextEditors((editors) =>
        editors.forEach((each) => this.mark(each)),
      ),
    );
    this.store.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) =>
        vscode.window.visibleTextEditors
          .filter((editor) => editor.document === document)
          .forEach((editor) => this.mark(editor)),
      ),
    );
  }

  async show(diagnosis: Diagnosis, at: number): Promise<void> {
    const uri = uriOf(diagnosis);
    this.keep(uri.toString(), diagnosisText(diagnosis, at));
    this.changed.fire(uri);
    const document = await vscode.languages.setTextDocumentLanguage(
      await vscode.workspace.openTextDocument(uri),
      LANGUAGE,
    );
    this.mark(await vscode.window.showTextDocument(document, { preview: true }));
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.texts.get(uri.toString()) ??
      vscode.l10n.t('This diagnosis is over. Run Diagnose Connection… again.')
    );
  }

  dispose(): void {
    this.store.dispose();
  }

  private keep(address: string, text: string): void {
    this.texts.delete(address);
    this.texts.set(address, text);
    for (const oldest of [...this.texts.keys()].slice(0, -MAX_KEPT)) {
      this.texts.delete(oldest);
    }
  }

  /** Colours the signs at the beginnings of lines; what they mean stands beside them. */
  private mark(editor: vscode.TextEditor): void {
    const { document } = editor;
    if (document.uri.scheme !== SCHEME) {
      return;
    }
    const of = (...signs: readonly string[]): vscode.Range[] =>
      Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line))
        .filter(({ text }) => signs.some((sign) => text.startsWith(`${sign} `)))
        .map(({ range }) => range.with({ end: range.start.translate(0, 1) }));
    editor.setDecorations(this.good, of(OUTCOMES.passed.sign));
    editor.setDecorations(this.bad, of(OUTCOMES.failed.sign, OUTCOMES.warning.sign));
  }
}

function decoration(colour: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    color: new vscode.ThemeColor(colour),
    fontWeight: 'bold',
  });
}

function uriOf({ server, agent }: Diagnosis): vscode.Uri {
  const host = URL.canParse(server) ? new URL(server).host : server;
  return vscode.Uri.from({
    scheme: SCHEME,
    path: `/Diagnosis of ${host.replaceAll(/[\\/]/g, ' ')}`,
    query: JSON.stringify([server, agent]),
  });
}
