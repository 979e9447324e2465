/**
 * Makes recordings of any size that look like a day of agents at work: the same bytes for the same seed.
 * About 61 % notifications (0.8 kB), 20 % requests, 13 % acknowledgements, 5 % contents (15 kB) and a few
 * errors; some requests stay unanswered, and some texts hold what looks like JSON.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { MessageHint } from '../../src/core/protocol/message';
import { headerLine, recordLine } from '../../src/core/trace/recordLine';
import { FORMAT_VERSION, type FrameRecord, type TraceRecord } from '../../src/core/trace/records';

const FRAMES_PER_CONNECTION = 900;
const WORKBIN_TYPES = ['email-in-progress', 'email-draft', 'workitem-parked', 'chat-follow-up'];
const MEDIA = ['email', 'workitem', 'chat'];
const ACKNOWLEDGED = ['RequestWorkbinNotifications', 'RequestPlaceInWorkbin', 'RequestPull'];

/** What a reader of the generated traffic must find. */
export interface TrafficTruth {
  messages: number;
  requests: number;
  answered: number;
  unanswered: number;
  errors: number;
  notifications: number;
  connections: number;
  /** Number of messages by name. */
  readonly names: Map<string, number>;
}

interface Traffic {
  readonly records: Generator<TraceRecord>;
  /** Complete when the records have been taken. */
  readonly truth: TrafficTruth;
}

interface Workbin {
  readonly workbinTypeId: string;
  readonly workbinAgentId: string;
}

interface OpenRequest {
  readonly name: string;
  readonly referenceId: number;
  readonly workbin: Workbin;
}

/** `frames` frames, each with one message, and the records of their connections. */
export function generateTraffic(frames: number, seed = 1): Traffic {
  const truth: TrafficTruth = {
    messages: 0,
    requests: 0,
    answered: 0,
    unanswered: 0,
    errors: 0,
    notifications: 0,
    connections: 0,
    names: new Map(),
  };
  return { records: recordsOf(frames, randomFrom(seed), truth), truth };
}

/** Writes such traffic as a recording; returns what is in it. */
export function writeTraffic(path: string, frames: number, seed = 1): TrafficTruth {
  const { records, truth } = generateTraffic(frames, seed);
  const file = openSync(path, 'w', 0o600);
  try {
    let lines = [
      headerLine({
        kind: 'header',
        format: 'wbtrace',
        version: FORMAT_VERSION,
        startedAt: '2026-11-22T08:00:00.000Z',
        writer: 'traffic generator',
        decoder: 1,
      }),
    ];
    for (const record of records) {
      lines.push(recordLine(record));
      if (lines.length === 512) {
        writeSync(file, `${lines.join('\n')}\n`);
        lines = [];
      }
    }
    writeSync(file, `${lines.join('\n')}\n`);
  } finally {
    closeSync(file);
  }
  return truth;
}

function* recordsOf(
  frames: number,
  random: () => number,
  truth: TrafficTruth,
): Generator<TraceRecord> {
  let seq = 0;
  let time = 0;
  const stamp = (): { seq: number; time: number } => ({ seq: ++seq, time });
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const conversation = new Conversation(random, pick, truth);

  for (let frame = 0; frame < frames; frame++) {
    const connection = Math.floor(frame / FRAMES_PER_CONNECTION) + 1;
    time = Math.round((time + random() * 20) * 1000) / 1000;
    if (frame % FRAMES_PER_CONNECTION === 0) {
      if (connection > 1) {
        conversation.interrupt();
        const reason = 'Connection closed';
        yield { kind: 'close', ...stamp(), connection: connection - 1, by: 'server', reason };
      }
      truth.connections++;
      yield {
        kind: 'open',
        ...stamp(),
        connection,
        dialect: 'platform-sdk-json',
        server: 'ws://127.0.0.1:7300/',
        application: 'Agent desktop',
      };
    }
    yield { ...conversation.next(), ...stamp(), connection };
  }
  conversation.interrupt();
  yield { kind: 'end', ...stamp(), frames, messages: truth.messages };
}

/** One connection's messages after another: requests, their answers a little later, notifications between. */
class Conversation {
  private readonly open: OpenRequest[] = [];
  private referenceId = 0;

  constructor(
    private readonly random: () => number,
    private readonly pick: <T>(items: readonly T[]) => T,
    private readonly truth: TrafficTruth,
  ) {}

  next(): Omit<FrameRecord, 'seq' | 'time' | 'connection'> {
    if (this.open.length > 3 || (this.open.length > 0 && this.random() < 0.3)) {
      return this.answer(this.open.shift()!);
    }
    return this.random() < 0.25 ? this.request() : this.notification();
  }

