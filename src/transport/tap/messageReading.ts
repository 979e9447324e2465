import type { FrameBody } from '../../core/protocol/frame';
import { webSocketBody } from './bodyReading';
import type { DeflateReader } from './deflateReader';
import { TEXT, unmasked, type RawMessage } from './webSocketReader';

export interface ReadMessage {
  readonly body: FrameBody;
  readonly error?: string;
}

/** Unmasks and inflates a message. What cannot be read stays the bytes that came, with the reason. */
export function readMessage(message: RawMessage, deflate: DeflateReader | undefined): ReadMessage {
  const payload = unmasked(message.parts);
  const isText = message.opcode === TEXT;
  const isCut = message.kept < message.length;
  const cut = isCut
    ? `Only the first ${message.kept} of ${message.length} bytes were recorded`
    : undefined;
  if (!message.compressed) {
    const body = webSocketBody(payload, isText);
    const error =
      cut ?? (isText && body.kind === 'bytes' ? 'It says to be text and is not UTF-8' : undefined);
    return error === undefined ? { body } : { body, error };
  }
  const bytes: FrameBody = { kind: 'bytes', bytes: payload };
  if (cut !== undefined) {
    deflate?.skip();
    return { body: bytes, error: `${cut}; they are compressed and stand here as they came` };
  }
  if (deflate === undefined) {
    return { body: bytes, error: 'It says to be compressed, which was not agreed' };
  }
  const inflated = deflate.inflate(payload);
  if (!inflated.ok) {
    return { body: bytes, error: `${inflated.error.message}; it stands here as it came` };
  }
  const body = webSocketBody(inflated.value, isText);
  return isText && body.kind === 'bytes'
    ? { body, error: 'It says to be text and is not UTF-8' }
    : { body };
}
