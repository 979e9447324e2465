/** Follows the HTTP/1.1 messages of one direction through bytes that pass: where each head and body ends. */
import { messageOf } from '../../core/base/result';
import { createBodyReader, type BodyFraming, type BodyReader } from './httpBody';
import { endOfHead } from './httpHead';

export interface HttpHandler {
  /**
   * A whole head. Returns how its body ends, or `stop`: what comes behind it is no HTTP that this reader should
   * read, and goes to {@link rest}.
   */
  head(bytes: Buffer): BodyFraming | 'stop';
  /** Bytes to send on as they are: everything but heads. */
  pass(bytes: Buffer): void;
  /** Content of a body; has been passed already. */
  payload(slice: Buffer): void;
  /** The message whose head came last is whole. */
  end(): void;
  /** The bytes are not what HTTP/1.1 says; from here on all go to {@link rest}. */
  broken(reason: string, part: 'head' | 'body'): void;
  rest(bytes: Buffer): void;
}

export class HttpReader {
  private head: Buffer | undefined;
  private searched = 0;
  private body: BodyReader | undefined;
  private untilClose = false;
  private stopped = false;

  constructor(
    private readonly handler: HttpHandler,
    private readonly maxHeadBytes: number,
  ) {}

  /** True within a body. */
  get inBody(): boolean {
    return this.body !== undefined;
  }

  read(bytes: Buffer): void {
    let left = bytes;
    while (left.length > 0) {
      if (this.stopped) {
        this.handler.rest(left);
        return;
      }
      left = this.body === undefined ? this.readHead(left) : this.readBody(this.body, left);
    }
  }

  /** No more bytes will come. A body that lasts until then is whole. */
  close(): void {
    if (this.untilClose && this.body !== undefined) {
      this.endMessage();
    }
  }

  /** What comes from now on goes to {@link HttpHandler.rest}. */
  stop(): void {
    this.stopped = true;
  }

  private readHead(bytes: Buffer): Buffer {
    if (this.head === undefined) {
      // Empty lines before a message are tolerated (RFC 9112, section 2.2).
      const start = bytes.findIndex((byte) => byte !== 10 && byte !== 13);
      if (start !== 0) {
        const blank = start < 0 ? bytes.length : start;
        this.handler.pass(bytes.subarray(0, blank));
        return bytes.subarray(blank);
      }
    }
    const begun = this.head?.length ?? 0;
    const all = this.head === undefined ? bytes : Buffer.concat([this.head, bytes]);
    const end = endOfHead(all, Math.max(0, this.searched - 2));
    if ((end < 0 ? all.length : end) > this.maxHeadBytes) {
      return this.break(all, 'head', `its head is longer than ${this.maxHeadBytes} bytes`);
    }
    if (end < 0) {
      this.head = all;
      this.searched = all.length;
      return bytes.subarray(bytes.length);
    }
    this.head = undefined;
    this.searched = 0;
    const framing = this.handler.head(all.subarray(0, end));
    if (framing === 'stop') {
      this.stopped = true;
    } else {
      this.untilClose = framing.kind === 'until-close';
      this.body = createBodyReader(framing);
      if (this.body.done) {
        this.endMessage();
      }
    }
    return bytes.subarray(end - begun);
  }

  private readBody(body: BodyReader, bytes: Buffer): Buffer {
    const slices: Buffer[] = [];
    let taken: number;
    try {
      taken = body.read(bytes, (slice) => slices.push(slice));
    } catch (error) {
      this.body = undefined;
      return this.break(bytes, 'body', messageOf(error));
    }
    this.handler.pass(bytes.subarray(0, taken));
    for (const slice of slices) {
      this.handler.payload(slice);
    }
    if (body.done) {
      this.endMessage();
    }
    return bytes.subarray(taken);
  }

  private endMessage(): void {
    this.body = undefined;
    this.untilClose = false;
    this.handler.end();
  }

  /** Gives back the bytes that are not understood: they are the rest. */
  private break(bytes: Buffer, part: 'head' | 'body', reason: string): Buffer {
    this.head = undefined;
    this.stopped = true;
    this.handler.broken(reason, part);
    return bytes;
  }
}
