/** A live session as the product has it, without its views: transport, recorder, file, index. */
import fs from 'node:fs';
import { NEVER_CANCELLED } from '../../../src/core/base/cancellation';
import { parseRecord } from '../../../src/core/trace/recordLine';
import { openRecordingReader } from '../../../src/recording/recordingReader';
import { createRecordingWriter } from '../../../src/recording/recordingWriter';
import { Recorder } from '../../../src/session/recorder';
import { Trace } from '../../../src/session/trace';
import { systemClock as clock } from '../../../src/transport/systemClock';
import { WebSocketTransport } from '../../../src/transport/webSocketTransport';
import { Digester, FIRST_REFERENCE, WORKBINS, WORKBIN_TYPE, type Digests } from './traffic';

const LOGGER = {
  trace: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (text: string) => process.stderr.write(`${text}\n`),
};

export interface LiveTrace {
  readonly trace: Trace;
  readonly recorder: Recorder;
  /** Lines that the writer did not take. */
  readonly dropped: number;
  /** Asks for changes of every workbin, and for as many contents as a block has answers. */
  subscribe(answers: number): Promise<void>;
  /** Resolves when the index has so many messages from the burst, or cannot come to have them. */
  indexed(count: number): Promise<void>;
  /** Ends recording; all is in file and index then. */
  end(): Promise<void>;
  /**
   * What file and index hold of the burst, found by the rows of the index: the line of each is read from the
   * file, and the body is taken out of it.
   */
  digests(): { readonly messages: number; readonly digests: Digests };
  dispose(): void;
}

export async function openLiveTrace(address: string, file: string): Promise<LiveTrace> {
  const writer = await createRecordingWriter(file);
  const startedAt = clock.now();
  const recorder = new Recorder(writer, { startedAt, writer: 'bench' }, LOGGER);
  const reader = openRecordingReader(file, { writing: () => recorder.state === 'recording' });
  writer.onDidWrite(() => reader.poke());
  const trace = new Trace(reader, { answerTimeLimitMs: 10_000 });
  const transport = new WebSocketTransport(address, clock);
  const connection = recorder.open(clock.now(), {
    dialect: 'platform-sdk-json',
    server: address,
    application: 'Bench',
  });
  transport.onDidPass(({ at, frame }) => recorder.frame(at, connection, frame));
  transport.onDidEnd(({ at, by, reason }) => recorder.close(at, connection, by, reason));
  await transport.open(NEVER_CANCELLED);
  let before = 0;
  const reached = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const listening = trace.onDidChange(() => check());
      const check = (): void => {
        if (trace.messages.count >= count || writer.dropped > 0) {
          listening.dispose();
          resolve();
        }
      };
      check();
    });
  return {
    trace,
    recorder,
    get dropped() {
      return writer.dropped;
    },
    async subscribe(answers) {
      WORKBINS.forEach((workbinAgentId, index) => {
        const workbin = { workbinTypeId: WORKBIN_TYPE, workbinAgentId };
        const request = { referenceId: 1 + index, proxyClientId: 17, workbin };
        transport.send(JSON.stringify({ messageName: 'RequestWorkbinNotifications', ...request }));
      });
      for (let index = 0; index < answers; index++) {
        const request = { referenceId: FIRST_REFERENCE + index, proxyClientId: 17 };
        transport.send(JSON.stringify({ messageName: 'RequestGetWorkbinContent', ...request }));
      }
      before = WORKBINS.length * 2 + answers;
      await reached(before);
    },
    indexed: (count) => reached(before + count),
    async end() {
      await transport.close();
      await recorder.end(clock.now());
      await trace.read();
    },
    digests() {
      const digester = new Digester();
      const descriptor = fs.openSync(file, 'r');
      const { messages } = trace;
      for (let row = before; row < messages.count; row++) {
        const { offset, length } = messages.position(row);
        const bytes = Buffer.allocUnsafe(length);
        fs.readSync(descriptor, bytes, 0, length, offset);
        digester.add(
          bodyOf(bytes.toString('utf8')),
          messages.name(row),
          messages.reference(row),
          messages.workbin(row),
          messages.interactionId(row),
        );
      }
      fs.closeSync(descriptor);
      return { messages: messages.count - before, digests: digester.end() };
    },
    dispose() {
      trace.dispose();
      transport.dispose();
    },
  };
}

function bodyOf(line: string): Uint8Array {
  const parsed = parseRecord(line);
  const body =
    parsed.ok && parsed.value.kind === 'frame'
      ? parsed.value.frame.body
      : { kind: 'none' as const };
  switch (body.kind) {
    case 'text':
      return Buffer.from(body.text, 'utf8');
    case 'bytes':
      return body.bytes;
    case 'none':
      return new Uint8Array();
  }
}
