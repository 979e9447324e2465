/** An agent's desktop on a connection in the JSON form of Platform SDK: signs in, subscribes, works, and goes. */
import type { MessageHint } from '../../../src/core/protocol/message';
import type { TrafficWorkbin } from './bodies';
import { interactionId } from './bodies';
import type { Day } from './day';
import {
  answerTo,
  CANCEL,
  SIGN_IN,
  SIGN_OUT,
  SUBSCRIBE,
  WORK,
  type Answer,
  type RequestKind,
} from './desktopMessages';
import { ClientSubscriptions, Requests, type SentRequest } from './requests';

const REFERENCES = 100;
/** References that are never asked with: only answers that nobody asked for carry them. */
const FOREIGN_REFERENCES = 5000;
/** A reference rests for so long after a second answer with it, which would else look like an early one. */
const REST_MS = 1100;
const TURN_MS = 490;

/** What was last asked with a reference. */
interface Use {
  readonly request: SentRequest;
  /** An answer is on its way. */
  awaited: boolean;
  restsUntil: number;
}

interface Client {
  readonly proxy: number;
  readonly workbins: readonly TrafficWorkbin[];
  readonly subscriptions: ClientSubscriptions;
  readonly uses: Map<number, Use>;
  /** What it still does before it goes about its work. */
  readonly script: (() => void)[];
  lastReference: number;
}

export class Desktop {
  private readonly connection: number;
  private readonly requests: Requests;
  private readonly clients: readonly Client[];
  private readonly lastMessage: number;
  private closed = false;
  private exchanged = 0;

  /** `messages`: about how many it exchanges before it goes; `gone` is called then. */
  constructor(
    private readonly day: Day,
    messages: number,
    private readonly gone: () => void,
  ) {
    this.connection = day.open('platform-sdk-json', 'ws://127.0.0.1:7300/');
    this.requests = new Requests(day);
    this.lastMessage = messages;
    const first = 10 + day.random.below(20);
    const proxies = day.random.chance(0.05) ? [first, first + 1] : [first];
    const owner = day.bodies.agent();
    const workbins = [0, 1, 2, 3].map((at) => day.bodies.workbin(at < 3 ? owner : undefined));
    this.clients = proxies.map((proxy) => this.client(proxy, workbins));
    this.next();
  }

  /** The recording ends. */
  end(): void {
    this.requests.end('open');
    for (const request of this.clients.flatMap(({ subscriptions }) => subscriptions.live())) {
      this.day.tell(request.row, -1, 'live');
    }
  }

  private client(proxy: number, workbins: readonly TrafficWorkbin[]): Client {
    const client: Client = {
      proxy,
      workbins,
      subscriptions: new ClientSubscriptions(),
      uses: new Map(),
      script: [],
      lastReference: 0,
    };
    for (const kind of SIGN_IN) {
      client.script.push(() => this.request(client, kind));
    }
    for (const workbin of workbins) {
      client.script.push(() => this.subscribe(client, workbin));
    }
    return client;
  }

  private next(): void {
    this.day.after(this.day.random.wait(TURN_MS), () => {
      this.turn();
      if (this.exchanged < this.lastMessage) {
        this.next();
      } else {
        this.leave();
      }
    });
  }

  private turn(): void {
    const { random } = this.day;
    const client = random.pick(this.clients);
    const scripted = client.script.shift();
    if (scripted !== undefined) {
      scripted();
    } else if (random.chance(0.757)) {
      this.notify(client);
    } else if (random.chance(0.0014)) {
      this.answerNobody(client);
    } else {
      this.work(client);
    }
  }

  private work(client: Client): void {
    const { random } = this.day;
    let share = random.next();
    for (const kind of WORK) {
      share -= kind.share;
      if (share < 0) {
        this.request(client, kind);
        return;
      }
    }
    const workbin = random.pick(client.workbins);
    const { subscriptions } = client;
    if (!subscriptions.isSettled(workbin.label)) {
      this.notify(client);
    } else if (subscriptions.notified(workbin.label) === undefined || random.chance(0.2)) {
      this.subscribe(client, workbin);
    } else if (random.chance(0.4)) {
      this.cancel(client, workbin);
    } else {
      this.notify(client);
    }
  }

  private leave(): void {
    const [client] = this.clients;
    if (client !== undefined && this.day.random.chance(0.5)) {
      this.request(client, SIGN_OUT);
    }
    this.day.after(this.day.random.wait(60), () => {
      this.closed = true;
      this.day.close(this.connection);
      this.requests.end('interrupted');
      this.gone();
    });
  }

  private subscribe(client: Client, workbin: TrafficWorkbin): void {
    const { subscriptions } = client;
    const { label } = workbin;
    this.request(client, SUBSCRIBE, workbin, {
      sent: (request) => subscriptions.requested(label, request),
      answered: (request, failed) =>
        failed ? subscriptions.refused(label, request) : subscriptions.granted(label, request),
    });
  }

  private cancel(client: Client, workbin: TrafficWorkbin): void {
    this.request(client, CANCEL, workbin, {
      sent: () => client.subscriptions.cancelRequested(workbin.label),
      answered: (_, failed) => client.subscriptions.cancelAnswered(workbin.label, !failed),
    });
  }

