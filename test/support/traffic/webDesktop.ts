/**
 * An agent's desktop on Workspace API v3: operations are HTTP requests, several at a time; their results and the
 * notifications come together in batches over a WebSocket.
 */
import type { HeaderList } from '../../../src/core/protocol/frame';
import type { MessageHint } from '../../../src/core/protocol/message';
import type { TrafficWorkbin } from './bodies';
import { interactionId } from './bodies';
import type { Day } from './day';
import { ClientSubscriptions, Requests, type SentRequest } from './requests';

const SERVER = 'http://127.0.0.1:8080/workspace/v3';
const JSON_HEADERS: HeaderList = [['Content-Type', 'application/json']];
const TURN_MS = 1300;

interface Operation {
  readonly action: 'get-content' | 'subscribe';
  readonly workbin: TrafficWorkbin;
  readonly id: string;
  readonly exchange: number;
  readonly request: SentRequest;
}

/** A part of a batch. */
interface Part {
  readonly hint: MessageHint;
  readonly text: string;
  /** Told once its row is known. */
  readonly place: (row: number) => void;
}

export class WebDesktop {
  private readonly connection: number;
  private readonly requests: Requests;
  private readonly subscriptions = new ClientSubscriptions();
  private readonly workbins: readonly TrafficWorkbin[];
  private readonly waitingToSubscribe: TrafficWorkbin[];
  private exchanges = 0;
  private exchanged = 0;
  private closed = false;

  /** `messages`: about how many it exchanges before it goes; `gone` is called then. */
  constructor(
    private readonly day: Day,
    private readonly messages: number,
    private readonly gone: () => void,
  ) {
    this.connection = day.open('workspace-v3', SERVER);
    this.requests = new Requests(day);
    const owner = day.bodies.agent();
    this.workbins = [0, 1, 2].map(() => day.bodies.workbin(owner));
    this.waitingToSubscribe = [...this.workbins];
    this.next();
  }

  /** The recording ends. */
  end(): void {
    this.requests.end('open');
    for (const request of this.subscriptions.live()) {
      this.day.tell(request.row, -1, 'live');
    }
  }

  private next(): void {
    this.unlessClosed(this.day.random.wait(TURN_MS), () => {
      this.turn();
      if (this.exchanged < this.messages) {
        this.next();
        return;
      }
      this.closed = true;
      this.day.close(this.connection);
      this.requests.end('interrupted');
      this.gone();
    });
  }

  private turn(): void {
    const { random } = this.day;
    const first = this.waitingToSubscribe.shift();
    if (first !== undefined) {
      this.operate([this.ask('subscribe', first)]);
    } else if (random.chance(0.4)) {
      const count = 1 + random.below(3);
      this.operate(
        Array.from({ length: count }, () => this.ask('get-content', random.pick(this.workbins))),
      );
    } else {
      this.batch(Array.from({ length: 1 + random.below(4) }, () => this.change()));
    }
  }

  private ask(action: Operation['action'], workbin: TrafficWorkbin): Operation {
    const { day, connection } = this;
    const exchange = ++this.exchanges;
    const id = `op-${exchange}`;
    const name =
      action === 'subscribe' ? 'RequestWorkbinNotifications' : 'RequestGetWorkbinContent';
    const text = `{"operationId":"${id}","data":{"ownerId":"${workbin.owner}"}}`;
    const row = day.frame(connection, [{ name, reference: id, workbin: workbin.label }], {
      kind: 'http-request',
      direction: 'send',
      exchange,
      method: 'POST',
      url: `${SERVER}/workbins/${workbin.type}/${action}`,
      headers: JSON_HEADERS,
      body: { kind: 'text', text },
    });
    this.exchanged++;
    const request = this.requests.sent(row);
    if (action === 'subscribe') {
      this.subscriptions.requested(workbin.label, request);
    }
    return { action, workbin, id, exchange, request };
  }

  /** The server accepts operations at once, and tells all their results together. */
  private operate(operations: readonly Operation[]): void {
    const { random } = this.day;
    const accepted: Operation[] = [];
    const delay = 1 + random.wait(10);
    this.unlessClosed(delay, () => {
      for (const operation of operations) {
        if (this.respond(operation)) {
          accepted.push(operation);
        }
      }
    });
    this.unlessClosed(delay + 5 + random.wait(100), () => {
      if (accepted.length > 0) {
        const extra = random.below(3);
        const changes = Array.from({ length: extra }, () => this.change());
        this.batch([...accepted.map((operation) => this.result(operation)), ...changes]);
      }
    });
  }

  /** False when it is refused. */
  private respond(operation: Operation): boolean {
    const { day, connection } = this;
    const { id, exchange, workbin, request } = operation;
    const refused = day.random.chance(0.03);
    const text = refused
      ? `{"operationId":"${id}","status":{"code":500,"message":"Refused"}}`
      : `{"operationId":"${id}","status":{"code":1}}`;
    const hint: MessageHint = {
      name: refused ? 'HttpError' : 'Accepted',
      reference: id,
      workbin: workbin.label,
      ...(refused && { errorCode: 500 }),
    };
    const row = day.frame(connection, [hint], {
      kind: 'http-response',
      direction: 'receive',
      exchange,
      status: refused ? 500 : 200,
      statusText: refused ? 'Internal Server Error' : 'OK',
      headers: JSON_HEADERS,
      body: { kind: 'text', text },
    });
    this.exchanged++;
    if (refused) {
      this.settle(operation, row, true);
    } else {
      day.tell(row, request.row, 'accepted');
    }
    return !refused;
  }

  private settle({ action, workbin, request }: Operation, row: number, failed: boolean): void {
    this.requests.answered(request, row, this.day.now, failed);
    if (action === 'subscribe' && failed) {
      this.subscriptions.refused(workbin.label, request);
    } else if (action === 'subscribe') {
      this.subscriptions.granted(workbin.label, request);
    }
  }

  private result(operation: Operation): Part {
    const { bodies, random } = this.day;
    const { action, id, workbin } = operation;
    const subscribed = action === 'subscribe';
    const name = subscribed ? 'EventAck' : 'EventWorkbinContent';
    return {
      hint: { name, reference: id, workbin: workbin.label },
      text: subscribed
        ? bodies.webAcknowledgement(id)
        : bodies.webContent(id, 10 + random.below(20)),
      place: (row) => this.settle(operation, row, false),
    };
  }

  private change(): Part {
    const { day } = this;
    const workbin = day.random.pick(this.workbins);
    const id = day.bodies.interaction();
    return {
      hint: {
        name: 'EventWorkbinContentChanged',
        workbin: workbin.label,
        interactionId: interactionId(id),
      },
      text: day.bodies.webChanged(workbin, id),
      place: (row) => {
        const request = this.subscriptions.notified(workbin.label);
        day.truth.notifications++;
        if (request === undefined) {
          day.truth.unmatched++;
          day.tell(row, -1, 'unmatched');
        } else {
          day.tell(row, request.row, 'notification');
        }
      },
    };
  }

  private batch(parts: readonly Part[]): void {
    const first = this.day.frame(
      this.connection,
      parts.map(({ hint }) => hint),
      {
        kind: 'websocket',
        direction: 'receive',
        body: { kind: 'text', text: `[${parts.map(({ text }) => text).join(',')}]` },
      },
    );
    this.exchanged += parts.length;
    for (const [index, { place }] of parts.entries()) {
      place(first + index);
    }
  }

  private unlessClosed(delay: number, act: () => void): void {
    this.day.after(delay, () => {
      if (!this.closed) {
        act();
      }
    });
  }
}
