import { Emitter } from '../../src/core/base/event';
import { ExpectedError } from '../../src/core/base/result';
import { asText } from '../../src/core/protocol/attributes';
import type { JsonObject } from '../../src/core/protocol/json';
import type { StampedFrame, Transport, TransportEnd } from '../../src/session/ports';

/** Answers by the name of the request; a request without one is left unanswered. */
export type Script = Readonly<Record<string, object>>;

/** A transport whose other side answers each request as told; `down` cannot be opened. */
export class ScriptedTransport implements Transport {
  private readonly passed = new Emitter<StampedFrame>();
  private readonly ended = new Emitter<TransportEnd>();
  readonly sent: JsonObject[] = [];
  readonly onDidPass = this.passed.event;
  readonly onDidEnd = this.ended.event;

  constructor(private readonly script: Script | 'down') {}

  open(): Promise<void> {
    return this.script === 'down'
      ? Promise.reject(new ExpectedError('cannot-connect', 'Nothing listens there.'))
      : Promise.resolve();
  }

  send(text: string): void {
    this.tell('send', text);
    const request = JSON.parse(text) as JsonObject;
    this.sent.push(request);
    const answer =
      this.script === 'down' ? undefined : this.script[asText(request['messageName']) ?? ''];
    if (answer !== undefined) {
      this.tell('receive', JSON.stringify({ referenceId: request['referenceId'], ...answer }));
    }
  }

  /** Ends it although nobody asked. */
  cut(reason: string, at: number): void {
    this.ended.fire({ at, by: 'network', reason });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): void {
    this.passed.dispose();
    this.ended.dispose();
  }

  private tell(direction: 'send' | 'receive', text: string): void {
    const body = { kind: 'text', text } as const;
    this.passed.fire({ at: 0, frame: { kind: 'websocket', direction, body } });
  }
}
