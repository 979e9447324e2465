/**
 * Decoder of a connection to Genesys' web tier: Workspace API v3 and Web Services API v2, whose operations are HTTP
 * requests and whose events come by Bayeux over long-polling or WebSocket.
 *
 * An operation becomes a message with the name of the Interaction Management request that it stands for (our
 * mapping); its HTTP response becomes `Accepted`, `Done`, `Redirected` or `HttpError`; each event of a batch becomes
 * a message with its own name, each `/meta/…` message one named by its channel. All that belong together have one
 * reference: the `operationId`, or `x` and the number of the exchange where the application sent none.
 */
import { assertNever } from '../../base/assert';
import { asObject, asText, member } from '../attributes';
import type { FrameDecoder } from '../decoder';
import type { Frame, HttpRequestFrame, HttpResponseFrame, WebSocketFrame } from '../frame';
import type { JsonObject, JsonValue } from '../json';
import type { DecodeProblem, Reference } from '../message';
import { apiPath, type ApiPath } from './apiPath';
import { bayeuxErrorCode, isBayeux, readBatch, type BayeuxMessage } from './bayeux';
import { readJsonBody } from './bodyJson';
import { Found, type Draft } from './found';
import { saysJson, signingIn } from './httpText';
import { Memory, type Exchange, type SentOperation } from './memory';
import type { Operation } from './operation';
import { outcomeOf } from './outcome';
import {
  readV2Event,
  readWebServicesV2,
  referencesIn,
  workbinNamesIn,
  type V2Event,
} from './webServicesV2';
import { readV3Event, referenceOf, userIn } from './workspaceV3Events';
import { readWorkspaceV3 } from './workspaceV3Requests';

/** A decoder for one connection. Never throws; remembers a bounded number of requests. */
export function createWorkspaceV3Decoder(): FrameDecoder {
  const memory = new Memory();
  return {
    decode: (frame) => {
      const found = new Found();
      new Reading(memory, found).frame(frame);
      return found.all();
    },
  };
}

/** Reads one frame with what is remembered of those before it. */
class Reading {
  constructor(
    private readonly memory: Memory,
    private readonly found: Found,
  ) {}

  frame(frame: Frame): void {
    switch (frame.kind) {
      case 'websocket':
        this.webSocket(frame);
        break;
      case 'http-request':
        this.request(frame);
        break;
      case 'http-response':
        this.response(frame);
        break;
      default:
        assertNever(frame);
    }
  }

  private webSocket(frame: WebSocketFrame): void {
    const { value, problem } = readJsonBody(frame.body);
    this.found.problem(problem);
    if (value !== undefined) {
      this.batch(value, frame.direction);
    }
  }

  private request(frame: HttpRequestFrame): void {
    const { exchange, method, url } = frame;
    const path = apiPath(url);
    if (path === undefined && !saysJson(frame)) {
      return;
    }
    const { value, problem } = readJsonBody(frame.body);
    if (isBayeux(value)) {
      const [first] = readBatch(value, 'send').messages;
      this.memory.exchanges.set(exchange, {
        kind: 'bayeux',
        channel: first?.channel ?? `${method} notifications`,
      });
      this.batch(value, 'send');
      return;
    }
    if (path === undefined) {
      return;
    }
    if (saysJson(frame)) {
      this.found.problem(problem);
    }
    const body = asObject(value);
    const operations = this.operationsOf(method, path, body);
    const sent = operations.map((operation, index) => {
      const own =
        path.api === 'web-services-v2' ? undefined : referenceOf(member(body, 'operationId'));
      const made = operations.length > 1 ? `x${exchange}.${index + 1}` : `x${exchange}`;
      return this.memory.remember(operation, own ?? made);
    });
    const user = path.segments.at(-1) === 'sign-in' ? signingIn(frame, body) : undefined;
    this.memory.exchanges.set(exchange, {
      kind: 'operation',
      api: path.api === 'web-services-v2' ? 'v2' : 'v3',
      operations: sent,
      ...(user !== undefined && { user }),
    });
    for (const each of sent) {
      this.found.message(draftOf(each, each.operation.name), body ?? {});
    }
  }

  private operationsOf(
    method: string,
    path: ApiPath,
    body: JsonObject | undefined,
  ): readonly Operation[] {
    const { memory } = this;
    if (path.api === 'web-services-v2') {
      return readWebServicesV2(method, path, body);
    }
    const operation = readWorkspaceV3(method, path.segments, body, {
      isWorkbin: (queue) => memory.labels.knows(queue),
      pulledFrom: (interactionId) => memory.pulledFrom(interactionId),
    });
    if (operation.name.endsWith(' activate-channels')) {
      // The one request that names the agent by the employee id.
      memory.labels.learnUser([asText(member(asObject(member(body, 'data')), 'agentId')) ?? '']);
    }
    return [operation];
  }

