import * as vscode from 'vscode';
import { ExpectedError } from '../../core/base/result';
import type { Platform, ShippedScenario } from '../../session/platform';
import { SCENARIO_ENDING, type ScenarioDiagnostics } from './scenarioDiagnostics';

const LAST_CHOICE = 'simulator.scenario';

/** A scenario that ships, or a file. */
type Choice =
  | { readonly kind: 'shipped'; readonly id: string }
  | { readonly kind: 'file'; readonly file: string };

type Item = vscode.QuickPickItem & { readonly choice: Choice | undefined };

/** Asks with which scenario the embedded server is to start, and gets its text. */
export class ScenarioInput {
  constructor(
    private readonly platform: Platform,
    private readonly memory: vscode.Memento,
    private readonly diagnostics: ScenarioDiagnostics,
  ) {}

  /** The text of a scenario that the person has chosen; undefined when somebody thinks better of it. */
  async ask(): Promise<string | undefined> {
    const shipped = await this.platform.scenarios();
    const picked = await this.pick(shipped);
    const choice = picked && (picked.choice ?? (await askFile()));
    if (choice === undefined) {
      return undefined;
    }
    await this.memory.update(LAST_CHOICE, choice);
    return choice.kind === 'shipped'
      ? shipped.find(({ id }) => id === choice.id)?.source
      : this.fileSource(vscode.Uri.parse(choice.file, true));
  }

  /** The text of the scenario that ships under an id. */
  async shippedSource(id: string): Promise<string> {
    const shipped = await this.platform.scenarios();
    const found = shipped.find((each) => each.id === id);
    if (found === undefined) {
      throw new ExpectedError('no-scenario', vscode.l10n.t('There is no scenario “{0}”.', id));
    }
    return found.source;
  }

  /** The text of a file, also when it is not saved; shows it with its mistakes, and rejects, when it has any. */
  private async fileSource(file: vscode.Uri): Promise<string> {
    const document = await vscode.workspace.openTextDocument(file);
    const mistakes = await this.diagnostics.check(document);
    const [first] = mistakes;
    if (first === undefined) {
      return document.getText();
    }
    const at = new vscode.Position(first.line - 1, first.column - 1);
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
    throw new ExpectedError(
      'bad-scenario',
      mistakes.length === 1
        ? vscode.l10n.t('The scenario has a mistake in line {0}: {1}', first.line, first.text)
        : vscode.l10n.t(
            'The scenario has {0} mistakes, the first in line {1}: {2}',
            mistakes.length,
            first.line,
            first.text,
          ),
    );
  }

  private pick(shipped: readonly ShippedScenario[]): Promise<Item | undefined> {
    const last = readChoice(this.memory.get(LAST_CHOICE));
    const copy: vscode.QuickInputButton = {
      iconPath: new vscode.ThemeIcon('edit'),
      tooltip: vscode.l10n.t('Open a Copy to Edit'),
    };
    const items: Item[] = shipped.map(({ id, name, description }) => ({
      label: `$(server-process) ${name}`,
      detail: description,
      buttons: [copy],
      choice: { kind: 'shipped', id },
    }));
    if (last?.kind === 'file') {
      const uri = vscode.Uri.parse(last.file, true);
      items.push({
        label: `$(json) ${vscode.workspace.asRelativePath(uri)}`,
        description: vscode.l10n.t('file'),
        choice: last,
      });
    }
    items.push({ label: vscode.l10n.t('$(folder-opened) Scenario File…'), choice: undefined });
    const usual = items.find(
      ({ choice }) => choice !== undefined && JSON.stringify(choice) === JSON.stringify(last),
    );
    const picker = vscode.window.createQuickPick<Item>();
    picker.title = vscode.l10n.t('Start Embedded Server: Scenario');
    picker.placeholder = vscode.l10n.t('What is there, and what happens by itself');
    picker.matchOnDetail = true;
    picker.items = items;
    picker.activeItems = usual === undefined ? [] : [usual];
    return new Promise((resolve) => {
      picker.onDidAccept(() => {
        resolve(picker.selectedItems[0]);
        picker.hide();
      });
      picker.onDidTriggerItemButton(({ item }) => {
        const { choice } = item;
        const found = shipped.find(({ id }) => choice?.kind === 'shipped' && choice.id === id);
        picker.hide();
        void openCopy(found);
      });
      picker.onDidHide(() => {
        resolve(undefined);
        picker.dispose();
      });
      picker.show();
    });
  }
}

async function openCopy(shipped: ShippedScenario | undefined): Promise<void> {
  if (shipped !== undefined) {
    const document = await vscode.workspace.openTextDocument({
      language: 'json',
      content: shipped.source.replace(/^ *"\$schema":.*\r?\n/m, ''),
    });
    await vscode.window.showTextDocument(document);
  }
}

async function askFile(): Promise<Choice | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Scenario File'),
      openLabel: vscode.l10n.t('Start'),
      filters: { [vscode.l10n.t('Scenarios')]: [SCENARIO_ENDING.slice(1), 'json'] },
    })) ?? [];
  return file && { kind: 'file', file: file.toString() };
}

/** What was kept, when it is such a thing. */
function readChoice(kept: unknown): Choice | undefined {
  if (typeof kept !== 'object' || kept === null || !('kind' in kept)) {
    return undefined;
  }
  if (kept.kind === 'shipped' && 'id' in kept && typeof kept.id === 'string') {
    return { kind: 'shipped', id: kept.id };
  }
  return kept.kind === 'file' && 'file' in kept && typeof kept.file === 'string'
    ? { kind: 'file', file: kept.file }
    : undefined;
}
