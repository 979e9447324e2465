import * as vscode from 'vscode';
import type { ComparedMessage } from '../../bridge/detailsMethods';
import { refused } from '../../core/base/result';
import { fileName } from '../../core/base/fileName';
import type { FrameDocuments } from './frameDocuments';

/** A message of a recording. */
export interface ComparedPlace {
  /** The recording's file. */
  readonly recording: string;
  readonly message: number;
  /** Sequence number of its frame: what the ladder shows. */
  readonly seq: number;
  readonly name: string;
}

/** Two messages beside each other in the editor's diff: one is selected first, in any trace, then the other. */
export class FrameCompare {
  private chosen: ComparedPlace | undefined;

  constructor(private readonly frames: FrameDocuments) {}

  select(place: ComparedPlace): ComparedMessage {
    this.chosen = place;
    return { title: titleOf(place) };
  }

  get selected(): ComparedMessage | undefined {
    return this.chosen && { title: titleOf(this.chosen) };
  }

  /** Rejects with an `ExpectedError` while none is selected, or one of them cannot be read. */
  async compare(place: ComparedPlace): Promise<void> {
    const { chosen } = this;
    if (chosen === undefined) {
      throw refused(
        'nothing-selected',
        vscode.l10n.t('Select a message for compare first: press D on it, or use its menu.'),
      );
    }
    const [left, right] = await Promise.all(
      [chosen, place].map(({ recording, message }) => this.frames.uriOf(recording, message)),
    );
    const same = chosen.recording === place.recording;
    const title = same
      ? `${shortTitle(chosen)} ↔ ${shortTitle(place)} (${fileName(place.recording)})`
      : `${titleOf(chosen)} ↔ ${titleOf(place)}`;
    await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
  }
}

function shortTitle({ name, seq }: ComparedPlace): string {
  return `${name === '' ? vscode.l10n.t('Frame') : name} #${seq}`;
}

function titleOf(place: ComparedPlace): string {
  return `${shortTitle(place)} (${fileName(place.recording)})`;
}
