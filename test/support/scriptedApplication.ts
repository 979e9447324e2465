import assert from 'node:assert/strict';
import { once } from 'node:events';
import WebSocket from 'ws';

type Json = Readonly<Record<string, unknown>>;

/** An application that speaks Platform SDK JSON over a WebSocket by a script: it knows nothing of the product. */
export class ScriptedApplication {
  private readonly waiting = new Map<number, (event: Json) => void>();
  private readonly events: Json[] = [];
  private reference = 0;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.receive(JSON.parse(data.toString('utf8')) as Json));
  }

  /** Connects as any application does; `userAgent` tells one from another. */
  static async open(address: string, userAgent = 'Desk/1.0'): Promise<ScriptedApplication> {
    const socket = new WebSocket(address, { headers: { 'User-Agent': userAgent } });
    await once(socket, 'open');
    return new ScriptedApplication(socket);
  }

  /** Names of what came without being asked for. */
  get notified(): readonly unknown[] {
    return this.events.map((event) => event['messageName']);
  }

  /** Sends a request and resolves with its answer. */
  request(messageName: string, attributes: Json = {}): Promise<Json> {
    const referenceId = ++this.reference;
    const answer = new Promise<Json>((resolve) => this.waiting.set(referenceId, resolve));
    this.socket.send(JSON.stringify({ messageName, referenceId, ...attributes }));
    return answer;
  }

  /** Registers, logs in, gets a workbin's content and asks for its notifications; fails when anything is refused. */
  async work(agentId: string, placeId: string, workbinTypeId: string): Promise<void> {
    const workbin = { workbinTypeId, workbinAgentId: agentId };
    const steps: readonly (readonly [request: string, attributes: Json, answer: string])[] = [
      ['RequestRegisterClient', { clientName: 'Desk', clientType: 'AgentApplication' }, 'EventAck'],
      ['RequestAgentLogin', { tenantId: 101, agentId, placeId }, 'EventAck'],
      ['RequestGetWorkbinContent', { workbin }, 'EventWorkbinContent'],
      ['RequestWorkbinNotifications', { workbin, notifyPropertyChanges: 1 }, 'EventAck'],
    ];
    for (const [request, attributes, answer] of steps) {
      const event = await this.request(request, attributes);
      assert.equal(event['messageName'], answer, JSON.stringify(event));
    }
  }

  async close(): Promise<void> {
    if (this.socket.readyState !== WebSocket.CLOSED) {
      this.socket.close(1000);
      await once(this.socket, 'close');
    }
  }

  private receive(event: Json): void {
    const reference = event['referenceId'];
    const resolve = typeof reference === 'number' ? this.waiting.get(reference) : undefined;
    if (resolve === undefined) {
      this.events.push(event);
    } else {
      this.waiting.delete(Number(reference));
      resolve(event);
    }
  }
}
