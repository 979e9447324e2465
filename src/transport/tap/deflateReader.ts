/** Inflates what permessage-deflate (RFC 7692) compressed, on a copy and with the parameters that were negotiated. */
import { inflateRawSync, constants } from 'node:zlib';
import { failed, messageOf, ok, type Result } from '../../core/base/result';
import type { Direction } from '../../core/protocol/frame';

const TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]);
/** The name of permessage-deflate at the beginning of an extension, in lower case. */
export const DEFLATE_EXTENSION = /^permessage-deflate\s*(?:;|$)/;
/** How far a deflate stream can look back. */
const WINDOW = 32 * 1024;

/**
 * Readers for both directions by what the server agreed to in `Sec-WebSocket-Extensions` (its members, in lower
 * case); undefined when nothing is compressed.
 */
export function createDeflateReaders(
  extensions: readonly string[],
  maxBytes: number,
): Readonly<Record<Direction, DeflateReader>> | undefined {
  const extension = extensions.find((member) => DEFLATE_EXTENSION.test(member));
  if (extension === undefined) {
    return undefined;
  }
  const parameters = extension.split(';').map((parameter) => parameter.trim());
  const takesOver = (side: string): boolean => !parameters.includes(`${side}_no_context_takeover`);
  return {
    send: new DeflateReader(takesOver('client'), maxBytes),
    receive: new DeflateReader(takesOver('server'), maxBytes),
  };
}

/**
 * Inflates the messages of one direction, in order. What a message may refer to in earlier ones is handed to
 * zlib as a dictionary, so that no stream is held open between messages.
 */
export class DeflateReader {
  private window = Buffer.alloc(0);
  private broken = false;

  /** `maxBytes`: how large an inflated message may be. */
  constructor(
    private readonly contextTakeover: boolean,
    private readonly maxBytes: number,
  ) {}

  inflate(payload: Buffer): Result<Buffer> {
    if (this.broken) {
      return failed(
        'no-context',
        'It is compressed and needs an earlier message that was not read',
      );
    }
    let bytes: Buffer;
    try {
      bytes = inflateRawSync(Buffer.concat([payload, TAIL]), {
        dictionary: this.window,
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: this.maxBytes,
      });
    } catch (error) {
      this.skip();
      const tooLarge = error instanceof RangeError;
      return failed(
        tooLarge ? 'too-large' : 'not-deflate',
        tooLarge
          ? `It is compressed and would be larger than ${this.maxBytes} bytes`
          : `It is not compressed as was agreed (${messageOf(error)})`,
      );
    }
    if (this.contextTakeover) {
      const joined = bytes.length >= WINDOW ? bytes : Buffer.concat([this.window, bytes]);
      this.window = Buffer.from(joined.subarray(-WINDOW));
    }
    return ok(bytes);
  }

  /** A compressed message was not read: later ones may refer to it. */
  skip(): void {
    this.broken = this.contextTakeover;
  }
}
