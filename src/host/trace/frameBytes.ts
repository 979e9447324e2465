/** The bytes of a frame's body as they are recorded, in parts. */
import type { FrameBytes } from '../../bridge/detailsMethods';
import type { FrameBody } from '../../core/protocol/frame';
import type { FrameRecord } from '../../core/trace/records';

/** What the recorder writes in the place of a secret. */
const PSEUDONYM = /~secret-\d{1,9}~|~secret~/g;
/** No pseudonym is longer. */
const LONGEST = 32;

/** UTF-8 for a text: a frame's text was valid UTF-8 on the wire, so these are its bytes. */
export function bodyBytes(body: FrameBody): Uint8Array {
  switch (body.kind) {
    case 'none':
      return new Uint8Array(0);
    case 'text':
      return body.utf8 ?? Buffer.from(body.text, 'utf8');
    case 'bytes':
      return body.bytes;
  }
}

/** A part of the bytes, and where the recorder replaced secrets in it. Beyond the end it is shorter, or empty. */
export function bytesPart(
  bytes: Uint8Array,
  record: Pick<FrameRecord, 'redacted'>,
  offset: number,
  count: number,
): FrameBytes {
  const part = bytes.subarray(offset, offset + count);
  return {
    offset,
    total: bytes.length,
    base64: Buffer.from(part.buffer, part.byteOffset, part.length).toString('base64'),
    secrets: record.redacted > 0 ? secretsIn(bytes, offset, offset + part.length) : [],
  };
}

/** Whole pseudonyms that reach into a part; one may begin before it, or end after it. */
function secretsIn(bytes: Uint8Array, from: number, to: number): readonly [number, number][] {
  const start = Math.max(0, from - LONGEST);
  const around = bytes.subarray(start, to + LONGEST);
  const text = Buffer.from(around.buffer, around.byteOffset, around.length).toString('latin1');
  return [...text.matchAll(PSEUDONYM)]
    .map(({ index, 0: found }): [number, number] => [start + index, start + index + found.length])
    .filter(([begin, end]) => end > from && begin < to);
}

/** Bytes as text for the clipboard: two digits each, or the text that they are. */
export function bytesText(bytes: Uint8Array, form: 'hex' | 'text'): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return form === 'text'
    ? buffer.toString('utf8')
    : buffer.toString('hex').replace(/..(?!$)/g, '$& ');
}
