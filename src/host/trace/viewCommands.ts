import type { CommandHandlers } from '../commands';
import type { TraceInFront } from './traceInFront';

type ViewCommand =
  'playPause' | 'nextFailure' | 'previousFailure' | 'nextPhase' | 'previousPhase' | 'showKeys';

/** Commands that the trace view in front carries out, for the palette and for keys that the editor owns. */
export function viewCommands(front: TraceInFront): Pick<CommandHandlers, ViewCommand> {
  return {
    playPause: () => front.act('togglePlay'),
    nextFailure: () => front.act('nextFailure'),
    previousFailure: () => front.act('previousFailure'),
    nextPhase: () => front.act('nextPhase'),
    previousPhase: () => front.act('previousPhase'),
    showKeys: () => front.act('showKeys'),
  };
}
