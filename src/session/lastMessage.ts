/** Finds the message that a person is led to from a row of the Workbins tree. */
import { NEVER_CANCELLED } from '../core/base/cancellation';
import { STEP, type Work } from '../core/base/work';
import type { Trace } from './trace';
import { inSlices, type Pace } from './traceView/pace';

/** What a message is to be about: a workbin of a server or, with an id, an interaction, wherever it was. */
export interface Subject {
  /** Key of the workbin in its trace. */
  readonly key: string;
  /** `type@owner` */
  readonly name: string;
  readonly server: string;
  readonly interactionId?: string;
}

/**
 * The last message before row `end` that names the subject. An interaction that no message names by itself stood in
 * its workbin's content: that one it is then. Undefined where the trace has none.
 */
export async function lastMessageAbout(
  trace: Trace,
  subject: Subject,
  end: number,
  pace: Pace,
): Promise<number | undefined> {
  const { messages, tracer, workbins } = trace;
  const { interactionId, server } = subject;
  const isOfServer = (row: number): boolean => (trace.connectionOf(row)?.server ?? '') === server;
  if (interactionId === undefined) {
    const workbin = messages.workbins.find(subject.name);
    const names = (row: number): boolean => tracer.workbinId(row) === workbin && isOfServer(row);
    return workbin === undefined ? undefined : inSlices(lastRow(end, names), pace, NEVER_CANCELLED);
  }
  const interaction = messages.interactions.find(interactionId);
  const names = (row: number): boolean =>
    messages.interactionNumber(row) === interaction && isOfServer(row);
  const named =
    interaction === undefined
      ? undefined
      : await inSlices(lastRow(end, names), pace, NEVER_CANCELLED);
  const { content } = workbins.rowsFor(subject.key, end);
  return named === undefined || (content !== undefined && content > named) ? content : named;
}

function* lastRow(end: number, fits: (row: number) => boolean): Work<number | undefined> {
  for (let row = end - 1; row >= 0; row--) {
    if (fits(row)) {
      return row;
    }
    if (row % STEP === 0) {
      yield;
    }
  }
  return undefined;
}
