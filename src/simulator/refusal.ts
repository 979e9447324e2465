/**
 * The server says no. `code` is a code of Platform SDK's `Errors` enumeration; the words are ours, since the
 * real server's are not public.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}
