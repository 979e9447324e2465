/** Recordings as this extension writes and reads them: marked while they are in use, kept within the limits. */
import * as vscode from 'vscode';
import { messageOf } from '../core/base/result';
import type { Log } from '../host/log';
import type { IndexPlaces } from '../recording/indexKeeper';
import type { RecordingReader } from '../recording/recordingReader';
import type { RecordingStore } from '../recording/recordingStore';
import type { BegunRecording } from '../session/liveSession';
import type { Recorder } from '../session/recorder';
import { tellInformation } from '../host/tell';

export interface RecordingNeeds {
  readonly store: RecordingStore;
  readonly index: IndexPlaces;
  readonly log: Log;
  readonly answerTimeLimitMs: number;
  /** Stands in the header of the recording. */
  readonly writtenBy: string;
}

/**
 * Begins a recording, and deletes old ones beyond the limits. `label` names its file for people, after the time.
 * Rejects when it cannot be written.
 */
export async function beginRecording(
  label: string,
  { store, index, log, answerTimeLimitMs, writtenBy }: RecordingNeeds,
): Promise<BegunRecording> {
  const [
    { Recorder },
    { Trace },
    { openRecordingReader },
    { createRecordingWriter },
    { systemClock: clock },
  ] = await Promise.all([
    import('../session/recorder'),
    import('../session/trace'),
    import('../recording/recordingReader'),
    import('../recording/recordingWriter'),
    import('../transport/systemClock'),
  ]);
  const startedAt = clock.now();
  const path = await store.newRecordingPath(new Date(startedAt), label);
  const writer = await createRecordingWriter(path);
  const recorder = new Recorder(writer, { startedAt, writer: writtenBy }, log);
  const growing = openRecordingReader(path, {
    index,
    writing: () => recorder.state === 'recording' || recorder.state === 'paused',
  });
  const reader = markUse(growing, store, log);
  await markWriting(recorder, path, store, log);
  writer.onDidWrite(() => reader.poke());
  void tidy(store, path, log);
  return { recorder, trace: new Trace(reader, { answerTimeLimitMs }), startedAt };
}

/** Takes a recording back that nothing has come into. */
export async function discardRecording(
  { recorder, trace }: BegunRecording,
  at: number,
  store: RecordingStore,
): Promise<void> {
  await recorder.end(at);
  trace.dispose();
  recorder.dispose();
  await store.delete(trace.path);
}

/** Keeps the recording of a reader from being deleted, by this window or another, until the reader is disposed. */
export function markUse(reader: RecordingReader, store: RecordingStore, log: Log): RecordingReader {
  const release = store.use(reader.path);
  release.catch((error: unknown) => log.warn(`${reader.path}: ${messageOf(error)}`));
  const dispose = reader.dispose.bind(reader);
  reader.dispose = () => {
    dispose();
    release.then((end) => end()).catch((error: unknown) => log.warn(messageOf(error)));
  };
  return reader;
}

/** Tells all windows that a recording is being written, until its recorder is done. */
async function markWriting(
  recorder: Recorder,
  path: string,
  store: RecordingStore,
  log: Log,
): Promise<void> {
  const warn = (error: unknown): void => log.warn(`${path}: ${messageOf(error)}`);
  try {
    const release = await store.use(path, 'write');
    recorder.onDidChangeState(() => {
      if (recorder.state === 'ended' || recorder.state === 'failed') {
        release().catch(warn);
      }
    });
  } catch (error) {
    warn(error);
  }
}

/** Deletes recordings beyond the limits, and says so. Nobody waits for it, so that a failure is only logged. */
export async function tidy(store: RecordingStore, inUse: string, log: Log): Promise<void> {
  const { deleted, problems } = await store.retain(Date.now(), new Set([inUse]));
  deleted.forEach(({ path }) => log.info(`Deleted beyond the limits: ${path}`));
  problems.forEach((problem) => log.warn(problem));
  if (deleted.length > 0) {
    const showLog = vscode.l10n.t('Show Log');
    const names = deleted.map(({ name }) => name);
    const words = vscode.l10n.t(
      'Old recordings were deleted to keep the limits of the settings: {0}',
      [...names.slice(0, 3), ...(names.length > 3 ? ['…'] : [])].join(', '),
    );
    if ((await tellInformation(words, showLog)) === showLog) {
      log.show();
    }
  }
}
