import type { Trace } from '../../session/trace';
import { workbinKey, type TreeWorkbin, type WorkbinTree } from '../../session/workbinTree';
import type { WorkbinGrouping } from './arrangement';
import type { LiveSessions } from '../sessions/liveSessions';
import type { FrontTrace } from '../trace/traceInFront';
import type { ServerStanding } from './workbinItems';
import type { TreeStamp } from './workbinRows';

/** The trace in front at one moment, as the Workbins tree shows it. */
export interface ShownTrace {
  readonly front: FrontTrace;
  readonly tree: WorkbinTree;
  /** Messages that count; undefined: all. */
  readonly end: number | undefined;
  readonly servers: readonly string[];
  readonly workbins: readonly TreeWorkbin[];
  /** The trace is the live session's, and its server is connected. */
  readonly connected: boolean;
  readonly grouping: WorkbinGrouping;
}

/** The trace in front as it is now. The session's server has its workbins listed. */
export function lookAt(
  front: FrontTrace,
  tree: WorkbinTree,
  sessions: Pick<LiveSessions, 'workbins' | 'subscribedBefore' | 'standing'>,
  grouping: WorkbinGrouping,
): ShownTrace {
  const { trace, session, cursor } = front;
  const opened = trace.servers.map(({ server }) => server);
  const ownServer = opened.at(-1);
  if (session !== undefined && ownServer !== undefined) {
    tree.setListed(ownServer, sessions.workbins, sessions.subscribedBefore);
  }
  const end = cursor === undefined ? undefined : cursor + 1;
  const workbins = tree.workbins(end);
  // A tap's server stands there before anybody has come through.
  const tapped = session?.tap === undefined || opened.length > 0 ? [] : [session.tap.server];
  const servers = [...new Set([...opened, ...tapped, ...workbins.map(({ server }) => server)])];
  const connected = session !== undefined && sessions.standing.kind === 'connected';
  return { front, tree, end, workbins, servers, connected, grouping };
}

/** What is said of a server's connection; nothing where the trace is a file. */
export function standingOf(
  { front: { session }, connected }: ShownTrace,
  server: string,
): ServerStanding | undefined {
  if (session?.tap?.server === server) {
    return { kind: 'tapped', port: session.tap.port };
  }
  return session && { kind: connected ? 'connected' : 'not-connected' };
}

/** What people call a server that a live session is connected to; undefined where it has its address alone. */
export function nameOf(
  { front: { session, trace } }: ShownTrace,
  server: string,
): string | undefined {
  const isOwn = session !== undefined && session.tap === undefined;
  const name = isOwn && trace.servers.at(-1)?.server === server ? session.title : server;
  // A name that was made of the address says nothing beside it.
  return server.includes(name) ? undefined : name;
}

/** Tells two moments apart; see `changedRows`. */
export function stampOf(shown: ShownTrace): TreeStamp {
  const { front, tree, end, servers, workbins, connected, grouping } = shown;
  const { trace } = front;
  const before = end ?? trace.messages.count;
  const touched = touchedInteraction(trace, before);
  return {
    all: `${trace.path} ${connected} ${front.session !== undefined} ${grouping}`,
    servers,
    workbins: workbins.map((workbin) => ({
      key: workbin.key,
      server: workbin.server,
      group: groupOf(workbin, grouping),
      stamp: [
        workbin.ownerKind ?? '',
        workbin.subscribed,
        workbin.unusable?.why ?? '',
        tree.trace.workbins.told(workbin.key, before),
        touched?.key === workbin.key ? touched.interactionId : '',
      ].join(' '),
    })),
  };
}

/** What a workbin stands below besides its server; empty: nothing. */
function groupOf({ owner, type }: TreeWorkbin, grouping: WorkbinGrouping): string {
  switch (grouping) {
    case 'owner':
    case 'media':
      return owner;
    case 'type':
      return type;
    case 'flat':
      return '';
  }
}

/** The last moment of recorded time (ms) that counts: that of the last message, or now where the session goes on. */
export function shownTime({ front, end }: ShownTrace, now: number): number {
  const { trace, session } = front;
  const started = Date.parse(trace.status.startedAt);
  const last = (end ?? trace.messages.count) - 1;
  const told = last < 0 ? 0 : trace.messages.time(last);
  const isGoingOn = end === undefined && session?.running === true && !Number.isNaN(started);
  return isGoingOn ? Math.max(told, now - started) : told;
}

/** The same in milliseconds since 1970; undefined where the recording does not say when it began. */
export function shownDate(shown: ShownTrace, now: number): number | undefined {
  const started = Date.parse(shown.front.trace.status.startedAt);
  return Number.isNaN(started) ? undefined : started + shownTime(shown, now);
}

/** The interaction that the last message before row `end` put into, took out of or changed in a workbin. */
export function touchedInteraction(
  trace: Trace,
  end: number,
): { readonly key: string; readonly interactionId: string } | undefined {
  const row = end - 1;
  if (row < 0 || row >= trace.tracer.count) {
    return undefined;
  }
  const { messages, tracer } = trace;
  const interactionId = messages.interactionId(row);
  if (!tracer.table.follows(messages.name(row)) || interactionId === '') {
    return undefined;
  }
  const server = trace.connectionOf(row)?.server ?? '';
  return { key: workbinKey(server, tracer.workbin(row)), interactionId };
}