  private response(frame: HttpResponseFrame): void {
    const exchange = this.memory.exchanges.take(frame.exchange);
    if (exchange === undefined && !saysJson(frame)) {
      return;
    }
    const { value, problem } = readJsonBody(frame.body);
    if (exchange?.kind === 'operation') {
      this.answer(frame, exchange, value);
      if (frame.status > 0 && frame.status < 300 && saysJson(frame)) {
        this.found.problem(problem);
      }
    } else if (isBayeux(value)) {
      this.batch(value, 'receive');
    } else if (exchange !== undefined) {
      // Whatever goes wrong with a poll stands for the answer to its first message.
      const { status } = frame;
      const errorCode = status >= 400 ? status : undefined;
      this.found.message({ name: exchange.channel, errorCode }, asObject(value) ?? {});
      this.found.problem(status > 0 && status < 400 ? (problem ?? NOT_BAYEUX) : undefined);
    }
  }

  private answer(
    frame: HttpResponseFrame,
    exchange: Extract<Exchange, { readonly kind: 'operation' }>,
    value: JsonValue | undefined,
  ): void {
    const answer = asObject(value);
    const outcome = outcomeOf(frame, answer, exchange.api);
    const failed = outcome.name === 'HttpError';
    if (!failed) {
      this.learn(exchange, answer);
    }
    for (const sent of exchange.operations) {
      const final = outcome.name === 'Done' ? sent.operation.answeredBy : undefined;
      this.found.message(
        { ...draftOf(sent, final ?? outcome.name), errorCode: outcome.errorCode },
        answer ?? {},
      );
    }
  }

  /** What a granted operation tells beyond its outcome. */
  private learn(
    exchange: Extract<Exchange, { readonly kind: 'operation' }>,
    answer: JsonObject | undefined,
  ): void {
    const { labels } = this.memory;
    const { api, operations, user } = exchange;
    if (user !== undefined) {
      labels.learnUser([user]);
    }
    if (api === 'v2') {
      for (const [id, name] of workbinNamesIn(answer)) {
        labels.learnName(id, name);
      }
      for (const [index, theirs] of referencesIn(
        answer,
        operations.map((each) => each.operation),
      ).entries()) {
        const ours = operations[index]?.reference;
        if (theirs !== undefined && ours !== undefined) {
          this.memory.alias(v2Reference(theirs), ours);
        }
      }
      return;
    }
    const [sent] = operations;
    const theirs = referenceOf(member(answer, 'operationId'));
    if (sent !== undefined && theirs !== undefined) {
      // Where the application sent no operationId the server makes one up, and tells it here.
      this.memory.alias(theirs, sent.reference);
    }
    if (answer !== undefined && sent?.operation.name.endsWith(' current-session') === true) {
      labels.learnUser(userIn(answer));
    }
  }

  private batch(value: JsonValue | undefined, direction: 'send' | 'receive'): void {
    const { messages, problems } = readBatch(value, direction);
    for (const message of messages) {
      if (message.kind === 'event') {
        this.event(message);
      } else {
        const { channel, envelope } = message;
        this.found.message({ name: channel, errorCode: bayeuxErrorCode(envelope) }, envelope);
      }
    }
    for (const problem of problems) {
      this.found.problem(problem);
    }
  }

  private event({ channel, data }: BayeuxMessage): void {
    const v2 = readV2Event(data);
    if (v2 !== undefined) {
      this.found.message(this.v2Draft(v2), data);
      return;
    }
    const { labels } = this.memory;
    const event = readV3Event(channel, data);
    for (const [id, name] of event.workbinNames) {
      labels.learnName(id, name);
    }
    labels.learnUser(event.user);
    const reference =
      event.operationId === undefined
        ? this.completedBy(event.name)
        : this.memory.resolve(event.operationId);
    const sent = reference === undefined ? undefined : this.memory.sentAs(reference);
    const { workbin, interactionId, errorCode } = event;
    this.found.message(
      {
        name: event.name,
        reference,
        // A content event names its workbin but not the owner: that is in the request.
        workbin:
          workbin === undefined ? sent?.workbin : labels.notified(workbin.workbin, workbin.owner),
        interactionId: interactionId ?? sent?.operation.interactionId,
        errorCode,
      },
      data,
    );
  }

  /** That the end of the initialization answers `initialize-workspace` is our reading: the event names none. */
  private completedBy(name: string): Reference | undefined {
    return name === 'WorkspaceInitializationComplete' ? this.memory.takeInitializing() : undefined;
  }

  private v2Draft(event: V2Event): Draft {
    const { name, workbin, interactionId, answers } = event;
    const label =
      workbin === undefined ? undefined : this.memory.labels.of(workbin.workbin, workbin.owner);
    const { reference } = event;
    const key = reference === undefined ? undefined : v2Reference(reference);
    const known = key === undefined ? undefined : this.memory.resolve(key);
    // The event may overtake the HTTP answer that tells its reference, or may name none.
    const waiting = label === undefined ? undefined : this.memory.takeWaiting(answers, label);
    const ours = known === key ? waiting : known;
    return { name, reference: ours ?? reference, workbin: label, interactionId };
  }
}

const NOT_BAYEUX: DecodeProblem = {
  code: 'not-bayeux',
  path: '$',
  text: 'Expected a batch of Bayeux messages, found something else.',
};

function draftOf({ operation, reference, workbin }: SentOperation, name: string): Draft {
  return { name, reference, workbin, interactionId: operation.interactionId };
}

/** Web Services v2 counts its references itself; they are kept apart from what applications choose. */
function v2Reference(theirs: string): string {
  return `v2 ${theirs}`;
}
