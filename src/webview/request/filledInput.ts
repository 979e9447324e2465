/** What was filled in for a request, also where no field shows it at the moment. */
import type { RequestInput } from '../../core/protocol/requestForm/requestInput';

/**
 * Takes what the fields hold into what is known of the request. A field that is not shown, since the connection in
 * front does not carry it, keeps what was filled in; one that is shown and empty has nothing.
 */
export function mergeShown(
  filled: RequestInput,
  shown: readonly string[],
  read: RequestInput,
): RequestInput {
  const hidden = Object.entries(filled).filter(([name]) => !shown.includes(name));
  return { ...Object.fromEntries(hidden), ...read };
}
