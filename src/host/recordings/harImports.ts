/**
 * HAR files as recordings: each is imported into the recordings folder once, and again only when the file has
 * changed or its recording is gone.
 */
import * as vscode from 'vscode';
import { refused } from '../../core/base/result';
import type { ImportedHar, Platform } from '../../session/platform';
import { fileName } from '../../core/base/fileName';
import { importTroubles, importWords } from './harWords';
import { longWork } from '../longWork';
import type { RecordingsTree } from './recordingsTree';
import { tellWarning } from '../tell';

/** What was made of a HAR file as it was then. */
interface Kept {
  readonly har: string;
  readonly size: number;
  readonly mtime: number;
  readonly recording: string;
}

const KEY = 'harImports';
const MAX_KEPT = 100;

export class HarImports {
  /** By path: editors of one file that open at once share one import. */
  private readonly running = new Map<string, Promise<string>>();

  constructor(
    private readonly platform: Platform,
    private readonly memory: vscode.Memento,
    private readonly recordings: RecordingsTree,
  ) {}

  /** The recording of a HAR file, imported if need be. Rejects with words for a person, also when it was given up. */
  recordingOf(har: vscode.Uri): Promise<string> {
    const known = this.running.get(har.fsPath);
    if (known !== undefined) {
      return known;
    }
    const made = this.find(har).finally(() => this.running.delete(har.fsPath));
    this.running.set(har.fsPath, made);
    return made;
  }

  private async find(har: vscode.Uri): Promise<string> {
    const { size, mtime } = await vscode.workspace.fs.stat(har);
    const now = { har: har.fsPath, size, mtime };
    const before = this.kept().find(
      (kept) => kept.har === now.har && kept.size === size && kept.mtime === mtime,
    );
    if (before !== undefined) {
      const recordings = await this.platform.recordings();
      if (recordings.some(({ path }) => path === before.recording)) {
        return before.recording;
      }
    }
    const { recording, summary } = await this.import(har);
    const others = this.kept().filter((kept) => kept.har !== now.har);
    await this.memory.update(KEY, [{ ...now, recording }, ...others].slice(0, MAX_KEPT));
    this.recordings.refresh();
    tell(fileName(har.fsPath), summary);
    return recording;
  }

  private import(har: vscode.Uri): Promise<ImportedHar> {
    const cancelled = vscode.l10n.t('The import was cancelled. Open the file again.');
    return longWork(
      vscode.l10n.t('Importing {0}', fileName(har.fsPath)),
      refused('cancelled', cancelled),
      (work) => this.platform.importHar(har.fsPath, work),
    );
  }

  private kept(): readonly Kept[] {
    const kept = this.memory.get<unknown>(KEY);
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  }
}

/** In passing when all is well, in a message when something is missing. */
function tell(name: string, summary: ImportedHar['summary']): void {
  const troubles = importTroubles(summary);
  const words = importWords(summary);
  if (troubles.length === 0) {
    vscode.window.setStatusBarMessage(words, 10_000);
  } else {
    const all = [words, ...troubles].join(' ');
    void tellWarning(vscode.l10n.t('{0}: {1}', name, all));
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { har, size, mtime, recording } = value as Readonly<Record<string, unknown>>;
  return (
    typeof har === 'string' &&
    typeof size === 'number' &&
    typeof mtime === 'number' &&
    typeof recording === 'string'
  );
}
