/**
 * Reads the WebSocket messages (RFC 6455, section 5) of one direction from bytes that have been sent on. It only
 * finds where messages begin and end; they are unmasked by {@link unmasked} and read by `messageReading.ts`.
 */
import { ensure } from '../../core/base/assert';

/** One frame's share of a message: slices of what came, and the key that masks them. */
export interface MaskedPart {
  readonly slices: readonly Buffer[];
  readonly length: number;
  /** Four bytes; absent: not masked. */
  readonly mask?: Buffer;
}

/** A data message as it crossed the wire. */
export interface RawMessage {
  readonly opcode: typeof TEXT | typeof BINARY;
  /** True when the first frame had RSV1 set (RFC 7692, section 6). */
  readonly compressed: boolean;
  readonly parts: readonly MaskedPart[];
  /** Bytes of payload that are kept in `parts`. */
  readonly kept: number;
  /** Bytes of payload that crossed the wire; more than `kept` where the limit cut it. */
  readonly length: number;
}

export interface CloseFrame {
  readonly code: number | undefined;
  readonly reason: string;
}

export interface WebSocketHandler {
  message(message: RawMessage): void;
  close(frame: CloseFrame): void;
}

export const TEXT = 1;
export const BINARY = 2;
const CONTINUATION = 0;
const CLOSE = 8;

interface Building {
  readonly opcode: typeof TEXT | typeof BINARY;
  readonly compressed: boolean;
  readonly parts: MaskedPart[];
  kept: number;
  length: number;
}

/** State while the payload of a frame passes. */
interface Payload {
  readonly fin: boolean;
  readonly control: boolean;
  readonly opcode: number;
  readonly mask: Buffer | undefined;
  slices: Buffer[];
  kept: number;
  left: number;
}

export class WebSocketReader {
  private header: Buffer | undefined;
  private payload: Payload | undefined;
  private building: Building | undefined;

  /** `maxKept`: bytes of a message that are kept. */
  constructor(
    private readonly handler: WebSocketHandler,
    private readonly maxKept: number,
  ) {}

  /** Throws an `Error` when the bytes are no WebSocket frames; nothing can be read after that. */
  read(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length || this.payload?.left === 0) {
      if (this.payload === undefined) {
        at = this.readHeader(bytes, at);
      } else {
        const end = Math.min(bytes.length, at + this.payload.left);
        this.takePayload(this.payload, bytes.subarray(at, end));
        at = end;
      }
    }
  }

  /** Forgets what has begun: the next bytes begin with a frame, and a message. */
  reset(): void {
    this.header = undefined;
    this.payload = undefined;
    this.building = undefined;
  }

  private readHeader(bytes: Buffer, from: number): number {
    const begun = this.header?.length ?? 0;
    const head =
      this.header === undefined
        ? bytes.subarray(from, from + 14)
        : Buffer.concat([this.header, bytes.subarray(from, from + 14)]);
    const length = headerLength(head);
    if (length === undefined || head.length < length) {
      this.header = Buffer.from(head);
      return bytes.length;
    }
    this.header = undefined;
    this.payload = this.begin(head.subarray(0, length));
    return from + length - begun;
  }

  private begin(header: Buffer): Payload {
    const first = header.readUInt8(0);
    const second = header.readUInt8(1);
    const opcode = first & 15;
    const control = opcode >= CLOSE;
    const short = second & 127;
    const left =
      short < 126
        ? short
        : short === 126
          ? header.readUInt16BE(2)
          : header.readUInt32BE(2) * 2 ** 32 + header.readUInt32BE(6);
    check((first & 0x30) === 0, 'a frame has reserved bits set');
    check(opcode <= BINARY || (opcode >= CLOSE && opcode <= 10), 'a frame has an unknown opcode');
    check(Number.isSafeInteger(left), 'a frame is longer than can be');
    check(!control || ((first & 0x80) !== 0 && left < 126), 'a control frame is not as it must be');
    if (!control) {
      check(
        (opcode === CONTINUATION) === (this.building !== undefined),
        'its fragments are mixed up',
      );
      this.building ??= {
        opcode: opcode === TEXT ? TEXT : BINARY,
        compressed: (first & 0x40) !== 0,
        parts: [],
        kept: 0,
        length: 0,
      };
      this.building.length += left;
    }
    return {
      fin: (first & 0x80) !== 0,
      control,
      opcode,
      mask: second & 0x80 ? Buffer.from(header.subarray(header.length - 4)) : undefined,
      slices: [],
      kept: 0,
      left,
    };
  }

  private takePayload(payload: Payload, slice: Buffer): void {
    payload.left -= slice.length;
    if (slice.length > 0) {
      this.keep(payload, slice);
    }
    if (payload.left > 0) {
      return;
    }
    this.payload = undefined;
    const { mask, slices, kept: length } = payload;
    const part = mask === undefined ? { slices, length } : { slices, length, mask };
    if (payload.control) {
      if (payload.opcode === CLOSE) {
        this.handler.close(closeFrame(unmasked([part])));
      }
      return;
    }
    const building = ensure(this.building, 'a data frame belongs to a message');
    building.parts.push(part);
    if (payload.fin) {
      this.building = undefined;
      this.handler.message(building);
    }
  }

  private keep(payload: Payload, slice: Buffer): void {
    const { building } = this;
    if (payload.control || building === undefined) {
      payload.slices.push(slice);
      payload.kept += slice.length;
      return;
    }
    const kept = slice.subarray(0, this.maxKept - building.kept);
    if (kept.length === 0) {
      return;
    }
    payload.slices.push(kept);
    payload.kept += kept.length;
    building.kept += kept.length;
  }
}

