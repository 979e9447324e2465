/** Takes a part of a ladder out of the trace view: as a diagram, a picture or a table, to a file or the clipboard. */
import * as vscode from 'vscode';
import { refused } from '../../core/base/result';
import { markdownText } from '../../core/export/markdown';
import { mermaidText } from '../../core/export/mermaid';
import type { LadderPicture } from '../../core/export/picture';
import { plantUmlText } from '../../core/export/plantUml';
import { svgText } from '../../core/export/svg';
import type { LongWork } from '../../session/platform';
import { fileName } from '../../core/base/fileName';
import { longWork } from '../longWork';
import { tellInformation } from '../tell';

interface Format {
  readonly id: string;
  readonly label: string;
  readonly extension: string;
  readonly write: (picture: LadderPicture) => string;
}

const FORMATS: readonly Format[] = [
  { id: 'svg', label: 'SVG', extension: 'svg', write: svgText },
  { id: 'mermaid', label: 'Mermaid', extension: 'mmd', write: mermaidText },
  { id: 'plantUml', label: 'PlantUML', extension: 'puml', write: plantUmlText },
  { id: 'markdown', label: 'Markdown', extension: 'md', write: markdownText },
];

interface Choice extends vscode.QuickPickItem {
  readonly id: string;
  readonly format: Format;
  readonly target: 'file' | 'clipboard';
}

/** What was chosen last, and where it went. */
const LAST_CHOICE = 'export.lastChoice';
const LAST_FOLDER = 'export.lastFolder';

export class ExportActions {
  constructor(private readonly memory: vscode.Memento) {}

  /** Asks how and where to; `gather` makes the picture once that is known. `name` is the file's, without its ending. */
  async run(name: string, gather: (work: LongWork) => Promise<LadderPicture>): Promise<void> {
    const choice = await this.choose();
    if (choice === undefined) {
      return;
    }
    const { format, target } = choice;
    const file = target === 'file' ? await this.askForFile(name, format) : undefined;
    if (target === 'file' && file === undefined) {
      return;
    }
    const cancelled = refused('cancelled', vscode.l10n.t('The export was cancelled.'));
    const picture = await longWork(vscode.l10n.t('Exporting {0}', name), cancelled, gather);
    const text = format.write(picture);
    await this.memory.update(LAST_CHOICE, choice.id);
    if (file === undefined) {
      await vscode.env.clipboard.writeText(text);
      void tellInformation(withLeft(vscode.l10n.t('Copied as {0}.', format.label), picture.left));
      return;
    }
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    await this.memory.update(LAST_FOLDER, vscode.Uri.joinPath(file, '..').toString());
    void this.tellSaved(file, picture.left);
  }

  private async tellSaved(file: vscode.Uri, left: number): Promise<void> {
    const open = vscode.l10n.t('Open');
    const words = withLeft(vscode.l10n.t('Exported {0}.', fileName(file.path)), left);
    if ((await tellInformation(words, open)) === open) {
      await vscode.commands.executeCommand('vscode.open', file);
    }
  }

  private choose(): Promise<Choice | undefined> {
    const last = this.memory.get<unknown>(LAST_CHOICE);
    const pick = vscode.window.createQuickPick<Choice | vscode.QuickPickItem>();
    pick.title = vscode.l10n.t('Export Ladder');
    pick.placeholder = vscode.l10n.t('Choose a form, and where it goes');
    // The palette gives the focus back to the trace view, perhaps only after this has opened: it must not close it.
    pick.ignoreFocusOut = true;
    const files = FORMATS.map((format) => choiceOf(format, 'file'));
    const copies = FORMATS.map((format) => choiceOf(format, 'clipboard'));
    const separator = (label: string): vscode.QuickPickItem => ({
      label,
      kind: vscode.QuickPickItemKind.Separator,
    });
    pick.items = [
      separator(vscode.l10n.t('Save to a file')),
      ...files,
      separator(vscode.l10n.t('Copy to the clipboard')),
      ...copies,
    ];
    pick.activeItems = [...files, ...copies].filter(({ id }) => id === last);
    return new Promise((resolve) => {
      pick.onDidAccept(() => {
        const [chosen] = pick.selectedItems;
        resolve(chosen !== undefined && 'format' in chosen ? chosen : undefined);
        pick.hide();
      });
      pick.onDidHide(() => {
        resolve(undefined);
        pick.dispose();
      });
      pick.show();
    });
  }

  private async askForFile(name: string, format: Format): Promise<vscode.Uri | undefined> {
    const kept = this.memory.get<unknown>(LAST_FOLDER);
    const folder =
      typeof kept === 'string'
        ? vscode.Uri.parse(kept)
        : vscode.workspace.workspaceFolders?.[0]?.uri;
    const file = `${name}.${format.extension}`;
    return vscode.window.showSaveDialog({
      title: vscode.l10n.t('Export Ladder as {0}', format.label),
      ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, file) }),
      filters: { [format.label]: [format.extension] },
    });
  }
}

function choiceOf(format: Format, target: Choice['target']): Choice {
  const label =
    target === 'file'
      ? vscode.l10n.t('$(save) {0} File…', format.label)
      : vscode.l10n.t('$(copy) {0}', format.label);
  return { id: `${format.id}.${target}`, label, format, target };
}

function withLeft(words: string, left: number): string {
  return left === 0
    ? words
    : vscode.l10n.t(
        '{0} {1} more rows are not in it: a filter or a smaller selection brings them in.',
        words,
        left.toLocaleString('en-US'),
      );
}
