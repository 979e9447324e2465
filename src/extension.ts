/**
 * Composition root: gives the editor side the layers that it may not know (transport, recording, simulator) and
 * starts it. Decides nothing. Everything is loaded when it is first needed: this module itself loads in no time.
 */
import * as vscode from 'vscode';
import { messageOf } from './core/base/result';
import type { WorkbinInspectorApi } from './host/api';
import type { Log } from './host/log';
import type { IndexPlaces } from './recording/indexKeeper';
import type { RecordingReader } from './recording/recordingReader';
import { annotationPlatform } from './recording/annotationPlatform';
import type { RecordingStore } from './recording/recordingStore';
import type { FileRecordingWriter } from './recording/recordingWriter';
import type { LiveSession } from './session/liveSession';
import type {
  ConnectionProfile,
  ImportedHar,
  LongWork,
  PasswordSource,
  Platform,
  RunningSimulator,
  SimulatorStart,
  TapRequest,
} from './session/platform';
import type { Clock, Transport } from './session/ports';
import type { Recorder } from './session/recorder';
import type { Trace } from './session/trace';
import type { WorkbinClient } from './session/workbinClient';
import type { Credentials } from './transport/workspaceV3/signIn';

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
  const needs = (): SessionNeeds => ({
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
      void tidy(store(), session.trace.path, log);
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
    async startTap(request) {
      const session = await beginTapSession(request, needs());
      void tidy(store(), session.trace.path, log);
      return session;
    },
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

interface SessionNeeds {
  readonly store: RecordingStore;
  readonly index: IndexPlaces;
  readonly log: Log;
  readonly answerTimeLimitMs: number;
  /** Stands in the header of the recording. */
  readonly writtenBy: string;
}

/** What every live session has: a recording that has begun, and the trace over it. */
interface Begun {
  readonly recorder: Recorder;
  readonly trace: Trace;
  readonly clock: Clock;
  readonly startedAt: number;
}

/** A session that is not connected yet, with its recording begun. Rejects when that cannot be written. */
async function beginClientSession(
  profile: ConnectionProfile,
  password: PasswordSource,
  needs: SessionNeeds,
): Promise<LiveSession> {
  const { LiveSession } = await import('./session/liveSession');
  const { server } = profile;
  const begun = await beginRecording(new URL(server).host, needs);
  const client = await createClient(profile, password, begun, needs);
  return new LiveSession({
    ...begun,
    title: server,
    client,
    stopTraffic: () => client.disconnect(),
  });
}

async function createClient(
  profile: ConnectionProfile,
  password: PasswordSource,
  { recorder: sink, clock }: Begun,
  { log: logger, answerTimeLimitMs }: SessionNeeds,
): Promise<WorkbinClient> {
  const parts = { profile, sink, clock, logger, answerTimeLimitMs };
  switch (profile.dialect) {
    case 'platform-sdk-json': {
      const [{ PlatformSdkClient }, { WebSocketTransport }] = await Promise.all([
        import('./session/platformSdkClient'),
        import('./transport/webSocketTransport'),
      ]);
      const createTransport = (): Transport =>
        new WebSocketTransport(profile.server, clock, profile);
      return new PlatformSdkClient({ ...parts, createTransport });
    }
    case 'workspace-v3': {
      const { WorkspaceV3Client } = await import('./transport/workspaceV3/workspaceV3Client');
      const credentials = async (): Promise<Credentials | undefined> => {
        const given = await password();
        return given === undefined ? undefined : { user: profile.agent, password: given };
      };
      return new WorkspaceV3Client({ ...parts, credentials });
    }
  }
}

/** A session whose traffic passes a tap, which listens when this resolves. */
async function beginTapSession(request: TapRequest, needs: SessionNeeds): Promise<LiveSession> {
  const [{ LiveSession }, { startTap }, { parseTarget }, { trustOf }] = await Promise.all([
    import('./session/liveSession'),
    import('./transport/tap/tap'),
    import('./transport/tap/target'),
    import('./transport/serverTrust'),
  ]);
  const target = parseTarget(request.server);
  const name = target.ok ? target.value.authority : request.server;
  const begun = await beginRecording(vscode.l10n.t('tap {0}', name), needs);
  const { recorder, clock, trace } = begun;
  try {
    const tap = await startTap({
      target: request.server,
      port: request.port,
      allowedOrigins: request.allowedOrigins,
      tlsOptions: await trustOf(request),
      sink: recorder,
      clock,
      logger: needs.log,
    });
    const { address, port, onDidChange } = tap;
    return new LiveSession({
      ...begun,
      title: vscode.l10n.t('tap 127.0.0.1:{0} → {1}', String(port), name),
      tap: {
        server: request.server,
        address,
        port,
        onDidChange,
        get summary() {
          return tap.summary;
        },
      },
      stopTraffic: async () => {
        await tap.stop();
      },
    });
  } catch (error) {
    // Nothing was recorded: no session, no file.
    await recorder.end(clock.now());
    trace.dispose();
    recorder.dispose();
    await needs.store.delete(trace.path);
    throw error;
  }
}

/** `label` names the recording's file for people, after the time. Rejects when it cannot be written. */
async function beginRecording(
  label: string,
  { store, index, log, answerTimeLimitMs, writtenBy }: SessionNeeds,
): Promise<Begun> {
  const [
    { Recorder },
    { Trace },
    { openRecordingReader },
    { createRecordingWriter },
    { systemClock: clock },
  ] = await Promise.all([
    import('./session/recorder'),
    import('./session/trace'),
    import('./recording/recordingReader'),
    import('./recording/recordingWriter'),
    import('./transport/systemClock'),
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
  return { recorder, trace: new Trace(reader, { answerTimeLimitMs }), clock, startedAt };
}

/** Leaves no recording behind when it rejects. */
async function importToRecording(
  har: string,
  { signal, progress }: LongWork,
  { store, log, writtenBy }: SessionNeeds,
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

/** Keeps the recording of a reader from being deleted, by this window or another, until the reader is disposed. */
function markUse(reader: RecordingReader, store: RecordingStore, log: Log): RecordingReader {
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
async function tidy(store: RecordingStore, inUse: string, log: Log): Promise<void> {
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
    if ((await vscode.window.showInformationMessage(words, showLog)) === showLog) {
      log.show();
    }
  }
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
