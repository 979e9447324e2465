import type { FrameBody } from '../../core/protocol/frame';
import { webSocketBody } from './bodyReading';
import type { DeflateReader } from './deflateReader';
import { TEXT, unmasked, type RawMessage } from './webSocketReader';

export interface ReadMessage {
  readonly body: FrameBody;
  readonly error?: string;
}

/**
 * Unmasks and inflates a message. Of one that cannot be inflated only length and reason are told: nobody could find
 * the secrets in it.
 */
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
  const unread = (why: string): ReadMessage => ({
    body: { kind: 'none' },
    error: `${why}; its ${message.length} bytes were not recorded`,
  });
  if (isCut) {
    deflate?.skip();
    return unread(`It is compressed and larger than the ${message.kept} bytes that are kept`);
  }
  if (deflate === undefined) {
    return unread('It says to be compressed, which was not agreed');
  }
  const inflated = deflate.inflate(payload);
  if (!inflated.ok) {
    return unread(inflated.error.message);
  }
  const body = webSocketBody(inflated.value, isText);
  return isText && body.kind === 'bytes'
    ? { body, error: 'It says to be text and is not UTF-8' }
    : { body };
}
