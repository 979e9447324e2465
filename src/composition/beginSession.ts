/** Live sessions from their parts: a recording that has begun, what takes the traffic to it, and what makes it. */
import * as vscode from 'vscode';
import type { BegunRecording, Continuation, LiveSession } from '../session/liveSession';
import type { ConnectionProfile, PasswordSource, TapRequest } from '../session/platform';
import type { Clock, Transport } from '../session/ports';
import type { WorkbinClient } from '../session/workbinClient';
import type { Credentials } from '../transport/workspaceV3/signIn';
import { beginRecording, discardRecording, type RecordingNeeds } from './beginRecording';

/** A recording that has begun, and what takes traffic to it and to those that may follow. */
interface BegunTraffic extends BegunRecording {
  readonly clock: Clock;
  readonly continuation: Continuation;
}

async function beginTraffic(label: string, needs: RecordingNeeds): Promise<BegunTraffic> {
  const [{ ContinuedSink }, { systemClock: clock }] = await Promise.all([
    import('../session/continuedSink'),
    import('../transport/systemClock'),
  ]);
  const begun = await beginRecording(label, needs);
  const continuation: Continuation = {
    sink: new ContinuedSink(begun.recorder),
    beginNext: () => beginRecording(label, needs),
    discard: (unused) => discardRecording(unused, clock.now(), needs.store),
  };
  return { ...begun, clock, continuation };
}

/** A session that is not connected yet, with its recording begun. Rejects when that cannot be written. */
export async function beginClientSession(
  profile: ConnectionProfile,
  password: PasswordSource,
  needs: RecordingNeeds,
): Promise<LiveSession> {
  const { LiveSession } = await import('../session/liveSession');
  const { name, server } = profile;
  const begun = await beginTraffic(name ?? new URL(server).host, needs);
  const client = await createClient(profile, password, begun, needs);
  return new LiveSession({
    ...begun,
    title: name ?? server,
    client,
    stopTraffic: () => client.disconnect(),
  });
}

async function createClient(
  profile: ConnectionProfile,
  password: PasswordSource,
  { continuation: { sink }, clock }: BegunTraffic,
  { log: logger, answerTimeLimitMs }: RecordingNeeds,
): Promise<WorkbinClient> {
  const parts = { profile, sink, clock, logger, answerTimeLimitMs };
  switch (profile.dialect) {
    case 'platform-sdk-json': {
      const [{ PlatformSdkClient }, { WebSocketTransport }] = await Promise.all([
        import('../session/platformSdkClient'),
        import('../transport/webSocketTransport'),
      ]);
      const createTransport = (): Transport =>
        new WebSocketTransport(profile.server, clock, profile);
      return new PlatformSdkClient({ ...parts, createTransport });
    }
    case 'workspace-v3': {
      const { WorkspaceV3Client } = await import('../transport/workspaceV3/workspaceV3Client');
      const credentials = async (): Promise<Credentials | undefined> => {
        const given = await password();
        return given === undefined ? undefined : { user: profile.agent, password: given };
      };
      return new WorkspaceV3Client({ ...parts, credentials });
    }
  }
}

/** A session whose traffic passes a tap, which listens when this resolves. */
export async function beginTapSession(
  request: TapRequest,
  needs: RecordingNeeds,
): Promise<LiveSession> {
  const [{ LiveSession }, { startTap }, { parseTarget }, { trustOf }] = await Promise.all([
    import('../session/liveSession'),
    import('../transport/tap/tap'),
    import('../transport/tap/target'),
    import('../transport/serverTrust'),
  ]);
  const target = parseTarget(request.server);
  const name = target.ok ? target.value.authority : request.server;
  const begun = await beginTraffic(vscode.l10n.t('tap {0}', name), needs);
  const { continuation, clock } = begun;
  try {
    const tap = await startTap({
      target: request.server,
      port: request.port,
      allowedOrigins: request.allowedOrigins,
      tlsOptions: await trustOf(request),
      sink: continuation.sink,
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
    await continuation.discard(begun);
    throw error;
  }
}
