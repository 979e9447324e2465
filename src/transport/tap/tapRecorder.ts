/**
 * The recording side of a tap: turns observations into frames and tells them to the sink.
 *
 * Unless the dialect is given, the first message of a WebSocket shows whether it carries Bayeux (Workspace API
 * v3) or Platform SDK JSON; its handshake waits until then, because the two belong to different connections of
 * the recording (see `recordedConnections.ts`). One that ends without any message is judged by its path.
 */
import { assertNever } from '../../core/base/assert';
import { messageOf } from '../../core/base/result';
import type { Dialect } from '../../core/protocol/decoder';
import type { Direction } from '../../core/protocol/frame';
import type { Clock, Logger, TrafficSink } from '../../session/ports';
import { learnGivenCookies } from './applications';
import { decodedHttpBody, effectiveCodings, httpBody, type ReadBody } from './bodyReading';
import { createDeflateReaders } from './deflateReader';
import { looksLikeBayeux, pathLooksLikeBayeux } from './dialectDetection';
import { GuardedSink } from './guardedSink';
import { fieldList, fieldValue, headerList, type Head } from './httpHead';
import type { TapLimits } from './limits';
import { readMessage } from './messageReading';
import type { Observation, RawBody } from './observation';
import { RecordedConnections } from './recordedConnections';
import type { RecordedLink } from './recordedLink';
import type { RawMessage } from './webSocketReader';
import { WebSocketReading } from './webSocketReading';

export interface TapRecorderOptions {
  readonly sink: TrafficSink;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: TapLimits;
  /** Address of the server, for the recording. */
  readonly server: string;
  readonly dialect: Dialect | 'auto';
}

type Of<K extends Observation['kind']> = Extract<Observation, { readonly kind: K }>;
/** Undefined when done already: most observations need no waiting, and dense traffic should not pay for it. */
type Done = Promise<void> | undefined;

const NOTHING_READ: ReturnType<WebSocketReading['read']> = { messages: [] };

export class TapRecorder {
  private readonly sink: GuardedSink;
  private readonly connections: RecordedConnections;
  private failures = 0;

  constructor(private readonly options: TapRecorderOptions) {
    const { clock, server, dialect, limits, logger } = options;
    this.sink = new GuardedSink(options.sink, logger);
    this.connections = new RecordedConnections(this.sink, {
      clock,
      server,
      dialect,
      applicationIdleMs: limits.applicationIdleMs,
    });
  }

  get counts(): Readonly<GuardedSink['counts']> {
    return this.sink.counts;
  }

  /** Bodies, messages and connections that could not be read. */
  get decodeFailures(): number {
    return this.failures;
  }

  /** Records one observation. Never throws or rejects. */
  readonly record = (observation: Observation): Done => {
    try {
      return this.take(observation)?.catch((error: unknown) => this.failed(observation, error));
    } catch (error) {
      this.failed(observation, error);
      return undefined;
    }
  };

  /** Ends the recording side: counts `left`, which was not recorded any more, and closes all connections. */
  end(at: number, reason: string, left: readonly Observation[]): void {
    const missed = left.reduce((sum, one) => sum + framesIn(one), 0);
    if (missed > 0) {
      this.sink.gap(at, undefined, 'The tap was stopped before all was recorded', missed);
    }
    for (const { link } of left.filter(({ kind }) => kind === 'ended')) {
      if (link.ownConnection !== undefined) {
        this.sink.close(at, link.ownConnection, 'inspector', reason);
      }
    }
    this.connections.end(at, reason);
    this.connections.dispose();
    this.sink.tellMissed(at);
  }

  private take(observation: Observation): Done {
    switch (observation.kind) {
      case 'request':
        return this.request(observation);
      case 'response':
        return this.response(observation);
      case 'bytes':
        return this.bytes(observation);
      case 'gap': {
        const { at, link, reason, missed } = observation;
        this.failures += missed === 0 ? 1 : 0;
        this.sink.gap(at, connectionOf(link), reason, missed);
        return undefined;
      }
      case 'ended':
        return this.ended(observation);
      default:
        return assertNever(observation);
    }
  }

  private request(observation: Of<'request'>): Done {
    if (observation.exchange.upgrade === 'websocket' && this.options.dialect !== 'workspace-v3') {
      observation.link.held = [observation];
      return undefined;
    }
    return this.writeRequest(observation, false);
  }

  private response(observation: Of<'response'>): Done {
    const { link, head, exchange } = observation;
    if (head?.status !== 101 || exchange.upgrade !== 'websocket') {
      return then(this.settle(link, false), () => this.writeResponse(observation));
    }
    link.webSocket = new WebSocketReading(this.options.limits.bodyBytes);
    link.deflate = createDeflateReaders(
      fieldList(head, 'sec-websocket-extensions'),
      this.options.limits.bodyBytes,
    );
    if (link.held === undefined) {
      link.messagesOn = exchange.recorded?.connection;
      return this.writeResponse(observation);
    }
    link.held.push(observation);
    return this.options.dialect === 'auto' ? undefined : this.settle(link, true);
  }

  private bytes({ at, link, direction, bytes, afterLoss }: Of<'bytes'>): Done {
    if (afterLoss) {
      link.deflate?.[direction].skip();
    }
    const { messages, failure } = link.webSocket?.read(direction, bytes, afterLoss) ?? NOTHING_READ;
    let done: Done;
    for (const message of messages) {
      done = then(done, () => this.message(at, link, direction, message));
    }
    return then(done, () => {
      if (failure !== undefined) {
        this.failures++;
        this.sink.gap(at, connectionOf(link), failure, 0);
      }
      return undefined;
    });
  }

