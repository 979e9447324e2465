/** `send`: from the application to the server. `receive`: from the server to the application. */
export type Direction = 'send' | 'receive';

/** What a frame carried, as it was. Text is what was valid UTF-8 in a text frame or a text-like body. */
export type FrameBody =
  { readonly kind: 'none' } | TextBody | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export interface TextBody {
  readonly kind: 'text';
  readonly text: string;
  /** The text in UTF-8, where it came so. `text` may be made of it when it is read, which takes longer than most need. */
  readonly utf8?: Uint8Array;
}

/** Header fields in the order and case of the wire; a name may occur more than once. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/**
 * Header fields that a tap rewrote so that application and server can work through it: what the application
 * sent or got beside what the server got or sent.
 */
export type MappedHeaders = readonly (readonly [
  name: string,
  applicationForm: string,
  serverForm: string,
])[];

/** What the transport carried: one WebSocket message, one HTTP request or one HTTP response. */
export type Frame = WebSocketFrame | HttpRequestFrame | HttpResponseFrame;

export interface WebSocketFrame {
  readonly kind: 'websocket';
  readonly direction: Direction;
  readonly body: FrameBody;
  /** Why the body is not whole, or not readable. */
  readonly error?: string;
}

export interface HttpRequestFrame {
  readonly kind: 'http-request';
  readonly direction: 'send';
  /** Number of the exchange within its connection; the response has the same. */
  readonly exchange: number;
  readonly method: string;
  /** Absolute URL of the server's side. */
  readonly url: string;
  /** As the server got them. */
  readonly headers: HeaderList;
  /** What stood otherwise on the application's side of a tap. */
  readonly mapped?: MappedHeaders;
  readonly body: FrameBody;
  /** True when the body was compressed on the wire and stands here decoded. */
  readonly decoded?: boolean;
  /** Why the body is not whole. */
  readonly error?: string;
}

export interface HttpResponseFrame {
  readonly kind: 'http-response';
  readonly direction: 'receive';
  readonly exchange: number;
  /** 0 when no response came. */
  readonly status: number;
  readonly statusText: string;
  /** As the server sent them. */
  readonly headers: HeaderList;
  /** What stood otherwise on the application's side of a tap. */
  readonly mapped?: MappedHeaders;
  readonly body: FrameBody;
  readonly decoded?: boolean;
  /** Why there is no response, or why the body is not whole. */
  readonly error?: string;
}
