/** What goes wrong on purpose, so that clients can be tried against it. */
export interface Faults {
  /** The server takes everything and answers nothing. */
  hang: boolean;
  /** Everything that the server sends comes so many milliseconds late, in order. */
  delayMs: number;
}

export function noFaults(): Faults {
  return { hang: false, delayMs: 0 };
}
