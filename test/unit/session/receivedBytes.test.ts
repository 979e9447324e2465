import assert from 'node:assert/strict';
import { NEVER_CANCELLED } from '../../../src/core/base/cancellation';
import { Emitter } from '../../../src/core/base/event';
import { PlatformSdkClient } from '../../../src/session/platformSdkClient';
import type { StampedFrame, Transport, TransportEnd } from '../../../src/session/ports';
import { Recorder } from '../../../src/session/recorder';
import { FakeClock, SILENT_LOGGER } from '../../support/fakeClock';
import { MemoryRecording } from '../../support/memoryRecording';

/** Gives what it receives as bytes, as a socket does, and knows of what a text was made. Sent requests are kept. */
class ByteTransport implements Transport {
  private readonly passed = new Emitter<StampedFrame>();
  private readonly ended = new Emitter<TransportEnd>();
  readonly sent: { readonly referenceId: number }[] = [];
  readonly read: string[] = [];
  readonly onDidPass = this.passed.event;
  readonly onDidEnd = this.ended.event;

  open(): Promise<void> {
    return Promise.resolve();
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as { referenceId: number });
  }

  receive(message: object): void {
    const text = JSON.stringify(message);
    const { read } = this;
    const body = {
      kind: 'text',
      utf8: Buffer.from(text),
      get text() {
        read.push(text);
        return text;
      },
    } as const;
    this.passed.fire({ at: 0, frame: { kind: 'websocket', direction: 'receive', body } });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): void {
    this.passed.dispose();
    this.ended.dispose();
  }
}

describe('a Platform SDK client whose server sends much that nobody asked for', () => {
  it('finds the answers among it, and decodes nothing else', async () => {
    const clock = new FakeClock();
    const transport = new ByteTransport();
    const options = { startedAt: clock.now(), writer: 'test' };
    const client = new PlatformSdkClient({
      profile: {
        dialect: 'platform-sdk-json',
        server: 'ws://server.example/',
        agent: 'A1',
        place: 'P1',
        tenant: 1,
        clientName: 'Test client',
      },
      createTransport: () => transport,
      sink: new Recorder(new MemoryRecording(), options, SILENT_LOGGER),
      clock,
      logger: SILENT_LOGGER,
      answerTimeLimitMs: 5000,
    });
    const change = { messageName: 'EventWorkbinContentChanged', nested: { referenceId: 1 } };
    const answer = (): object => ({
      messageName: 'EventAck',
      referenceId: transport.sent.at(-1)?.referenceId,
    });
    const connecting = client.connect(NEVER_CANCELLED);
    for (let request = 1; request <= 2; request++) {
      while (transport.sent.length < request) {
        await Promise.resolve();
      }
      transport.receive(change);
      transport.receive({ messageName: 'EventAck', referenceId: 999 });
      transport.receive(answer());
    }
    assert.equal((await connecting).kind, 'connected');
    transport.receive(change);
    assert.deepEqual(
      transport.read.map((text) => JSON.parse(text) as object),
      [1, 2].map((referenceId) => ({ messageName: 'EventAck', referenceId })),
    );
    client.dispose();
  });
});
