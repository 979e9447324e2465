import { ROW_COMMANDS, type RowCommand } from '../../bridge/rowActions';
import type { TraceInFront } from './traceInFront';

/** The commands that the view in front carries out itself: it knows what is selected. */
export function rowCommandHandlers(
  front: Pick<TraceInFront, 'perform'>,
): Readonly<Record<RowCommand, () => void>> {
  const handlers = ROW_COMMANDS.map((command) => [command, () => front.perform(command)] as const);
  // Each of the commands has its handler, as the list is that of the type.
  return Object.fromEntries(handlers) as Record<RowCommand, () => void>;
}
