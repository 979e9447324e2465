import type { Trace } from './trace';

/** What a list of recordings tells of one. */
export interface RecordingFacts {
  /** Addresses of the servers that were connected to, each once, in their order; a few at most. */
  readonly servers: readonly string[];
  /** Milliseconds from the beginning to the last message. */
  readonly length: number;
  readonly messages: number;
  /** Phases that failed, and phases whose request was never answered. */
  readonly failed: number;
  readonly unanswered: number;
}

const MAX_SERVERS = 5;

/** Of a trace that was read to the end of its recording; undefined of one that was not, for then they are of a part. */
export function recordingFacts(trace: Trace): RecordingFacts | undefined {
  const { messages, status } = trace;
  if (!trace.isWhole) {
    return undefined;
  }
  return {
    servers: [...new Set(trace.servers.map(({ server }) => server))].slice(0, MAX_SERVERS),
    length: messages.count === 0 ? 0 : Math.max(0, messages.time(messages.count - 1)),
    messages: messages.count,
    failed: status.phases.failed,
    unanswered: status.phases.unanswered,
  };
}
