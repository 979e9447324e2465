/** Answers what the details of one trace view ask: phases, the bodies of frames in parts, copies, comparisons. */
import * as vscode from 'vscode';
import type {
  ComparedMessage,
  DetailsMethods,
  FrameBytes,
  FrameTextPart,
} from '../../bridge/detailsMethods';
import { NEVER_CANCELLED } from '../../core/base/cancellation';
import { ExpectedError, refused } from '../../core/base/result';
import { phaseReport, type PhaseReport } from '../../core/phases/phaseReport';
import { cutText } from '../../core/protocol/cutText';
import { attributeText } from '../../core/protocol/describeValue';
import type { FrameRecord } from '../../core/trace/records';
import type { Trace } from '../../session/trace';
import { inSlices } from '../../session/traceView/pace';
import { bodyBytes, bytesPart, bytesText } from './frameBytes';
import type { ComparedPlace, FrameCompare } from './frameCompare';
import { bodyText } from './frameText';
import { hostPace } from '../hostPace';

/** UTF-16 units of a body's text that are shown at once, and bytes that are copied at once. */
const SHOWN_TEXT = 200_000;
const COPIED_BYTES = 16 * 1024 * 1024;

/** The body that was looked at last: its parts are asked for one after the other. */
interface LastBody {
  readonly message: number;
  readonly record: FrameRecord;
  readonly bytes: Uint8Array;
}

export class DetailsRequests implements DetailsMethods {
  private last: LastBody | undefined;

  constructor(
    private readonly trace: Trace,
    private readonly compare: FrameCompare,
  ) {}

  getPhase(phase: number): Promise<PhaseReport> {
    const { trace } = this;
    if (phase >= trace.tracer.phases.count) {
      const words = vscode.l10n.t('There is no phase {0} in this trace.', phase + 1);
      return Promise.reject(refused('no-such-phase', words));
    }
    const request = trace.tracer.phases.requestRow(phase);
    const isWeb = trace.connectionOf(request)?.dialect === 'workspace-v3';
    return inSlices(phaseReport(trace, phase, isWeb), hostPace, NEVER_CANCELLED);
  }

  async getFrameText(message: number): Promise<FrameTextPart> {
    this.check(message);
    const { text, language } = bodyText((await this.trace.frame(message)).frame.body);
    return { text: cutText(text, SHOWN_TEXT), total: text.length, language };
  }

  async getFrameBytes(message: number, offset: number, count: number): Promise<FrameBytes> {
    const { bytes, record } = await this.bodyOf(message);
    return bytesPart(bytes, record, offset, count);
  }

  async copyFrameBytes(
    message: number,
    from: number,
    to: number,
    form: 'hex' | 'text',
  ): Promise<void> {
    const { bytes } = await this.bodyOf(message);
    const part = bytes.subarray(from, to);
    if (part.length > COPIED_BYTES) {
      throw refused(
        'too-much',
        vscode.l10n.t(
          'At most {0} MiB are copied at once. Select less.',
          COPIED_BYTES / 1024 / 1024,
        ),
      );
    }
    await vscode.env.clipboard.writeText(bytesText(part, form));
  }

  async copyAttribute(message: number, place: readonly number[]): Promise<void> {
    this.check(message);
    const { message: decoded } = await this.trace.message(message);
    const text = decoded && attributeText(decoded, place);
    if (text === undefined) {
      throw new ExpectedError('no-attribute', vscode.l10n.t('There is no such attribute.'));
    }
    await vscode.env.clipboard.writeText(text);
  }

  async copyPath(path: string): Promise<void> {
    await vscode.env.clipboard.writeText(path);
  }

  async selectForCompare(message: number): Promise<ComparedMessage> {
    return Promise.resolve(this.compare.select(this.placeOf(message)));
  }

  getCompared(): Promise<ComparedMessage | undefined> {
    return Promise.resolve(this.compare.selected);
  }

  async compareWithSelected(message: number): Promise<void> {
    await this.compare.compare(this.placeOf(message));
  }

  private placeOf(message: number): ComparedPlace {
    this.check(message);
    const { path, messages } = this.trace;
    return { recording: path, message, seq: messages.seq(message), name: messages.name(message) };
  }

  private async bodyOf(message: number): Promise<LastBody> {
    this.check(message);
    if (this.last?.message !== message) {
      const record = await this.trace.frame(message);
      this.last = { message, record, bytes: bodyBytes(record.frame.body) };
    }
    return this.last;
  }

  private check(message: number): void {
    if (message >= this.trace.messages.count) {
      throw refused(
        'no-such-message',
        vscode.l10n.t('There is no message {0} in this trace.', message + 1),
      );
    }
  }
}
