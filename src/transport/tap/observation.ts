/** What a tap has seen pass, not yet decoded: the forwarding side tells it, the recording side reads it later. */
import type { Direction, MappedHeaders } from '../../core/protocol/frame';
import type { CloseRecord } from '../../core/trace/records';
import type { RequestHead, ResponseHead } from './httpHead';
import type { RecordedLink } from './recordedLink';

/** A body as it crossed the wire, without the framing of chunks. */
export interface RawBody {
  readonly slices: readonly Buffer[];
  readonly kept: number;
  /** Why it is not whole. */
  readonly error?: string;
}

/** One HTTP exchange. */
export interface Exchange {
  readonly method: string;
  /** Absolute, on the server's side. */
  readonly url: string;
  /** The server's form. */
  readonly head: RequestHead;
  readonly mapped: MappedHeaders;
  /** The application's `Host`. */
  readonly authority: string;
  /** The protocol that the request asks to change to, in lower case. */
  readonly upgrade: string | undefined;
  /** Set by the recording side: where the request was recorded. */
  recorded?: { readonly connection: number; readonly number: number };
}

export type Observation =
  | {
      readonly kind: 'request';
      readonly at: number;
      readonly link: RecordedLink;
      readonly exchange: Exchange;
      readonly body: RawBody;
    }
  | {
      readonly kind: 'response';
      readonly at: number;
      readonly link: RecordedLink;
      readonly exchange: Exchange;
      /** The server's form; absent when no response came. */
      readonly head: ResponseHead | undefined;
      readonly mapped: MappedHeaders;
      readonly body: RawBody;
    }
  | {
      /** What came on a WebSocket. */
      readonly kind: 'bytes';
      readonly at: number;
      readonly link: RecordedLink;
      readonly direction: Direction;
      readonly bytes: Buffer;
      /** True when bytes before these were not kept; these begin with a message. */
      readonly afterLoss: boolean;
    }
  /** `missed` frames were not recorded; 0: something else than whole frames, or nobody knows. */
  | {
      readonly kind: 'gap';
      readonly at: number;
      readonly link: RecordedLink;
      readonly reason: string;
      readonly missed: number;
    }
  | {
      readonly kind: 'ended';
      readonly at: number;
      readonly link: RecordedLink;
      readonly by: CloseRecord['by'];
      readonly reason: string;
    };
