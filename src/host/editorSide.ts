/**
 * Builds what the editor shows and connects it: views, trace editors, commands, status bar, notices. Owns all of
 * it; the layers below come in through {@link Platform}.
 */
import * as vscode from 'vscode';
import { DisposableStore } from '../core/base/disposable';
import type { ConnectionProfile, Platform } from '../session/platform';
import { AnnotationBooks } from './trace/annotationBooks';
import { followRecordings } from './trace/annotationFollowing';
import type { WorkbinInspectorApi } from './api';
import { Arrangement } from './workbins/arrangement';
import { arrangementHandlers } from './workbins/arrangementCommands';
import type { CommandHandlers } from './commands';
import { registerCommands } from './commands';
import { ConnectInput } from './sessions/connectInput';
import { showContinued } from './sessions/continuedRecordings';
import { ContentReader } from './workbins/contentReader';
import { setContextKey } from './contextKeys';
import { DoctorActions } from './servers/doctorActions';
import { DoctorDocuments } from './servers/doctorDocument';
import { FilterMemory } from './trace/filterMemory';
import { ExportActions } from './trace/exportActions';
import { FrameCompare } from './trace/frameCompare';
import { FrameDocuments } from './trace/frameDocuments';
import { GrowingRows } from './recordings/growingRows';
import { HarEditorProvider, openHar } from './recordings/harEditorProvider';
import { HarImports } from './recordings/harImports';
import { InteractionActions } from './workbins/interactionActions';
import { InteractionDocuments } from './workbins/interactionDocuments';
import { liveConnection } from './sessions/liveConnection';
import { LiveSessions } from './sessions/liveSessions';
import { offerLeftOvers } from './recordings/leftOvers';
import type { Log } from './log';
import { Notices } from './notices';
import { OpenTraces } from './trace/openTraces';
import { accountOf, Passwords } from './servers/passwords';
import { recentConnections } from './sessions/recentConnections';
import { RecordingActions } from './recordings/recordingActions';
import { RecordingFactsKeeper } from './recordings/recordingFactsKeeper';
import { RecordingsTree } from './recordings/recordingsTree';
import { RequestActions } from './requests/requestActions';
import { RequestConsent } from './requests/requestConsent';
import { rowDecorations } from './workbins/rowDecorations';
import { rowCommandHandlers } from './trace/rowCommands';
import { SavingActions } from './recordings/savingActions';
import { SavedServers } from './servers/savedServers';
import { ServerInput } from './servers/serverInput';
import { ServersView } from './servers/serversView';
import { SessionActions } from './sessions/sessionActions';
import { connectionSettings, maxMessagesOfRecording } from './settings';
import { ScenarioDiagnostics } from './simulator/scenarioDiagnostics';
import { ScenarioInput } from './simulator/scenarioInput';
import { SimulatorActions } from './simulator/simulatorActions';
import { SimulatorControl } from './simulator/simulatorControl';
import { StatusBar } from './statusBar';
import { TapActions } from './sessions/tapActions';
import { TapInput } from './sessions/tapInput';
import { TraceEditorProvider } from './trace/traceEditorProvider';
import { TraceInFront } from './trace/traceInFront';
import { TraceNavigation } from './workbins/traceNavigation';
import { TreeFollowing } from './workbins/treeFollowing';
import { tellError } from './tellError';
import { viewCommands } from './trace/viewCommands';
import { RECORDINGS_VIEW } from './views';
import { WorkbinActions } from './workbins/workbinActions';
import { WorkbinsTree } from './workbins/workbinsTree';
import { WorkbinsView } from './workbins/workbinsView';

export interface EditorSide {
  readonly api: WorkbinInspectorApi;
  /** Ends session and embedded server in order, then everything else. */
  stop(): Promise<void>;
}

