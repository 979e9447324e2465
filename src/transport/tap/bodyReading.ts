/** Makes a frame's body of the bytes that crossed the wire. */
import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate, inflateRaw } from 'node:zlib';
import { messageOf } from '../../core/base/result';
import type { FrameBody } from '../../core/protocol/frame';

export interface ReadBody {
  readonly body: FrameBody;
  /** True when it was compressed and is not any more. */
  readonly decoded?: boolean;
  readonly error?: string;
}

const TEXT_TYPE =
  /^(?:text\/|application\/(?:[\w.+-]*[+.])?(?:json|xml|javascript|x-www-form-urlencoded)\b)/i;
const MARKUP_START = /^[\s\ufeff]*[[{<]/;

const decompressGzip = promisify(gunzip);
const decompressDeflate = promisify(inflate);
const decompressRawDeflate = promisify(inflateRaw);
const decompressBrotli = promisify(brotliDecompress);

/** Codings that {@link decodedHttpBody} decodes. */
export const KNOWN_CODINGS: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'deflate', 'br']);

/**
 * Of the codings that a head names (`Content-Encoding`, then `Transfer-Encoding`), those that change the bytes, in
 * lower case and in the order of application.
 */
export function effectiveCodings(codings: readonly string[]): readonly string[] {
  return codings.filter((coding) => coding !== 'identity' && coding !== 'chunked');
}

/** Text where the type says so, or where it looks like JSON or XML whatever the type says. */
export function httpBody(bytes: Buffer, contentType: string | undefined): FrameBody {
  if (bytes.length === 0) {
    return { kind: 'none' };
  }
  const isTextLike =
    (contentType !== undefined && TEXT_TYPE.test(contentType)) ||
    MARKUP_START.test(bytes.toString('latin1', 0, 64));
  return isTextLike && isUtf8(bytes)
    ? { kind: 'text', text: bytes.toString('utf8') }
    : { kind: 'bytes', bytes };
}

/**
 * Decodes a compressed HTTP body. Of one that cannot be decoded, or is larger than `maxBytes` decoded, only length
 * and reason are told: nobody could find the secrets in it. Never rejects.
 */
export async function decodedHttpBody(
  bytes: Buffer,
  contentType: string | undefined,
  codings: readonly string[],
  maxBytes: number,
): Promise<ReadBody> {
  let decoded = bytes;
  try {
    for (const coding of [...codings].reverse()) {
      decoded = await decompress(decoded, coding, maxBytes);
    }
  } catch (error) {
    const why =
      error instanceof RangeError
        ? `would be larger than ${maxBytes} bytes when decoded`
        : `could not be decoded (${messageOf(error)})`;
    return {
      body: { kind: 'none' },
      error:
        `The body is compressed (${codings.join(', ')}) and ${why}; ` +
        `its ${bytes.length} bytes were not recorded`,
    };
  }
  return { body: httpBody(decoded, contentType), decoded: true };
}

/** The body of a text or binary message. Text that is not UTF-8 stays bytes. */
export function webSocketBody(bytes: Buffer, isText: boolean): FrameBody {
  if (isText && isUtf8(bytes)) {
    return { kind: 'text', text: bytes.toString('utf8') };
  }
  return { kind: 'bytes', bytes };
}

/** Runs beside the event loop, which goes on forwarding. A body that was cut gives what is there of it. */
async function decompress(bytes: Buffer, coding: string, maxBytes: number): Promise<Buffer> {
  const zlib = { maxOutputLength: maxBytes, finishFlush: constants.Z_SYNC_FLUSH };
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return decompressGzip(bytes, zlib);
    case 'deflate':
      // Some servers leave out the zlib header (RFC 9110, section 8.4.1.2).
      return ((bytes[0] ?? 0) & 15) === 8
        ? decompressDeflate(bytes, zlib)
        : decompressRawDeflate(bytes, zlib);
    case 'br':
      return decompressBrotli(bytes, {
        maxOutputLength: maxBytes,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      });
    default:
      throw new Error('this coding is not known');
  }
}