/** The payload of a message in one piece, unmasked. */
export function unmasked(parts: readonly MaskedPart[]): Buffer {
  const [only] = parts;
  const [slice] = only?.slices ?? [];
  if (parts.length === 1 && only?.mask === undefined && only?.slices.length === 1 && slice) {
    return slice;
  }
  const bytes = Buffer.concat(parts.flatMap(({ slices }) => slices));
  let at = 0;
  for (const { mask, length } of parts) {
    if (mask !== undefined) {
      applyMask(bytes, at, at + length, mask);
    }
    at += length;
  }
  return bytes;
}

/** Unmasks by 32-bit words, and byte by byte before the first and behind the last word. */
function applyMask(bytes: Buffer, start: number, end: number, mask: Buffer): void {
  const unaligned = (4 - ((bytes.byteOffset + start) & 3)) & 3;
  const firstWord = Math.min(end, start + unaligned);
  const count = (end - firstWord) >> 2;
  applyMaskByByte(bytes, start, firstWord, start, mask);
  if (count > 0) {
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset + firstWord, count);
    // The key as it falls on a word, in the byte order of this machine.
    const key = Uint8Array.from({ length: 4 }, (_, at) => mask[(firstWord - start + at) & 3] ?? 0);
    const word = new Uint32Array(key.buffer)[0] ?? 0;
    for (let at = 0; at < count; at++) {
      words[at] = (words[at] ?? 0) ^ word;
    }
  }
  applyMaskByByte(bytes, firstWord + count * 4, end, start, mask);
}

function applyMaskByByte(
  bytes: Buffer,
  from: number,
  to: number,
  start: number,
  mask: Buffer,
): void {
  for (let at = from; at < to; at++) {
    bytes[at] = (bytes[at] ?? 0) ^ (mask[(at - start) & 3] ?? 0);
  }
}

/** Length of a frame's header; undefined while too little of it is there to tell. */
function headerLength(head: Buffer): number | undefined {
  const second = head[1];
  if (second === undefined) {
    return undefined;
  }
  const short = second & 127;
  return 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + (second & 0x80 ? 4 : 0);
}

function closeFrame(payload: Buffer): CloseFrame {
  return payload.length < 2
    ? { code: undefined, reason: '' }
    : { code: payload.readUInt16BE(0), reason: payload.toString('utf8', 2) };
}

function check(condition: boolean, text: string): void {
  if (!condition) {
    throw new Error(text);
  }
}
