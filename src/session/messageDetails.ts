/**
 * Everything that is known of one message, for people: where it stood in the recording, its attributes as a
 * tree, and what is wrong with it. The shape is what the trace view shows.
 */
import { messageByName } from '../core/protocol/catalogue';
import { attributeTree, type AttributeNode } from '../core/protocol/describe';
import { describeFrame, type DescribedFrame } from '../core/protocol/describeFrame';
import { frameMessages, type FrameMessages } from './frameMessages';
import { otherHalf } from './otherHalf';
import type { Trace, TracedMessage } from './trace';
import { whatItWas, withOwnReading } from './webReading';

export type Fact = readonly [name: string, value: string];

/** See `MessageDetails` in the contract with the view. */
export interface DescribedMessage {
  readonly message: number;
  readonly name: string;
  /** Platform SDK's message id, where the catalogue knows the name. A web API's messages have none. */
  readonly id?: number;
  /** Title of the phase that the message belongs to, or what kind of message it is. */
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly attributes: readonly AttributeNode[];
  readonly problems: readonly string[];
  readonly truncated: boolean;
  readonly frame: DescribedFrame;
  readonly inFrame: FrameMessages;
  /** Number of the phase that it belongs to. */
  readonly phase?: number;
  /** A message of the other half of the HTTP exchange, where it was found. */
  readonly otherHalf?: number;
}

/** Reads a message of a trace and describes it. Rejects as {@link Trace.message} does. */
export async function messageDetails(trace: Trace, row: number): Promise<DescribedMessage> {
  const traced = await trace.message(row);
  const { frame } = traced.record;
  const other =
    frame.kind === 'http-response' ? traced.requestRow : await otherHalf(trace, row, frame);
  return {
    ...describeTraced(trace, traced),
    ...(other === undefined ? {} : { otherHalf: other }),
  };
}

function describeTraced(trace: Trace, traced: TracedMessage): DescribedMessage {
  const { row, message } = traced;
  const name = message?.name ?? trace.messages.name(row);
  const type = messageByName(name);
  const isWeb = ofWebApi(trace, row);
  const tree =
    message === undefined ? { attributes: [], truncated: false } : attributeTree(message, isWeb);
  return {
    message: row,
    name,
    ...(type !== undefined && !isWeb && { id: type.id }),
    title: phaseTitle(trace, row) ?? type?.group ?? UNKNOWN_MESSAGE,
    facts: placeFacts(trace, traced),
    attributes: isWeb ? withOwnReading(tree.attributes) : tree.attributes,
    problems: traced.problems.map(({ path, text }) => (path === '$' ? text : `${path}: ${text}`)),
    truncated: tree.truncated,
    frame: describeFrame(traced.record.frame),
    inFrame: frameMessages(trace.messages, row),
    ...(trace.tracer.phaseOf(row) < 0 ? {} : { phase: trace.tracer.phaseOf(row) }),
  };
}

const UNKNOWN_MESSAGE = 'Not in the catalogue of messages';

function ofWebApi(trace: Trace, row: number): boolean {
  return trace.connectionOf(row)?.dialect === 'workspace-v3';
}

function placeFacts(trace: Trace, traced: TracedMessage): readonly Fact[] {
  const { row, record, lineLength, message } = traced;
  const stoodFor =
    message !== undefined && ofWebApi(trace, row)
      ? whatItWas(message.name, record.frame, message)
      : undefined;
  const sent = record.frame.direction === 'send';
  const server = trace.connectionOf(row)?.server;
  const title = phaseTitle(trace, row);
  return [
    ['Sequence', String(record.seq)],
    ['Time', timeText(record.time, trace.status.startedAt)],
    ['Direction', sent ? 'Application to server' : 'Server to application'],
    [
      'Connection',
      server === undefined ? `${record.connection}` : `${record.connection}: ${server}`,
    ],
    ...(stoodFor === undefined ? [] : [['On the wire', stoodFor] as const]),
    ...(title === undefined ? [] : [['Part in phase', trace.tracer.role(row)] as const]),
    ...(record.redacted > 0
      ? [['Secrets replaced', `${record.redacted}, before they reached the disk`] as const]
      : []),
    ['Recorded line', `${lineLength.toLocaleString('en-US')} bytes`],
  ];
}

/** Recorded time, and the wall clock where the recording tells when it began. */
function timeText(time: number, startedAt: string): string {
  const began = Date.parse(startedAt);
  const seconds = `${(time / 1000).toFixed(6)} s`;
  return Number.isNaN(began) ? seconds : `${seconds} (${new Date(began + time).toISOString()})`;
}

function phaseTitle(trace: Trace, row: number): string | undefined {
  const { tracer } = trace;
  const phase = tracer.phaseOf(row);
  return phase < 0 ? undefined : tracer.table.model(tracer.phases.model(phase)).title;
}
