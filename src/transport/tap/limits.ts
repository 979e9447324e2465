/** How much a tap holds and how long it waits. What is cut is said so; traffic is never cut. */
export interface TapLimits {
  /** Bytes of one body or message that are recorded, as they crossed the wire and decoded. */
  readonly bodyBytes: number;
  /** Bytes that may wait for the recorder. */
  readonly queueBytes: number;
  /** Longest head of a request or response. */
  readonly headBytes: number;
  /** How long the server may take to accept a connection. */
  readonly connectMs: number;
  /** How long the recorder may take for what still waits when the tap is stopped. */
  readonly stopMs: number;
  /** An application without any connection for so long has ended. */
  readonly applicationIdleMs: number;
}

export const DEFAULT_LIMITS: TapLimits = {
  bodyBytes: 16 * 1024 * 1024,
  queueBytes: 128 * 1024 * 1024,
  headBytes: 256 * 1024,
  connectMs: 15_000,
  stopMs: 5_000,
  applicationIdleMs: 120_000,
};
