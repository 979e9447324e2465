/** Finds where the body of an HTTP/1.1 message ends (RFC 9112, sections 6 and 7) while its bytes pass by. */
import { assertNever } from '../../core/base/assert';

export type BodyFraming =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

export interface BodyReader {
  /** True when nothing of the body is to come. */
  readonly done: boolean;
  /**
   * Takes what belongs to the body from the beginning of `bytes` and returns how many bytes that were.
   * `payload` gets the slices that are content, not framing. Throws an `Error` when the framing is broken.
   */
  read(bytes: Buffer, payload: (slice: Buffer) => void): number;
}

export function createBodyReader(framing: BodyFraming): BodyReader {
  switch (framing.kind) {
    case 'none':
      return new LengthReader(0);
    case 'length':
      return new LengthReader(framing.bytes);
    case 'chunked':
      return new ChunkedReader();
    case 'until-close':
      return new LengthReader(Number.POSITIVE_INFINITY);
    default:
      return assertNever(framing);
  }
}

class LengthReader implements BodyReader {
  constructor(private left: number) {}

  get done(): boolean {
    return this.left === 0;
  }

  read(bytes: Buffer, payload: (slice: Buffer) => void): number {
    const taken = Math.min(this.left, bytes.length);
    if (taken > 0) {
      this.left -= taken;
      payload(bytes.subarray(0, taken));
    }
    return taken;
  }
}

/** Longest chunk-size line or trailer section that is read. */
const MAX_LINE = 64 * 1024;

class ChunkedReader implements BodyReader {
  private state: 'size' | 'data' | 'data-end' | 'trailers' | 'done' = 'size';
  private line = '';
  private left = 0;

  get done(): boolean {
    return this.state === 'done';
  }

  read(bytes: Buffer, payload: (slice: Buffer) => void): number {
    let at = 0;
    while (at < bytes.length && this.state !== 'done') {
      if (this.state === 'data') {
        const end = Math.min(at + this.left, bytes.length);
        payload(bytes.subarray(at, end));
        this.left -= end - at;
        at = end;
        if (this.left === 0) {
          this.state = 'data-end';
        }
      } else {
        const lineEnd = bytes.indexOf(10, at);
        const end = lineEnd < 0 ? bytes.length : lineEnd + 1;
        this.line += bytes.toString('latin1', at, end);
        at = end;
        if (this.line.length > MAX_LINE) {
          throw new Error('a line of its chunked body is too long');
        }
        if (lineEnd >= 0) {
          this.takeLine(this.line.replace(/\r?\n$/, ''));
          this.line = '';
        }
      }
    }
    return at;
  }

  private takeLine(line: string): void {
    switch (this.state) {
      case 'size': {
        const [, size] = /^([0-9a-f]{1,13})[ \t]*(?:;.*)?$/i.exec(line) ?? [];
        if (size === undefined) {
          throw new Error('a chunk of its body has no size');
        }
        this.left = Number.parseInt(size, 16);
        this.state = this.left === 0 ? 'trailers' : 'data';
        break;
      }
      case 'data-end':
        if (line !== '') {
          throw new Error('a chunk of its body is longer than its size');
        }
        this.state = 'size';
        break;
      case 'trailers':
        if (line === '') {
          this.state = 'done';
        }
        break;
      case 'data':
      case 'done':
        break;
      default:
        assertNever(this.state);
    }
  }
}
