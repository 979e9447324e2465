/**
 * Turns traffic into the lines of a recording: numbers and stamps records, decodes each frame once for its
 * hints, replaces secrets. Live sessions, taps and imports all write through it.
 *
 * Owns its writer. What passes while it is paused is counted and told as a gap.
 */
import { DisposableStore, type Disposable } from '../core/base/disposable';
import { Emitter } from '../core/base/event';
import { messageOf } from '../core/base/result';
import { BodyJson } from '../core/protocol/bodyJson';
import { DECODER_VERSION, type FrameDecoder } from '../core/protocol/decoder';
import { createDecoder } from '../core/protocol/decoders';
import type { Frame } from '../core/protocol/frame';
import type { MessageHint } from '../core/protocol/message';
import { createRedactor, type Redactor } from '../core/trace/redaction';
import { given } from '../core/trace/fields';
import { headerLine, recordLine } from '../core/trace/recordLine';
import {
  FORMAT_VERSION,
  type CloseRecord,
  type FrameRecord,
  type TraceRecord,
} from '../core/trace/records';
import { redactFrame } from '../core/trace/redactFrame';
import { FrameLines } from '../core/trace/wire/frameLines';
import type { LineWorth, Logger, OpenedConnection, RecordingWriter, TrafficSink } from './ports';

export type RecorderState = 'recording' | 'paused' | 'ended' | 'failed';

export interface RecorderOptions {
  /** {@link Clock.now} at time 0 of the recording. */
  readonly startedAt: number;
  /** Who writes, such as `workbin-inspector 0.1.0`. */
  readonly writer: string;
}

const LOST = 'The disk could not keep up';

type Unnumbered<R> = R extends TraceRecord ? Omit<R, 'seq' | 'time'> : never;