  private message(at: number, link: RecordedLink, direction: Direction, message: RawMessage): Done {
    const { body, error } = readMessage(message, link.deflate?.[direction]);
    this.failures += error === undefined ? 0 : 1;
    const isOwn = link.held !== undefined && !(body.kind === 'text' && looksLikeBayeux(body.text));
    return then(this.settle(link, isOwn), () => {
      this.sink.frame(at, link.messagesOn, {
        kind: 'websocket',
        direction,
        body,
        ...(error === undefined ? {} : { error }),
      });
      return undefined;
    });
  }

  private ended({ at, link, by, reason }: Of<'ended'>): Done {
    const [handshake] = link.held ?? [];
    const isOwn = handshake?.kind === 'request' && !pathLooksLikeBayeux(handshake.exchange.url);
    return then(this.settle(link, isOwn), () => {
      const closing = link.webSocket?.closing;
      if (link.ownConnection !== undefined) {
        const words =
          closing && `${closing.frame.code ?? 'no code'} ${closing.frame.reason}`.trim();
        this.sink.close(at, link.ownConnection, closing?.by ?? by, words ?? reason);
      } else if (link.messagesOn !== undefined && closing === undefined) {
        this.sink.gap(at, link.messagesOn, `The WebSocket was cut off: ${reason}`, 0);
      }
      this.connections.release(link);
      return undefined;
    });
  }

  /** Records a held handshake, now that it is known where the WebSocket belongs. */
  private settle(link: RecordedLink, isOwn: boolean): Done {
    const { held = [] } = link;
    link.held = undefined;
    let done: Done;
    for (const observation of held) {
      done = then(done, () => {
        if (observation.kind === 'request') {
          return this.writeRequest(observation, isOwn);
        }
        link.messagesOn = observation.exchange.recorded?.connection;
        return this.writeResponse(observation);
      });
    }
    return done;
  }

  private writeRequest(observation: Of<'request'>, isOwn: boolean): Done {
    const { at, link, exchange } = observation;
    const { method, url, head, mapped } = exchange;
    const { connection, number } = isOwn
      ? this.connections.ofWebSocket(at, link, exchange)
      : this.connections.ofApplication(at, link, exchange);
    if (connection !== undefined) {
      exchange.recorded = { connection, number };
    }
    return this.withBody(head, observation.body, (body) =>
      this.sink.frame(at, connection, {
        kind: 'http-request',
        direction: 'send',
        exchange: number,
        method,
        url,
        headers: headerList(head),
        ...(mapped.length === 0 ? {} : { mapped }),
        ...body,
      }),
    );
  }

  private writeResponse(observation: Of<'response'>): Done {
    const { at, link, exchange, head, mapped } = observation;
    const { recorded } = exchange;
    if (head !== undefined && link.application !== undefined) {
      learnGivenCookies(link.application, head, exchange.url);
    }
    if (recorded === undefined) {
      this.sink.gap(at, connectionOf(link), 'The request of a response was not recorded', 1);
      return undefined;
    }
    return this.withBody(head, observation.body, (body) =>
      this.sink.frame(at, recorded.connection, {
        kind: 'http-response',
        direction: 'receive',
        exchange: recorded.number,
        status: head?.status ?? 0,
        statusText: head?.statusText ?? '',
        headers: head === undefined ? [] : headerList(head),
        ...(mapped.length === 0 ? {} : { mapped }),
        ...body,
      }),
    );
  }

  private withBody(head: Head | undefined, raw: RawBody, write: (body: ReadBody) => void): Done {
    const [only] = raw.slices;
    const bytes = raw.slices.length === 1 && only ? only : Buffer.concat(raw.slices);
    const contentType = head && fieldValue(head, 'content-type');
    const codings = head
      ? effectiveCodings([
          ...fieldList(head, 'content-encoding'),
          ...fieldList(head, 'transfer-encoding'),
        ])
      : [];
    if (bytes.length === 0 || codings.length === 0) {
      write(withError({ body: httpBody(bytes, contentType) }, raw.error));
      return undefined;
    }
    return decodedHttpBody(bytes, contentType, codings, this.options.limits.bodyBytes).then(
      (body) => {
        this.failures += body.error === undefined ? 0 : 1;
        write(withError(body, raw.error));
      },
    );
  }

  private failed(observation: Observation, error: unknown): void {
    this.failures++;
    const { at, link } = observation;
    this.options.logger.error(`The tap goes on, but could not read something: ${messageOf(error)}`);
    this.sink.gap(at, connectionOf(link), `Something could not be read: ${messageOf(error)}`, 1);
  }
}

/** Runs `next` when `done` is done, at once where nothing has to be waited for. */
function then(done: Done, next: () => Done): Done {
  return done === undefined ? next() : done.then(next);
}

/** How many frames are lost with an observation that is not recorded. */
function framesIn(observation: Observation): number {
  switch (observation.kind) {
    case 'request':
    case 'response':
      return 1;
    case 'bytes': {
      const { link, direction, bytes, afterLoss } = observation;
      return link.webSocket?.read(direction, bytes, afterLoss).messages.length ?? 0;
    }
    case 'gap':
      return observation.missed;
    case 'ended':
      return observation.link.held?.length ?? 0;
    default:
      return assertNever(observation);
  }
}

function withError(body: ReadBody, error: string | undefined): ReadBody {
  return error === undefined
    ? body
    : { ...body, error: body.error === undefined ? error : `${error}. ${body.error}` };
}

function connectionOf(link: RecordedLink): number | undefined {
  return link.messagesOn ?? link.ownConnection ?? link.application?.connection;
}
