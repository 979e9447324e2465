/** Fails when the programmer was wrong; never for bad input. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) {
    throw new Error(`Assertion failed: ${message}`);
  }
}

/** The value, which the programmer knows to be there. */
export function ensure<T>(value: T | undefined | null, message: string): T {
  if (value === undefined || value === null) {
    throw new Error(`Assertion failed: ${message}`);
  }
  return value;
}

/** Ends an exhaustive switch: does not compile when a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${String(value)}`);
}
