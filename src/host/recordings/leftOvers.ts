/** Tells, once, of recordings that were cut off when the editor was ended by force. */
import * as vscode from 'vscode';
import { messageOf } from '../../core/base/result';
import type { Platform, RecordingFile } from '../../session/platform';
import type { Logger } from '../../session/ports';
import type { RecordingNode } from './recordingNode';
import type { RecordingsTree } from './recordingsTree';
import { openRecording } from '../sessions/sessionActions';
import { tellInformation } from '../tell';

const KEY = 'toldOfLeftOvers';
/** What is older is of no interest any more, and was seen in the view. */
const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1000;

export interface LeftOverParts {
  readonly platform: Pick<Platform, 'recordings'>;
  readonly memory: vscode.Memento;
  readonly tree: RecordingsTree;
  readonly view: vscode.TreeView<RecordingNode>;
  readonly log: Logger;
}

/** Looks for them and offers to open the newest; nobody waits, so that a failure is only logged. */
export async function offerLeftOvers({
  platform,
  memory,
  tree,
  view,
  log,
}: LeftOverParts): Promise<void> {
  try {
    const since = Date.now() - MAX_AGE_MS;
    const told = new Set(readTold(memory.get<unknown>(KEY)));
    const left = (await platform.recordings()).filter(
      ({ state, modifiedAt }) => state === 'unfinished' && modifiedAt > since,
    );
    const fresh = left.filter(({ path }) => !told.has(path));
    const [newest] = fresh;
    if (newest === undefined) {
      return;
    }
    await memory.update(
      KEY,
      left.map(({ path }) => path),
    );
    const open = vscode.l10n.t('Open');
    const showAll = vscode.l10n.t('Show in Recordings');
    const answer = await tellInformation(words(fresh, newest), open, showAll);
    if (answer === open) {
      await openRecording(newest.path);
    } else if (answer === showAll) {
      await vscode.commands.executeCommand('workbinInspector.recordings.focus');
      await tree.getChildren();
      const node = tree.nodeOf(newest.path);
      if (node !== undefined) {
        await view.reveal(node, { focus: true, select: true });
      }
    }
  } catch (error) {
    log.warn(`Recordings that were cut off could not be looked for: ${messageOf(error)}`);
  }
}

function words(fresh: readonly RecordingFile[], { name }: RecordingFile): string {
  return fresh.length === 1
    ? vscode.l10n.t(
        'The recording {0} was cut off when the editor ended. What was recorded until then is kept.',
        name,
      )
    : vscode.l10n.t(
        '{0} recordings were cut off when the editor ended, the newest is {1}. What was recorded until then is kept.',
        fresh.length,
        name,
      );
}

function readTold(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((path) => typeof path === 'string') : [];
}
