import type { Trace } from '../session/trace';
import { workbinKey, type TreeWorkbin, type WorkbinTree } from '../session/workbinTree';
import type { FrontTrace } from './traceInFront';
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
}

/** Tells two moments apart; see `changedRows`. */
export function stampOf({ front, tree, end, servers, workbins, connected }: ShownTrace): TreeStamp {
  const { trace } = front;
  const before = end ?? trace.messages.count;
  const touched = touchedInteraction(trace, before);
  return {
    all: `${trace.path} ${connected} ${front.session !== undefined}`,
    servers,
    workbins: workbins.map(({ key, server, owner, ownerKind, subscribed }) => ({
      key,
      server,
      owner,
      stamp: [
        ownerKind ?? '',
        subscribed,
        tree.trace.workbins.told(key, before),
        touched?.key === key ? touched.interactionId : '',
      ].join(' '),
    })),
  };
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
