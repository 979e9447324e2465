/**
 * Finds the other half of an HTTP exchange: the response to a request, the request of a response. The index
 * knows no exchanges, so lines are read; where few reads do not find it, nothing is told.
 */
import type { Frame } from '../core/protocol/frame';
import type { Trace } from './trace';

/** Rows looked at, lines read, and bytes of all that is read. */
const LIMITS = { rows: 2000, reads: 24, bytes: 4 * 1024 * 1024 } as const;

/** First message row of the other half of the exchange whose frame `row` belongs to. */
export async function otherHalf(
  trace: Trace,
  row: number,
  frame: Frame,
): Promise<number | undefined> {
  if (frame.kind === 'websocket') {
    return undefined;
  }
  let reads = 0;
  let bytes = 0;
  for (const candidate of candidates(trace, row, frame.kind === 'http-request' ? 1 : -1)) {
    const { length } = trace.messages.position(candidate);
    if (bytes + length > LIMITS.bytes) {
      continue;
    }
    if (reads === LIMITS.reads) {
      return undefined;
    }
    reads++;
    bytes += length;
    const other = await frameOf(trace, candidate);
    const isOther = other?.kind === 'http-request' || other?.kind === 'http-response';
    if (isOther && other.exchange === frame.exchange) {
      return candidate;
    }
  }
  return undefined;
}

/** Where the other half may stand, the likeliest first: in the phase, then the nearest on the connection. */
function* candidates(trace: Trace, row: number, step: 1 | -1): Generator<number> {
  const { messages, tracer } = trace;
  const phase = tracer.phaseOf(row);
  const nearest = [...neighbours(trace, row, step)];
  const inPhase =
    phase < 0
      ? []
      : [
          ...(step < 0 ? [tracer.phases.requestRow(phase)] : []),
          ...nearest.filter((other) => tracer.phaseOf(other) === phase),
          ...(step > 0 ? [tracer.phases.answerRow(phase)] : []),
        ].filter(
          (other) =>
            other >= 0 &&
            messages.connection(other) === messages.connection(row) &&
            messages.direction(other) !== messages.direction(row),
        );
  yield* new Set([...inPhase, ...nearest]);
}

/** First rows of the frames that went the other way on the connection, the nearest first. */
function* neighbours({ messages }: Trace, row: number, step: 1 | -1): Generator<number> {
  const connection = messages.connection(row);
  const direction = messages.direction(row);
  for (let away = 1; away <= LIMITS.rows; away++) {
    const other = row + away * step;
    if (other < 0 || other >= messages.count) {
      return;
    }
    const begins = messages.place(other) === 0;
    if (
      begins &&
      messages.connection(other) === connection &&
      messages.direction(other) !== direction
    ) {
      yield other;
    }
  }
}

/** A neighbour that cannot be read is not the other half; its own row says what is wrong with it. */
async function frameOf(trace: Trace, row: number): Promise<Frame | undefined> {
  try {
    return (await trace.frame(row)).frame;
  } catch {
    return undefined; // Told when that row itself is looked at.
  }
}