  private request(
    client: Client,
    kind: RequestKind,
    workbin = this.day.random.pick(client.workbins),
    then: Consequences = {},
  ): void {
    const { day, connection } = this;
    const { random } = day;
    const reference = this.freeReference(client);
    if (reference === undefined) {
      return;
    }
    const { proxy } = client;
    const moved = kind.about === 'both' || kind.about === 'interaction' ? this.someId() : undefined;
    const about = kind.about === 'both' || kind.about === 'workbin' ? workbin : undefined;
    const fails = kind.about !== 'nothing' && random.chance(0.03);
    const fate = random.next();
    const before = client.uses.get(reference)?.request;
    const answerFirst = fate < 0.004 && before?.answered !== false;
    const answer = (): Answer => answerTo(day, kind, reference, proxy, workbin, fails);
    let answerRow = answerFirst ? this.receive(answer()) : -1;
    const hint: MessageHint = {
      name: kind.name,
      reference,
      proxyClientId: proxy,
      ...(about !== undefined && { workbin: about.label }),
      ...(moved !== undefined && { interactionId: moved }),
    };
    const text = day.bodies.request(kind.name, reference, proxy, about, moved);
    this.exchanged++;
    const request = this.requests.sent(day.message(connection, 'send', hint, text));
    then.sent?.(request);
    const use: Use = { request, awaited: false, restsUntil: 0 };
    client.uses.set(reference, use);
    const settle = (time: number): void => {
      use.awaited = false;
      this.requests.answered(request, answerRow, time, fails);
      then.answered?.(request, fails);
      this.maybeTwice(use, answer);
    };
    if (answerFirst) {
      day.truth.early++;
      settle(day.now);
    } else if (fate < 0.006) {
      const early = 0.05;
      day.truth.early++;
      answerRow = this.receive(answer(), early);
      settle(day.now - early);
    } else if (fate < 0.986) {
      use.awaited = true;
      const late = fate < 0.0068;
      const delay = late ? 10_500 + random.below(4000) : Math.min(9000, 2 + random.wait(45));
      this.unlessClosed(delay, () => {
        answerRow = this.receive(answer());
        settle(day.now);
      });
    }
  }

  /** Now and then the same answer comes again. */
  private maybeTwice(use: Use, answer: () => Answer): void {
    if (!this.day.random.chance(0.001)) {
      return;
    }
    use.awaited = true;
    this.unlessClosed(1 + this.day.random.wait(200), () => {
      use.awaited = false;
      use.restsUntil = this.day.now + REST_MS;
      this.day.truth.duplicates++;
      this.day.tell(this.receive(answer()), use.request.row, 'duplicate');
    });
  }

  private answerNobody(client: Client): void {
    const { day } = this;
    const kind = day.random.chance(0.5) ? SUBSCRIBE : WORK[0]!;
    const reference = FOREIGN_REFERENCES + day.random.below(1000);
    const workbin = day.random.pick(client.workbins);
    const answer = answerTo(day, kind, reference, client.proxy, workbin, day.random.chance(0.3));
    day.truth.orphans++;
    day.tell(this.receive(answer), -1, 'unmatched');
  }

  private notify(client: Client): void {
    const { day } = this;
    const workbin = this.notified(client);
    const id = day.bodies.interaction();
    const { proxy } = client;
    const interaction = interactionId(id);
    const row = this.receive({
      hint: {
        name: 'EventWorkbinContentChanged',
        proxyClientId: proxy,
        workbin: workbin.label,
        interactionId: interaction,
      },
      text: day.bodies.changed(proxy, workbin, id),
    });
    const request = client.subscriptions.notified(workbin.label);
    day.truth.notifications++;
    if (request === undefined) {
      day.truth.unmatched++;
      day.tell(row, -1, 'unmatched');
    } else {
      day.tell(row, request.row, 'notification');
    }
  }

  /** A workbin that the client subscribed to, where it did; now and then any. */
  private notified({ workbins, subscriptions }: Client): TrafficWorkbin {
    const { bodies, random } = this.day;
    const subscribed = workbins.filter(({ label }) => subscriptions.notified(label) !== undefined);
    const known = subscribed.length > 0 ? subscribed : workbins;
    return random.chance(0.97) ? random.pick(known) : bodies.workbin();
  }

  private receive({ hint, text }: Answer, early = 0): number {
    this.exchanged++;
    return this.day.message(this.connection, 'receive', hint, text, early);
  }

  private someId(): string {
    return interactionId(this.day.bodies.interaction());
  }

  private unlessClosed(delay: number, act: () => void): void {
    this.day.after(delay, () => {
      if (!this.closed) {
        act();
      }
    });
  }

  /** The next reference in turn that waits for nothing; undefined when there is none. */
  private freeReference(client: Client): number | undefined {
    for (let tries = 0; tries < REFERENCES; tries++) {
      client.lastReference = (client.lastReference % REFERENCES) + 1;
      const use = client.uses.get(client.lastReference);
      if (use === undefined || (!use.awaited && use.restsUntil < this.day.now)) {
        return client.lastReference;
      }
    }
    return undefined;
  }
}

interface Consequences {
  readonly sent?: (request: SentRequest) => void;
  readonly answered?: (request: SentRequest, failed: boolean) => void;
}