  /** What is open stays unanswered. */
  interrupt(): void {
    this.truth.unanswered += this.open.length;
    this.open.length = 0;
    this.referenceId = 0;
  }

  private request(): Omit<FrameRecord, 'seq' | 'time' | 'connection'> {
    const asksForContent = this.random() < 0.26;
    const name = asksForContent ? 'RequestGetWorkbinContent' : this.pick(ACKNOWLEDGED);
    const request = { name, referenceId: ++this.referenceId, workbin: this.workbin() };
    this.truth.requests++;
    if (this.random() < 0.008) {
      this.truth.unanswered++;
    } else {
      this.open.push(request);
    }
    const { referenceId, workbin } = request;
    const body = { messageName: name, referenceId, proxyClientId: 12, workbin };
    return this.frame('send', body, { reference: referenceId, workbin: nameOf(workbin) });
  }

  private answer(request: OpenRequest): Omit<FrameRecord, 'seq' | 'time' | 'connection'> {
    const { referenceId } = request;
    const common = { referenceId, proxyClientId: 12 };
    this.truth.answered++;
    if (this.random() < 0.03) {
      this.truth.errors++;
      const errorCode = this.pick([34, 41, 42]);
      const body = { messageName: 'EventError', ...common, errorCode, errorDescription: 'Refused' };
      return this.frame('receive', body, { reference: referenceId, errorCode });
    }
    if (request.name !== 'RequestGetWorkbinContent') {
      const body = { messageName: 'EventAck', ...common, extension: {} };
      return this.frame('receive', body, { reference: referenceId });
    }
    const interactions: Record<string, unknown> = {};
    for (let count = 10 + Math.floor(this.random() * 20); count > 0; count--) {
      const interaction = this.interaction(request.workbin);
      interactions[interaction.interactionId] = interaction;
    }
    const body = { messageName: 'EventWorkbinContent', ...common, interactions };
    return this.frame('receive', body, { reference: referenceId });
  }

  private notification(): Omit<FrameRecord, 'seq' | 'time' | 'connection'> {
    const workbin = this.workbin();
    const interaction = this.interaction(workbin);
    this.truth.notifications++;
    const body = {
      messageName: 'EventWorkbinContentChanged',
      proxyClientId: 12,
      operation: 'PlaceInWorkbin',
      workbinContentOperation: this.pick(['PlacedIn', 'TakenOut']),
      workbin,
      interaction,
      actor: { actorType: 'Agent', actorAgentId: workbin.workbinAgentId },
    };
    const { interactionId } = interaction;
    return this.frame('receive', body, { workbin: nameOf(workbin), interactionId });
  }

  private frame(
    direction: 'send' | 'receive',
    body: { readonly messageName: string },
    hint: Omit<MessageHint, 'name' | 'proxyClientId'>,
  ): Omit<FrameRecord, 'seq' | 'time' | 'connection'> {
    const name = body.messageName;
    this.truth.messages++;
    this.truth.names.set(name, (this.truth.names.get(name) ?? 0) + 1);
    return {
      kind: 'frame',
      hints: [{ name, proxyClientId: 12, ...hint }],
      frame: {
        kind: 'websocket',
        direction,
        body: { kind: 'text', text: JSON.stringify(body) },
      },
      redacted: 0,
    };
  }

  private workbin(): Workbin {
    const agent = 1001 + Math.floor(this.random() * 40);
    return { workbinTypeId: this.pick(WORKBIN_TYPES), workbinAgentId: `A${agent}` };
  }

  private interaction(workbin: Workbin): { readonly interactionId: string } {
    const number = Math.floor(this.random() * 0xffffff);
    return {
      interactionId: `00001a${number.toString(16).padStart(6, '0')}`,
      ...{
        interactionMediatype: this.pick(MEDIA),
        interactionState: 'Queued',
        interactionWorkbinTypeId: workbin.workbinTypeId,
        interactionAgentId: workbin.workbinAgentId,
        interactionPlacedInQueueAt: '2026-11-22T08:15:00.000Z',
        interactionReceivedAt: '2026-11-22T07:59:12.000Z',
        interactionIsOnline: false,
        interactionQueue: 'email-inbound-qualified',
        interactionSubtype: 'InboundNew',
        interactionUserData: {
          Subject: `${this.random() < 0.1 ? 'Rückfrage – dringend' : 'Question'} ${number}`,
          FromAddress: `customer${number}@example.com`,
          Note: `copied from a log: "referenceId":${number % 100}, {"messageName":"EventAck"}`,
          Priority: number % 10,
        },
      },
    };
  }
}

function nameOf(workbin: Workbin): string {
  return `${workbin.workbinTypeId}@${workbin.workbinAgentId}`;
}

/** Numbers from 0 to below 1 that depend on nothing but the seed (the mulberry32 generator). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
}
