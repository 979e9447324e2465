/** A trace that grows message by message, and searches its lines, for views to stand on. */
import { Recorder } from '../../../../src/session/recorder';
import { Trace } from '../../../../src/session/trace';
import type { LineSearch } from '../../../../src/session/traceView/bodySearch';
import type { Pace } from '../../../../src/session/traceView/pace';
import { FakeClock, SILENT_LOGGER } from '../../../support/fakeClock';
import { MemoryRecording } from '../../../support/memoryRecording';

export class GrowingTrace {
  readonly clock = new FakeClock();
  readonly recording = new MemoryRecording();
  readonly trace = new Trace(this.recording, { answerTimeLimitMs: 1000 });
  /** How often work has let others go first. */
  yields = 0;
  /** Searches of lines that are to wait until it resolves. */
  searchGate: Promise<void> = Promise.resolve();
  private readonly startedAt = this.clock.now();
  private readonly recorder: Recorder;

  constructor() {
    const { startedAt } = this;
    this.recorder = new Recorder(this.recording, { startedAt, writer: 'test' }, SILENT_LOGGER);
    const server = { server: 'ws://127.0.0.1/', application: 'Desktop' } as const;
    this.recorder.open(startedAt, { dialect: 'platform-sdk-json', ...server });
  }

  /** Messages at times in ms since the start, such as `RequestAgentLogin 1`, with their reference. */
  async say(...messages: readonly (readonly [at: number, message: string])[]): Promise<void> {
    for (const [at, message] of messages) {
      const [name, referenceId = 0] = message.split(' ');
      this.frame(at, { messageName: name ?? '', referenceId: Number(referenceId) });
    }
    await this.trace.read();
  }

  /** Records a message, which is not read yet. */
  frame(
    at: number,
    message: { readonly messageName: string; readonly [key: string]: unknown },
  ): void {
    const direction = message.messageName.startsWith('Request') ? 'send' : 'receive';
    const body = { kind: 'text', text: JSON.stringify(message) } as const;
    this.recorder.frame(this.startedAt + at, 1, { kind: 'websocket', direction, body });
  }

  async gap(at: number): Promise<void> {
    this.recorder.gap(this.startedAt + at, { reason: 'missed' });
    await this.trace.read();
  }

  /** Every look at the clock takes `ms`, so that slices end. */
  pace(ms = 0): Pace {
    return {
      now: () => {
        this.clock.advance(ms);
        return this.clock.now();
      },
      after: (delay, run) => this.clock.after(delay, run),
      yield: async () => {
        this.yields++;
        await new Promise((resolve) => setImmediate(resolve));
      },
    };
  }

  /** Lines stand at offsets 0, 1, 2 … in this recording. */
  readonly search: LineSearch = async (needles, { from, to }, onLines, signal) => {
    await this.searchGate;
    signal.throwIfAborted();
    const lines = this.recording.lines.slice(from, to);
    needles.forEach((needle, index) => {
      const offsets = lines.flatMap((line, at) =>
        line.toLowerCase().includes(needle.toLowerCase()) ? [from + at] : [],
      );
      onLines(Float64Array.from(offsets), index, (index + 1) / needles.length);
    });
  };
}
