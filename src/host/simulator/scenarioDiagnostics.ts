import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import type { Platform, ScenarioMistake } from '../../session/platform';

/** How the name of a scenario file ends. */
export const SCENARIO_ENDING = '.wbscenario.json';

/** Shows what is wrong with scenario files, each mistake at its place: when one is opened, saved, or to be started. */
export class ScenarioDiagnostics implements Disposable {
  private readonly store = new DisposableStore();
  private readonly shown = this.store.add(
    vscode.languages.createDiagnosticCollection('workbinInspector.scenario'),
  );

  constructor(
    private readonly platform: Platform,
    private readonly onError: (error: unknown) => void,
  ) {
    const check = (document: vscode.TextDocument): void => {
      if (document.fileName.endsWith(SCENARIO_ENDING)) {
        this.check(document).catch(this.onError);
      }
    };
    this.store.add(vscode.workspace.onDidOpenTextDocument(check));
    this.store.add(vscode.workspace.onDidSaveTextDocument(check));
    this.store.add(
      vscode.workspace.onDidCloseTextDocument((document) => this.shown.delete(document.uri)),
    );
    vscode.workspace.textDocuments.forEach(check);
  }

  /** Looks at a scenario as it is in the editor, and shows and returns what is wrong with it. */
  async check(document: vscode.TextDocument): Promise<readonly ScenarioMistake[]> {
    const { version } = document;
    const mistakes = await this.platform.checkScenario(document.getText());
    if (document.version === version && !document.isClosed) {
      this.shown.set(document.uri, mistakes.map(diagnostic));
    }
    return mistakes;
  }

  dispose(): void {
    this.store.dispose();
  }
}

function diagnostic({ line, column, length, text }: ScenarioMistake): vscode.Diagnostic {
  const start = new vscode.Position(line - 1, column - 1);
  const made = new vscode.Diagnostic(new vscode.Range(start, start.translate(0, length)), text);
  made.source = 'Workbin Inspector';
  return made;
}
