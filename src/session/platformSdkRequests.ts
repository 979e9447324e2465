/**
 * Requests in the JSON form of Platform SDK's messages and the answers to them, over one transport after another.
 * References go on from connection to connection, so that each stands once in a trace.
 */
import type { Disposable } from '../core/base/disposable';
import {
  ExpectedError,
  failed,
  messageOf,
  ok,
  type Failure,
  type Result,
} from '../core/base/result';
import { asInt32, asText, member } from '../core/protocol/attributes';
import { describeError } from '../core/protocol/errorCodes';
import type { TextBody } from '../core/protocol/frame';
import { hintOf } from '../core/protocol/hints';
import type { JsonObject } from '../core/protocol/json';
import type { Message } from '../core/protocol/message';
import { decodePlatformSdkJson, encodePlatformSdkJson } from '../core/protocol/platformSdkJson';
import { FrameLines } from '../core/trace/wire/frameLines';
import { PendingRequests } from './pendingRequests';
import type { Clock, Transport } from './ports';
import type { SentRequest } from './workbinClient';

export class PlatformSdkRequests implements Disposable {
  private readonly pending: PendingRequests;
  private readonly lines = new FrameLines();
  private nextReference = 1;
  private transport: Transport | undefined;

  /** `onAnswer` is told of every request that was answered, and of the answer. */
  constructor(
    private readonly clock: Clock,
    answerTimeLimitMs: number,
    private readonly onAnswer: (request: Message, answer: Message) => void,
  ) {
    this.pending = new PendingRequests(clock, answerTimeLimitMs);
  }

  /** Sends over `transport` from now on; undefined: over none, and nothing is sent. */
  use(transport: Transport | undefined): void {
    this.transport = transport;
  }

  /** Sends a request under the reference that it has, or under one that is free. */
  async send({ name, attributes }: Message): Promise<Result<SentRequest>> {
    const own = member(attributes, 'referenceId');
    const reference = own === undefined ? this.freeReference() : asInt32(own);
    if (reference === undefined) {
      return failed('bad-reference', 'A reference id is an integer of 32 bits.');
    }
    if (this.transport === undefined) {
      return NOT_CONNECTED;
    }
    if (this.pending.has(reference)) {
      return failed(
        'reference-in-use',
        `Another request waits for its answer under the reference id ${reference}. Choose another one, or none.`,
      );
    }
    const sentAt = this.clock.now();
    const answer = await this.transmit(name, reference, attributes);
    return ok({ reference, answer, tookMs: this.clock.now() - sentAt });
  }

  /** Sends a request and resolves with its answer, an `EventError` too. */
  answerTo(name: string, attributes: JsonObject): Promise<Result<Message>> {
    return this.transmit(name, this.freeReference(), attributes);
  }

  /** Sends a request and resolves with its answer; an `EventError` is a failure in the server's words. */
  async request(name: string, attributes: JsonObject): Promise<Result<Message>> {
    const result = await this.answerTo(name, attributes);
    return result.ok && result.value.name === 'EventError'
      ? failed('event-error', errorWords(result.value))
      : result;
  }

  /** Settles the request that this answers. What answers none is not decoded: that takes long, and most does not. */
  receive(body: TextBody): void {
    if (this.pending.count === 0 || (body.utf8 !== undefined && !this.mayAnswer(body.utf8))) {
      return;
    }
    const { message } = decodePlatformSdkJson(body.text);
    const reference = message === undefined ? undefined : hintOf(message).reference;
    if (message !== undefined && typeof reference === 'number') {
      this.pending.resolve(reference, message);
    }
  }

  rejectAll(failure: Failure): void {
    this.pending.rejectAll(failure);
  }

  dispose(): void {
    this.pending.dispose();
  }

  private freeReference(): number {
    while (this.pending.has(this.nextReference)) {
      this.nextReference++;
    }
    return this.nextReference++;
  }

  private async transmit(
    name: string,
    reference: number,
    attributes: JsonObject,
  ): Promise<Result<Message>> {
    const { transport } = this;
    if (transport === undefined) {
      return NOT_CONNECTED;
    }
    const answer = this.pending.wait(reference);
    try {
      transport.send(
        encodePlatformSdkJson({ name, attributes: { referenceId: reference, ...attributes } }),
      );
    } catch (error) {
      const code = error instanceof ExpectedError ? error.code : 'unexpected';
      this.pending.reject(reference, { code, message: messageOf(error) });
    }
    const result = await answer;
    if (result.ok) {
      this.onAnswer({ name, attributes }, result.value);
    }
    return result;
  }

  private mayAnswer(utf8: Uint8Array): boolean {
    if (!this.lines.take(utf8)) {
      return true; // Nothing is known of it yet.
    }
    const { reference } = this.lines;
    return reference !== undefined && this.pending.has(reference);
  }
}

const NOT_CONNECTED = failed('not-connected', 'Not connected. Connect first.');

/** What an `EventError` says: the name of its code, and the server's own words. */
export function errorWords(event: Message): string {
  const code = hintOf(event).errorCode;
  const words = asText(event.attributes['errorDescription']) ?? '';
  const name = code === undefined ? 'EventError' : describeError(code);
  return words === '' ? name : `${name}: ${words}`;
}
