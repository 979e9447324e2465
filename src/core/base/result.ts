/** An expected outcome: `value`, or `error` in words a person can act on. */
export type Result<T, E = Failure> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** A failure that was to be expected (network, file, bad input). `code` is stable, `message` is for a person. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function failed(
  code: string,
  message: string,
): { readonly ok: false; readonly error: Failure } {
  return { ok: false, error: { code, message } };
}

/**
 * `failure`: something was tried and went wrong. `refusal`: nothing was tried, as it cannot be done as things stand;
 * the words say what to do first.
 */
export type ExpectedKind = 'failure' | 'refusal';

/** An expected failure on its way through code that throws. */
export class ExpectedError extends Error {
  override readonly name = 'ExpectedError';
  readonly kind: ExpectedKind;
  constructor(
    readonly code: string,
    message: string,
    options?: { readonly cause?: unknown; readonly kind?: ExpectedKind },
  ) {
    super(message);
    this.kind = options?.kind ?? 'failure';
    if (options !== undefined) {
      this.cause = options.cause;
    }
  }
  override cause?: unknown;
}

/** Something that cannot be done as things stand: to be told without alarm. */
export function refused(code: string, message: string): ExpectedError {
  return new ExpectedError(code, message, { kind: 'refusal' });
}

/** The words of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
