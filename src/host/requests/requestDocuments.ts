/** Requests as JSON documents, `*.wbrequest.json`: opened from the form, sent from the editor, mistakes at their line. */
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import { decodePlatformSdkJson, encodePlatformSdkJson } from '../../core/protocol/platformSdkJson';
import { refused } from '../../core/base/result';
import { messageByName } from '../../core/protocol/catalogue';
import { formOf } from '../../core/protocol/requestForm/readForm';
import type { FilledRequest } from '../../bridge/requestForm';
import { formatJson } from '../../core/protocol/formatJson';
import { placeOf } from '../../core/protocol/requestForm/jsonPlace';
import type { Message } from '../../core/protocol/message';
import { fileName } from '../../core/base/fileName';
import type { RequestSender, SentRequestInTrace } from './requestSender';
import { tellFailure, tellInformation, tellWarning } from '../tell';

/** How the name of a request's file ends; `package.json` has the same. */
const REQUEST_ENDING = '.wbrequest.json';

/** What is told but keeps nobody from sending: a server may know more than the catalogue. */
const WARNINGS: ReadonlySet<string> = new Set([
  'unknown-message',
  'unknown-value',
  'more-problems',
]);

interface Mistake {
  readonly code: string;
  readonly path: string;
  readonly text: string;
}

/** A request as people read it. */
export function requestJson(message: Message): string {
  const text = encodePlatformSdkJson(message);
  return formatJson(text) ?? text;
}

export class RequestDocuments implements Disposable {
  private readonly store = new DisposableStore();
  private readonly shown = this.store.add(
    vscode.languages.createDiagnosticCollection('workbinInspector.request'),
  );

  /** `folder`: where a document is saved to when no folder is open. */
  constructor(
    private readonly sender: RequestSender,
    private readonly folder: vscode.Uri,
  ) {
    const clear = ({ uri }: vscode.TextDocument): void => this.shown.delete(uri);
    this.store.add(vscode.workspace.onDidCloseTextDocument(clear));
    // What was said about the text before is no longer so.
    this.store.add(vscode.workspace.onDidChangeTextDocument(({ document }) => clear(document)));
  }

  /** Opens a request as a new document, which nothing has saved yet. */
  async open(message: Message): Promise<void> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? this.folder;
    const uri = await freeName(folder, message.name);
    const document = await vscode.workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), `${requestJson(message)}\n`);
    await vscode.workspace.applyEdit(edit);
    await vscode.window.showTextDocument(document);
  }

  /** The request of the editor in front as the form has it; undefined where it has mistakes, which are told. */
  async filled(): Promise<FilledRequest | undefined> {
    const { message } = this.read();
    if (message === undefined) {
      await this.tellMistakes(vscode.l10n.t('The request cannot be read: it has mistakes.'));
      return undefined;
    }
    const type = messageByName(message.name);
    if (type?.kind !== 'request') {
      throw refused(
        'no-form',
        vscode.l10n.t('{0} is no request of Platform SDK 8.1.4: it has no form.', message.name),
      );
    }
    const input = formOf(type, message.attributes);
    if (input === undefined) {
      throw refused(
        'no-place',
        vscode.l10n.t(
          'The form has no place for something in this request: an attribute that {0} does not have, an empty value, an enum’s number in place of its name, or a list that is not an object. Change that, or send the file.',
          message.name,
        ),
      );
    }
    return { request: type.name, input };
  }

  /** Sends the request of the editor in front, and says what came of it. */
  async send(): Promise<void> {
    const { document, message, problems } = this.read();
    if (message === undefined) {
      await this.tellMistakes(vscode.l10n.t('The request was not sent: it has mistakes.'));
      return;
    }
    const attempt = await this.sender.send(message);
    switch (attempt.kind) {
      case 'sent':
        await this.tellSent(attempt.sent);
        break;
      case 'refused':
        this.show(document, [...problems, { code: 'refused', ...attempt }]);
        await this.tellMistakes(vscode.l10n.t('The request was not sent: it has mistakes.'));
        break;
      case 'cancelled':
        break;
    }
  }

  dispose(): void {
    this.store.dispose();
  }

  /** The request of the editor in front; without a message where it has mistakes, which then stand at their lines. */
  private read(): {
    readonly document: vscode.TextDocument;
    readonly message: Message | undefined;
    readonly problems: readonly Mistake[];
  } {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !document.fileName.endsWith(REQUEST_ENDING)) {
      throw refused(
        'no-document',
        vscode.l10n.t('Open a request first, a file whose name ends in {0}.', REQUEST_ENDING),
      );
    }
    const { message, problems } = decodePlatformSdkJson(document.getText());
    this.show(document, problems);
    const isWrong = problems.some(({ code }) => !WARNINGS.has(code));
    return { document, message: isWrong ? undefined : message, problems };
  }

  private show(document: vscode.TextDocument, mistakes: readonly Mistake[]): void {
    const text = document.getText();
    const { Error: error, Warning: warning } = vscode.DiagnosticSeverity;
    this.shown.set(
      document.uri,
      mistakes.map(({ code, path, text: words }) => {
        const { start, end } = placeOf(text, path);
        const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
        const severity = WARNINGS.has(code) ? warning : error;
        const made = new vscode.Diagnostic(range, words, severity);
        made.source = 'Workbin Inspector';
        return made;
      }),
    );
  }

  private async tellMistakes(words: string): Promise<void> {
    const showProblems = vscode.l10n.t('Show Problems');
    if ((await tellFailure(words, showProblems)) === showProblems) {
      await vscode.commands.executeCommand('workbench.actions.view.problems');
    }
  }

  private async tellSent(sent: SentRequestInTrace): Promise<void> {
    const show = vscode.l10n.t('Show in Trace');
    const { request, answer, tookMs, outcome } = sent;
    const words = vscode.l10n.t('{0}: {1} ({2} ms)', request, answer, Math.round(tookMs));
    const told = outcome === 'answered' ? tellInformation(words, show) : tellWarning(words, show);
    if ((await told) === show) {
      await this.sender.showInTrace(sent);
    }
  }
}

/** A name that neither a file of the folder nor an open document has. */
async function freeName(folder: vscode.Uri, request: string): Promise<vscode.Uri> {
  const taken = new Set(vscode.workspace.textDocuments.map(({ fileName: path }) => fileName(path)));
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    entries.forEach(([name]) => taken.add(name));
  } catch {
    // A folder that is not there yet has no names that are taken.
  }
  for (let number = 1; ; number++) {
    const name = `${request}${number === 1 ? '' : `-${number}`}${REQUEST_ENDING}`;
    if (!taken.has(name)) {
      return vscode.Uri.joinPath(folder, name);
    }
  }
}
