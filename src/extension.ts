/**
 * Composition root: gives the editor side the layers that it may not know (transport, recording, simulator) and
 * starts it. Decides nothing. Everything is loaded when it is first needed: this module itself loads in no time.
 */
import * as vscode from 'vscode';
import { beginClientSession, beginTapSession } from './composition/beginSession';
import { markUse, tidy, type RecordingNeeds } from './composition/beginRecording';
import { messageOf } from './core/base/result';
import type { WorkbinInspectorApi } from './host/api';
import type { Log } from './host/log';
import { annotationPlatform } from './recording/annotationPlatform';
import type { RecordingStore } from './recording/recordingStore';
import type { FileRecordingWriter } from './recording/recordingWriter';
import type {
  ImportedHar,
  LongWork,
  Platform,
  RunningSimulator,
  SimulatorStart,
} from './session/platform';
import type { Recorder } from './session/recorder';

/** Set while the extension is active: VS Code hands nothing to `deactivate`. */
let stop: (() => Promise<void>) | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<WorkbinInspectorApi> {
  const [{ createLog }, { startEditorSide }] = await Promise.all([
    import('./host/log'),
    import('./host/editorSide'),
  ]);
  const log = createLog();
  context.subscriptions.push(log);
  const editorSide = startEditorSide(context, await createPlatform(context, log), log);
  stop = () => editorSide.stop();
  return editorSide.api;
}

/** Ends session and embedded server in order; VS Code waits a few seconds. */
export async function deactivate(): Promise<void> {
  await stop?.();
  stop = undefined;
}

async function createPlatform(context: vscode.ExtensionContext, log: Log): Promise<Platform> {
  const [
    { answerTimeLimitMs, recordingLimits },
    { openRecordingReader },
    { createStore, nameProblem },
    { Trace },
  ] = await Promise.all([
    import('./host/settings'),
    import('./recording/recordingReader'),
    import('./recording/recordingStore'),
    import('./session/trace'),
  ]);
  const folder = vscode.Uri.joinPath(context.globalStorageUri, 'recordings').fsPath;
  const store = (): RecordingStore => {
    const { keepCount, keepDays, keepMegabytes } = recordingLimits();
    return createStore(folder, {
      maxCount: keepCount,
      maxAgeDays: keepDays,
      maxBytes: keepMegabytes * 1_000_000,
    });
  };
  const { version } = context.extension.packageJSON as { readonly version: string };
  const index = { folder: vscode.Uri.joinPath(context.globalStorageUri, 'indexes').fsPath };
  const workers = { script: context.asAbsolutePath('dist/scanWorker.js') };
  const needs = (): RecordingNeeds => ({
    store: store(),
    index,
    log,
    answerTimeLimitMs: answerTimeLimitMs(),
    writtenBy: `workbin-inspector ${version}`,
  });
  return {
    recordingsFolder: folder,
    openTrace: (path) =>
      new Trace(markUse(openRecordingReader(path, { index, workers }), store(), log), {
        answerTimeLimitMs: answerTimeLimitMs(),
      }),
    async recordings() {
      const found = await store().list();
      return found.map(({ size, ...file }) => ({ ...file, bytes: size }));
    },
    deleteRecording: (path) => store().delete(path),
    renameRecording: (path, name) => store().rename(path, name),
    recordingNameProblem: nameProblem,
    ...annotationPlatform(vscode.Uri.joinPath(context.globalStorageUri, 'notes').fsPath),
    async connect(profile, signal, password) {
      const session = await beginClientSession(profile, password, needs());
      await session.client?.connect(signal);
      return session;
    },
    async diagnose(profile, signal, password, onStep) {
      const [{ diagnoseConnection }, { systemClock: clock }] = await Promise.all([
        import('./transport/doctor/diagnoseConnection'),
        import('./transport/systemClock'),
      ]);
      return diagnoseConnection(profile, password, { clock, signal, onStep });
    },
    startTap: (request) => beginTapSession(request, needs()),
    async importHar(har, work) {
      const imported = await importToRecording(har, work, needs());
      void tidy(store(), imported.recording, log);
      return imported;
    },
    async exportHar(recording, har, work) {
      const { exportRecording } = await import('./recording/har/exportRecording');
      return exportRecording(recording, har, work);
    },
    startSimulator: (start = {}) => startEmbeddedServer(log, start),
    async scenarios() {
      return (await import('./simulator/embeddedServer')).shippedScenarios();
    },
    async checkScenario(source) {
      return (await import('./simulator/embeddedServer')).checkScenario(source);
    },
  };
}

/** Leaves no recording behind when it rejects. */
async function importToRecording(
  har: string,
  { signal, progress }: LongWork,
  { store, log, writtenBy }: RecordingNeeds,
): Promise<ImportedHar> {
  const [{ importHar }, { createRecordingWriter }, { Recorder }] = await Promise.all([
    import('./recording/har/importHar'),
    import('./recording/recordingWriter'),
    import('./session/recorder'),
  ]);
  const label = har.split(/[\\/]/).at(-1) ?? '';
  const recording = await store.newRecordingPath(new Date(), label);
  const writer: FileRecordingWriter = await createRecordingWriter(recording);
  const failure = new AbortController();
  writer.onDidFail((error) => failure.abort(error));
  let recorder: Recorder | undefined;
  let end = 0;
  try {
    const summary = await importHar(
      har,
      (startedAt) => {
        end = startedAt;
        recorder = new Recorder(writer, { startedAt, writer: writtenBy }, log);
        return recorder;
      },
      { signal, progress, pace: () => writtenSoFar(writer, failure.signal) },
    );
    // Recorded time never goes back: the end is that of the last record.
    await recorder?.end(end);
    failure.signal.throwIfAborted();
    return { recording, summary };
  } catch (error) {
    log.warn(`${har} was not imported: ${messageOf(error)}`);
    await writer.end();
    await store.delete(recording);
    throw error;
  } finally {
    recorder?.dispose();
  }
}

/** Rejects when the disk takes no more: then there is no use in reading on. */
async function writtenSoFar(writer: FileRecordingWriter, failed: AbortSignal): Promise<void> {
  await writer.drained();
  failed.throwIfAborted();
}

async function startEmbeddedServer(log: Log, start: SimulatorStart): Promise<RunningSimulator> {
  const [{ startEmbeddedServer: begin }, { systemClock: clock }, { workbinName }] =
    await Promise.all([
      import('./simulator/embeddedServer'),
      import('./transport/systemClock'),
      import('./core/protocol/workbin'),
    ]);
  return begin({
    ...start,
    clock,
    logger: log,
    placed: ({ agentId, interactionId, workbin }) =>
      vscode.l10n.t('{0} placed {1} in {2}', agentId, interactionId, workbinName(workbin)),
    pulled: ({ agentId, interactionId, workbin }) =>
      vscode.l10n.t('{0} pulled {1} from {2}', agentId, interactionId, workbinName(workbin)),
  });
}
