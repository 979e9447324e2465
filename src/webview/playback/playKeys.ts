import type { ShortcutActions } from '../shortcuts';
import type { PlaybackControl } from './playbackControl';

type PlayKey =
  | 'togglePlay'
  | 'nextMessage'
  | 'previousMessage'
  | 'nextPhase'
  | 'previousPhase'
  | 'nextFailure'
  | 'previousFailure'
  | 'faster'
  | 'slower'
  | 'skipPauses';

/** What the keys of playback do. */
export function playKeys(playback: PlaybackControl): Pick<ShortcutActions, PlayKey> {
  return {
    togglePlay: () => playback.toggle(),
    nextMessage: () => playback.step('message', 1),
    previousMessage: () => playback.step('message', -1),
    nextPhase: () => playback.step('phase', 1),
    previousPhase: () => playback.step('phase', -1),
    nextFailure: () => playback.step('failure', 1),
    previousFailure: () => playback.step('failure', -1),
    faster: () => playback.changeSpeed(1),
    slower: () => playback.changeSpeed(-1),
    skipPauses: () => playback.toggleSkip(),
  };
}
