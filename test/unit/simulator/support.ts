import assert from 'node:assert/strict';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { toDisposable, type Disposable } from '../../../src/core/base/disposable';
import type { Clock, Logger } from '../../../src/session/ports';
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../../src/simulator/simulator';

export type Json = Record<string, unknown>;

export const SILENT: Logger = {
  trace: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Time that stands still until the test moves it. */
export class ManualClock implements Clock {
  private time = Date.UTC(2026, 4, 4, 9, 30);
  private readonly waiting = new Set<{ readonly at: number; readonly callback: () => void }>();

  now(): number {
    return this.time;
  }

  after(ms: number, callback: () => void): Disposable {
    const entry = { at: this.time + ms, callback };
    this.waiting.add(entry);
    return toDisposable(() => this.waiting.delete(entry));
  }

  /** Moves on, and calls back whatever falls due, in its order. */
  advance(ms: number): void {
    const until = this.time + ms;
    for (;;) {
      const [next] = [...this.waiting]
        .filter((entry) => entry.at <= until)
        .sort((a, b) => a.at - b.at);
      if (next === undefined) {
        break;
      }
      this.time = next.at;
      this.waiting.delete(next);
      next.callback();
    }
    this.time = until;
  }
}

/** A WebSocket client that keeps what comes until a test asks for it. */
export class TestClient {
  private readonly arrived: Json[] = [];
  private readonly waiters: ((message: Json) => void)[] = [];
  private reference = 0;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;

  private constructor(readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Json;
      const waiter = this.waiters.shift();
      if (waiter === undefined) {
        this.arrived.push(message);
      } else {
        waiter(message);
      }
    });
  }

  static async connect(address: string): Promise<TestClient> {
    const socket = new WebSocket(address);
    const client = new TestClient(socket);
    await once(socket, 'open');
    return client;
  }

  send(message: Json): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The next message, in the order of arrival. */
  next(): Promise<Json> {
    const first = this.arrived.shift();
    return first === undefined
      ? new Promise((resolve) => this.waiters.push(resolve))
      : Promise.resolve(first);
  }

  /** Everything that came and was not asked for yet; a round trip makes sure that nothing is on its way. */
  async drained(): Promise<Json[]> {
    const referenceId = 900_000 + this.nextReference();
    this.send({ messageName: 'RequestHold', referenceId });
    const drained: Json[] = [];
    for (;;) {
      const message = await this.next();
      if (message['referenceId'] === referenceId) {
        return drained;
      }
      drained.push(message);
    }
  }

  /** Sends a request and returns its answer, without the reference, which must be the request's. */
  async request(messageName: string, attributes: Json = {}): Promise<Json> {
    const referenceId = this.nextReference();
    this.send({ messageName, referenceId, ...attributes });
    const { referenceId: answered, ...answer } = await this.next();
    assert.equal(answered, referenceId);
    return answer;
  }

  /** The code of the error that a request brings. */
  async refusal(messageName: string, attributes: Json = {}): Promise<unknown> {
    const answer = await this.request(messageName, attributes);
    assert.equal(answer['messageName'], 'EventError', JSON.stringify(answer));
    assert.equal(typeof answer['errorDescription'], 'string');
    return answer['errorCode'];
  }

  async register(clientType = 'AgentApplication'): Promise<void> {
    const answer = await this.request('RequestRegisterClient', { clientName: 'test', clientType });
    assert.deepEqual(answer, { messageName: 'EventAck' });
  }

  async logIn(agentId: string, placeId: string): Promise<void> {
    const answer = await this.request('RequestAgentLogin', { tenantId: 101, agentId, placeId });
    assert.deepEqual(answer, { messageName: 'EventAck' });
  }

  /** Ids of what lies in a workbin, in its order. */
  async ids(workbin: Json): Promise<string[]> {
    const answer = await this.request('RequestGetWorkbinContent', { workbin });
    assert.equal(answer['messageName'], 'EventWorkbinContent', JSON.stringify(answer));
    return Object.keys(answer['interactions'] as Json);
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }

  private nextReference(): number {
    this.reference += 1;
    return this.reference;
  }
}

/** A simulator and its clients for one test; all of it ends in `dispose`. */
export class Stage {
  clock = new ManualClock();
  private readonly clients: TestClient[] = [];
  private running: Simulator | undefined;

  get simulator(): Simulator {
    assert.ok(this.running);
    return this.running;
  }

  async start(options: Partial<SimulatorOptions> = {}): Promise<void> {
    this.clock = new ManualClock();
    this.running = await startSimulator({ clock: this.clock, logger: SILENT, ...options });
  }

  async connect(): Promise<TestClient> {
    const client = await TestClient.connect(this.simulator.address);
    this.clients.push(client);
    return client;
  }

  /** A client that is registered and whose agent is logged in. */
  async agent(agentId: string, placeId: string): Promise<TestClient> {
    const client = await this.connect();
    await client.register();
    await client.logIn(agentId, placeId);
    return client;
  }

  async dispose(): Promise<void> {
    for (const client of this.clients) {
      client.socket.terminate();
    }
    await this.running?.stop();
    this.running = undefined;
  }
}

/** A WorkbinInfo of an agent's workbin. */
export function ofAgent(type: string, agentId: string): Json {
  return { workbinTypeId: type, workbinAgentId: agentId };
}

/** What a change event says, in one line: `PlacedIn PlaceInWorkbin type@owner id`. */
export function changeLine(message: Json): string {
  const { workbin, interaction } = message as Record<string, Record<string, string>>;
  const { workbinTypeId, ...owners } = workbin ?? {};
  const [owner] = Object.values(owners);
  return [
    message['workbinContentOperation'],
    message['operation'],
    `${String(workbinTypeId)}@${String(owner)}`,
    interaction?.['interactionId'],
  ].join(' ');
}

/** Waits until a condition holds that nothing announces; gives up after two seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 2000;
  while (!condition()) {
    assert.ok(performance.now() < end, 'the condition holds in time');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