export class Recorder implements TrafficSink, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<RecorderState>());
  private readonly decoders = new Map<number, FrameDecoder>();
  /** Connections whose frames may be recorded without being decoded. */
  private readonly plain = new Set<number>();
  private readonly lines = new FrameLines();
  private readonly redactor: Redactor = createRedactor();
  private current: RecorderState = 'recording';
  private seq = 0;
  private lastTime = 0;
  private nextConnection = 1;
  private frames = 0;
  private messages = 0;
  private missed = 0;
  /** Of these, the frames of the present pause. */
  private missedInPause = 0;
  /** Records that the writer did not take since the last one that it took. */
  private lost = 0;

  readonly onDidChangeState = this.changed.event;

  constructor(
    private readonly writer: RecordingWriter,
    private readonly options: RecorderOptions,
    private readonly logger: Logger,
  ) {
    this.store.add(writer);
    this.store.add(
      writer.onDidFail((error) => {
        this.logger.error(`Recording failed: ${error.message}`);
        this.setState('failed');
      }),
    );
    writer.append(
      headerLine({
        kind: 'header',
        format: 'wbtrace',
        version: FORMAT_VERSION,
        startedAt: new Date(options.startedAt).toISOString(),
        writer: options.writer,
        decoder: DECODER_VERSION,
      }),
    );
  }

  get state(): RecorderState {
    return this.current;
  }

  /** Frames and messages taken for the file so far, and what was not, whether in pauses or because the disk was behind. */
  get totals(): { readonly frames: number; readonly messages: number; readonly missed: number } {
    return { frames: this.frames, messages: this.messages, missed: this.missed };
  }

  open(at: number, connection: OpenedConnection): number {
    const number = this.nextConnection++;
    this.decoders.set(number, createDecoder(connection.dialect));
    if (connection.dialect === 'platform-sdk-json') {
      this.plain.add(number);
    }
    this.write(at, {
      kind: 'open',
      connection: number,
      dialect: connection.dialect,
      server: this.redactor.redactUrl(connection.server).text,
      application: connection.application,
    });
    return number;
  }

  frame(at: number, connection: number, frame: Frame): void {
    if (!this.plain.has(connection) || !this.plainFrame(at, connection, frame)) {
      this.decodedFrame(at, connection, frame);
    }
  }

  close(at: number, connection: number, by: CloseRecord['by'], reason: string): void {
    this.decoders.delete(connection);
    this.plain.delete(connection);
    this.write(at, {
      kind: 'close',
      connection,
      by,
      reason: this.redactor.redactText(reason).text,
    });
  }

  gap(at: number, gap: Parameters<TrafficSink['gap']>[1]): void {
    this.write(at, { kind: 'gap', ...gap, reason: this.redactor.redactText(gap.reason).text });
  }

  /** Stops writing frames; connections that open and close are still written. */
  pause(): void {
    if (this.current === 'recording') {
      this.missedInPause = 0;
      this.setState('paused');
    }
  }

  /** Goes on writing, and says in the recording how much was missed. `at`: {@link Clock.now}. */
  resume(at: number): void {
    if (this.current === 'paused') {
      this.setState('recording');
      this.write(at, { kind: 'gap', reason: 'Recording was paused', missed: this.missedInPause });
    }
  }

  /**
   * Ends the recording in order; resolves when it is on disk. What comes afterwards is not recorded.
   * `continuedIn`: name of the recording in which the session goes on.
   */
  async end(at: number, continuedIn?: string): Promise<void> {
    if (this.current === 'ended') {
      return;
    }
    if (this.current === 'paused') {
      this.resume(at);
    }
    const { frames, messages } = this;
    const next = given('continuedIn', continuedIn);
    this.write(at, { kind: 'end', frames, messages, ...next }, 'last');
    if (this.current !== 'failed') {
      this.setState('ended');
    }
    await this.writer.end();
  }

  dispose(): void {
    this.store.dispose();
  }

  /** Nearly every frame of a live session; nothing of it becomes a text or an object. False for the others. */
  private plainFrame(at: number, connection: number, frame: Frame): boolean {
    const { body } = frame;
    if (frame.kind !== 'websocket' || frame.error !== undefined || body.kind !== 'text') {
      return false;
    }
    if (this.current !== 'recording' || body.utf8 === undefined || !this.lines.take(body.utf8)) {
      return false;
    }
    if (!this.lines.isHarmless() && this.redactor.redactText(body.text).count > 0) {
      return false;
    }
    this.sayLost(at, 'note');
    const { direction } = frame;
    const stamp = { seq: this.seq + 1, time: this.lastTime, connection, direction };
    this.count(this.writer.append(this.lines.line(stamp)), 1, 1);
    return true;
  }

  private decodedFrame(at: number, connection: number, frame: Frame): void {
    // Hints are of what is written: made of the frame as it was, they would carry its secrets to the disk.
    const redacted = redactFrame(frame, this.redactor);
    const { body } = redacted.frame;
    const json = body.kind === 'text' ? new BodyJson(body.text) : undefined;
    // Decoders remember, so they see what passes during a pause as well.
    const hints = this.hints(connection, redacted.frame, json);
    if (this.current !== 'recording') {
      this.missed++;
      this.missedInPause++;
      return;
    }
    this.sayLost(at, 'note');
    const record = { kind: 'frame', connection, hints, frame: redacted.frame } as const;
    const line = this.lineOf({ ...record, redacted: redacted.count }, json);
    this.count(this.writer.append(line), 1, hints.length);
  }

  private hints(
    connection: number,
    frame: Frame,
    json: BodyJson | undefined,
  ): readonly MessageHint[] {
    const decoder = this.decoders.get(connection);
    if (decoder === undefined) {
      return [];
    }
    try {
      return decoder.hints?.(frame, json) ?? decoder.decode(frame).hints;
    } catch (error) {
      // A decoder never throws; should one, the frame is recorded all the same.
      this.logger.error(`A frame could not be decoded: ${messageOf(error)}`);
      return [];
    }
  }

  /** A record that is no frame: what it says is worth more than a frame, and it is small. */
  private write(
    at: number,
    record: Unnumbered<Exclude<TraceRecord, FrameRecord>>,
    worth: LineWorth = 'control',
  ): void {
    if (this.current === 'ended') {
      return;
    }
    this.sayLost(at, worth);
    this.count(this.writer.append(this.lineOf(record), worth));
  }

  /** To the time of the next record, and says what was lost before it as soon as the writer takes that. */
  private sayLost(at: number, worth: LineWorth): void {
    // Two sources may stamp out of step by a fraction; recorded time never goes back.
    this.lastTime = Math.max(this.lastTime, round(at - this.options.startedAt));
    if (this.lost > 0) {
      const gap = this.lineOf({ kind: 'gap', reason: LOST, missed: this.lost });
      if (this.writer.append(gap, worth)) {
        this.seq++;
        this.lost = 0;
      }
    }
  }

  private lineOf(record: Unnumbered<TraceRecord>, json?: BodyJson): string {
    return recordLine({ ...record, seq: this.seq + 1, time: this.lastTime }, json);
  }

  /** A number is used up only by a line that was taken, so that a hole in them means a damaged file. */
  private count(taken: boolean, frames = 0, messages = 0): void {
    if (taken) {
      this.seq++;
      this.frames += frames;
      this.messages += messages;
    } else {
      this.lost++;
      this.missed++;
    }
  }

  private setState(state: RecorderState): void {
    this.current = state;
    this.changed.fire(state);
  }
}

/** Microseconds are what clocks tell; more digits would be noise. */
function round(ms: number): number {
  return Math.max(0, Math.round(ms * 1000) / 1000);
}
