import type { Direction } from '../../core/protocol/frame';
import type { Application } from './applications';
import type { DeflateReader } from './deflateReader';
import type { Observation } from './observation';
import type { WebSocketReading } from './webSocketReading';

/** What the recording side remembers of one connection that an application made to the tap. */
export interface RecordedLink {
  /** Whose connection it is, as far as its requests have told. */
  application: Application | undefined;
  /** Number of the connection that a WebSocket has to itself. */
  ownConnection: number | undefined;
  /** Exchanges on `ownConnection`. */
  ownExchanges: number;
  /** The handshake of a WebSocket of which it is not known yet what it carries. */
  held: Extract<Observation, { readonly kind: 'request' | 'response' }>[] | undefined;
  /** Set while a WebSocket is open. */
  webSocket: WebSocketReading | undefined;
  /** Where the messages of a WebSocket are recorded. */
  messagesOn: number | undefined;
  deflate: Readonly<Record<Direction, DeflateReader>> | undefined;
}

export function createRecordedLink(): RecordedLink {
  return {
    application: undefined,
    ownConnection: undefined,
    ownExchanges: 0,
    held: undefined,
    webSocket: undefined,
    messagesOn: undefined,
    deflate: undefined,
  };
}
