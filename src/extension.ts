/**
 * Composition root: gives the editor side the layers that it may not know (transport, recording, simulator) and
 * starts it. Decides nothing. Everything is loaded when it is first needed: this module itself loads in no time.
 */
import * as vscode from 'vscode';
import type { Result } from './core/base/result';
import type { WorkbinInspectorApi } from './host/api';
import type { Log } from './host/log';
import type { RecordingStore } from './recording/recordingStore';
import type { LiveSession } from './session/liveSession';
import type { ConnectionProfile, Platform, RunningSimulator } from './session/platform';
import type { OtherAgentDeed } from './simulator/otherAgent';

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
    { createStore },
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
  return {
    recordingsFolder: folder,
    openTrace: (path) =>
      new Trace(openRecordingReader(path), { answerTimeLimitMs: answerTimeLimitMs() }),
    async recordings() {
      const found = await store().list();
      return found.map(({ size, ...file }) => ({ ...file, bytes: size }));
    },
    deleteRecording: (path) => store().delete(path),
    async connect(profile, signal) {
      const session = await beginSession(profile, {
        store: store(),
        log,
        answerTimeLimitMs: answerTimeLimitMs(),
        writtenBy: `workbin-inspector ${version}`,
      });
      void tidy(store(), session.trace.path, log);
      await session.client?.connect(signal);
      return session;
    },
    startSimulator: () => startEmbeddedServer(log),
  };
}

interface SessionNeeds {
  readonly store: RecordingStore;
  readonly log: Log;
  readonly answerTimeLimitMs: number;
  /** Stands in the header of the recording. */
  readonly writtenBy: string;
}

/** A session that is not connected yet, with its recording begun. Rejects when that cannot be written. */
async function beginSession(profile: ConnectionProfile, needs: SessionNeeds): Promise<LiveSession> {
  const [
    { LiveSession },
    { PlatformSdkClient },
    { Recorder },
    { Trace },
    { openRecordingReader },
    { createRecordingWriter },
    { systemClock: clock },
    { WebSocketTransport },
  ] = await Promise.all([
    import('./session/liveSession'),
    import('./session/platformSdkClient'),
    import('./session/recorder'),
    import('./session/trace'),
    import('./recording/recordingReader'),
    import('./recording/recordingWriter'),
    import('./transport/systemClock'),
    import('./transport/webSocketTransport'),
  ]);
  const { store, log, answerTimeLimitMs, writtenBy } = needs;
  const { server } = profile;
  const startedAt = clock.now();
  const path = await store.newRecordingPath(new Date(startedAt), new URL(server).host);
  const writer = await createRecordingWriter(path);
  const recorder = new Recorder(writer, { startedAt, writer: writtenBy }, log);
  const reader = openRecordingReader(path, {
    writing: () => recorder.state === 'recording' || recorder.state === 'paused',
  });
  writer.onDidWrite(() => reader.poke());
  const client = new PlatformSdkClient({
    profile,
    createTransport: () => new WebSocketTransport(server, clock),
    sink: recorder,
    clock,
    logger: log,
    answerTimeLimitMs,
  });
  return new LiveSession({
    title: server,
    recorder,
    trace: new Trace(reader, { answerTimeLimitMs }),
    clock,
    startedAt,
    client,
    stopTraffic: () => client.disconnect(),
  });
}

/** Deletes recordings beyond the limits. Nobody waits for it, so that a failure is only logged. */
async function tidy(store: RecordingStore, inUse: string, log: Log): Promise<void> {
  const { deleted, problems } = await store.retain(Date.now(), new Set([inUse]));
  deleted.forEach(({ path }) => log.info(`Deleted beyond the limits: ${path}`));
  problems.forEach((problem) => log.warn(problem));
}

async function startEmbeddedServer(log: Log): Promise<RunningSimulator> {
  const [{ startSimulator }, { systemClock: clock }, { workbinName }] = await Promise.all([
    import('./simulator/simulator'),
    import('./transport/systemClock'),
    import('./core/protocol/workbin'),
  ]);
  const simulator = await startSimulator({ clock, logger: log });
  const { agents } = simulator.server.configuration;
  return {
    address: simulator.address,
    agents: agents
      .filter(({ enabled }) => enabled)
      .map(({ id, placeId, tenantId }) => ({ agent: id, place: placeId, tenant: tenantId })),
    placeAsOtherAgent: (workbin) =>
      deedWords(
        simulator.placeAsOtherAgent(workbin && workbinName(workbin)),
        ({ agentId, interactionId, workbin: into }) =>
          vscode.l10n.t('{0} placed {1} in {2}', agentId, interactionId, workbinName(into)),
      ),
    pullAsOtherAgent: (workbin) =>
      deedWords(
        simulator.pullAsOtherAgent(workbin && workbinName(workbin)),
        ({ agentId, interactionId, workbin: outOf }) =>
          vscode.l10n.t('{0} pulled {1} from {2}', agentId, interactionId, workbinName(outOf)),
      ),
    stop: () => simulator.stop(),
    dispose: () => void simulator.stop(),
  };
}

function deedWords(deed: Result<OtherAgentDeed>, words: (deed: OtherAgentDeed) => string): string {
  return deed.ok ? words(deed.value) : deed.error.message;
}