export function startEditorSide(
  context: vscode.ExtensionContext,
  platform: Platform,
  log: Log,
): EditorSide {
  const store = new DisposableStore();
  const { globalState: memory, extensionUri } = context;
  const openTraces = store.add(new OpenTraces(platform, log));
  const passwords = new Passwords(context.secrets, memory);
  const passwordOf = async (profile: ConnectionProfile): Promise<string | undefined> => {
    const account = accountOf(profile);
    return account && passwords.get(account);
  };
  const sessions = store.add(
    new LiveSessions(platform, openTraces, log, passwordOf, maxMessagesOfRecording),
  );
  const simulator = store.add(new SimulatorControl(platform));
  const front = store.add(new TraceInFront(sessions));
  const reader = store.add(new ContentReader(sessions));
  const arrangement = store.add(new Arrangement(memory));
  const workbins = store.add(new WorkbinsTree(front, sessions, reader, arrangement));
  const facts = store.add(new RecordingFactsKeeper(openTraces, memory, log));
  const recordings = store.add(new RecordingsTree(platform, sessions, facts, log));
  const frames = store.add(new FrameDocuments(openTraces));

  const savedServers = store.add(new SavedServers(memory));
  const serverInput = new ServerInput(savedServers);
  void serverInput.adopt(recentConnections(memory));
  const input = new ConnectInput(memory, simulator, savedServers, serverInput);
  const session = new SessionActions(sessions, input, simulator, passwords, memory, log);
  const onError = (error: unknown): void => void tellError(error, log);
  store.add(showContinued(sessions, front, onError));
  const view = store.add(
    new WorkbinsView(workbins, front, () => void connectOnShow(session, sessions, onError)),
  );
  const consent = new RequestConsent(memory);
  const actions = new WorkbinActions({
    sessions,
    tree: workbins,
    selected: () => view.selection,
    connection: () => liveConnection(sessions, simulator),
    consent,
  });
  const interactionDocuments = store.add(new InteractionDocuments(openTraces));
  const interactions = new InteractionActions(actions, workbins, interactionDocuments);
  const navigation = new TraceNavigation(workbins, front, (node) => view.show(node));
  store.add(new TreeFollowing({ tree: workbins, view, front, log }));
  store.add(vscode.window.registerFileDecorationProvider(rowDecorations));
  const recordingsView = store.add(
    vscode.window.createTreeView(RECORDINGS_VIEW, { treeDataProvider: recordings }),
  );
  const redraw = (path: string): void => recordings.redraw(path);
  store.add(new GrowingRows({ sessions, view: recordingsView, redraw }));
  const files = new RecordingActions(platform, recordings, () => recordingsView.selection[0]);
  const saving = new SavingActions(platform, front);
  const taps = store.add(new TapActions(sessions, new TapInput(memory, simulator), memory, log));
  const scenarios = new ScenarioInput(
    platform,
    memory,
    store.add(new ScenarioDiagnostics(platform, onError)),
  );
  const documents = store.add(new DoctorDocuments());
  const doctor = new DoctorActions(platform, input, passwords, documents, log);
  const servers = store.add(
    new ServersView({
      servers: savedServers,
      sessions,
      session,
      input: serverInput,
      passwords,
      consent,
      simulator,
    }),
  );
  const embedded = new SimulatorActions(simulator, session, actions, scenarios);
  const requests = store.add(
    new RequestActions({
      context,
      sessions,
      simulator,
      front,
      consent,
      workbins,
      log,
      connect: () => session.connect(),
      onError,
    }),
  );
  const handlers: CommandHandlers = {
    ...servers.handlers,
    connect: () => session.connect(),
    cancelConnecting: () => sessions.cancelConnecting(),
    diagnose: (of) => doctor.diagnose(of),
    startTap: () => taps.start(),
    copyTapAddress: () => taps.copyAddress(),
    forgetPassword: () => passwords.pickAndForget(),
    askBeforeSending: () => consent.askAgain(),
    reconnect: () => session.reconnect(),
    disconnect: () => sessions.disconnect(),
    stopSession: () => sessions.stop(),
    stopAllSessions: () => sessions.stopAll(),
    openTrace: () => session.openTrace(),
    getContent: (node) => actions.getContent(node),
    requestNotifications: (node) => actions.requestNotifications(node),
    requestPropertyChanges: (node) => actions.requestPropertyChanges(node),
    cancelNotifications: (node) => actions.cancelNotifications(node),
    placeHere: (node) => interactions.placeHere(node),
    findInteraction: async (node) => {
      const found = await interactions.find(node);
      await (found && view.show(found));
    },
    copyWorkbinName: (node) => actions.copyName(node),
    showInTrace: (node) => navigation.showInTrace(actions.selectedOr(node)),
    revealInWorkbins: (workbin, id) => navigation.revealInWorkbins(workbin, id),
    showMore: (node) => workbins.showMore(node),
    onlyLive: () => undefined,
    openInteraction: (node) => interactions.openJson(node),
    pullInteraction: (node, selected) => interactions.pull(node, selected),
    placeInteraction: (node) => actions.place(node),
    copyInteractionId: (node, selected) => interactions.copyIds(node, selected),
    pauseRecording: () => sessions.session?.pause(),
    resumeRecording: () => sessions.session?.resume(),
    openRecording: (node) => files.open(node),
    saveRecording: (node) => saving.save(node),
    exportHar: (node) => saving.exportHar(node),
    openHar: (file) => openHar(file),
    renameRecording: (node) => files.rename(node),
    revealRecording: (node) => files.reveal(node),
    deleteRecording: (node) => files.delete(node),
    revealRecordingsFolder: () => files.revealFolder(),
    startSimulator: (start) => embedded.start(start),
    stopSimulator: () => embedded.stop(),
    placeAsOtherAgent: (node) => embedded.placeAsOtherAgent(node),
    pullAsOtherAgent: (node) => embedded.pullAsOtherAgent(node),
    changeFaults: () => embedded.changeFaults(),
    changeSpeed: () => embedded.changeSpeed(),
    sendRequest: (request) => requests.open(request),
    sendRequestDocument: () => requests.sendDocument(),
    editRequestAsForm: () => requests.editAsForm(),
    ...rowCommandHandlers(front),
    ...viewCommands(front),
    showLog: () => log.show(),
    ...arrangementHandlers(arrangement),
  };
  store.add(registerCommands(handlers, onError));
  void offerLeftOvers({ platform, memory, view: recordingsView, tree: recordings, log });
  const editors = {
    front,
    sessions,
    frames,
    compare: new FrameCompare(frames),
    filters: new FilterMemory(memory),
    books: store.add(new AnnotationBooks(platform, log)),
    exports: new ExportActions(memory),
    again: requests.again,
    tellError: onError,
    log,
  };
  store.add(followRecordings(platform, log));
  store.add(new TraceEditorProvider(extensionUri, openTraces, editors));
  const imports = new HarImports(platform, memory, recordings);
  store.add(new HarEditorProvider(extensionUri, openTraces, imports, editors));
  store.add(new StatusBar(sessions));
  store.add(new Notices(sessions, platform, memory, log, (key) => session.reconnect(key)));
  store.add(keepContextKeys(sessions, simulator));

  return {
    api: { servers: servers.tree, workbins, recordings },
    async stop() {
      try {
        await sessions.stopAll();
        await simulator.stop();
      } finally {
        store.dispose();
      }
    },
  };
}

/** Connects to the server of the settings when the Workbins view is first shown, where they say so. */
async function connectOnShow(
  session: SessionActions,
  sessions: LiveSessions,
  tellError: (error: unknown) => void,
): Promise<void> {
  const { connectOnShow: wanted, server } = connectionSettings();
  if (!wanted || server === '' || sessions.standing.kind !== 'none') {
    return;
  }
  try {
    await session.connectToServer(server);
  } catch (error) {
    tellError(error);
  }
}

function keepContextKeys(sessions: LiveSessions, simulator: SimulatorControl): DisposableStore {
  const store = new DisposableStore();
  const set = (): void => {
    setContextKey('workbinInspector:session', sessions.standing.kind);
    setContextKey('workbinInspector:recording', sessions.session?.recorder.state ?? 'none');
    setContextKey('workbinInspector:connecting', sessions.connecting.length > 0);
    setContextKey('workbinInspector:severalSessions', sessions.all.length > 1);
    setContextKey('workbinInspector:simulatorRunning', simulator.running !== undefined);
  };
  store.add(sessions.onDidChange(set));
  store.add(simulator.onDidChange(set));
  set();
  return store;
}
