import { element, plainButton, setAttribute, setHidden, setText } from '../base/dom';
import { formatDuration } from '../base/format';
import { setIcon } from '../base/icons';
import type { PlayGoal } from '../../bridge/traceView';
import { SPEEDS, speedWords } from './speeds';

export interface PlayActions {
  toggle(): void;
  step(goal: PlayGoal, step: 1 | -1): void;
  setSpeed(speed: number): void;
  toggleSkip(): void;
}

/** The buttons of playback, left of the time strip. */
export class PlayBar {
  readonly element: HTMLElement;
  private readonly play: HTMLButtonElement;
  private readonly skip: HTMLButtonElement;
  private readonly speed = element('select', 'wi-play__speed', {
    'aria-label': 'Speed',
    title: 'Speed of playback (+ and -)',
  });
  private readonly skipped = element('span', 'wi-play__skipped');

  constructor(private readonly actions: PlayActions) {
    this.play = plainButton('wi-play__play', 'play', 'Play (Space)', () => actions.toggle());
    this.skip = plainButton('wi-button--toggle', 'skipPauses', 'Skip Pauses over 2 s (I)', () =>
      actions.toggleSkip(),
    );
    this.speed.append(
      ...SPEEDS.map((speed) => element('option', '', { value: String(speed) }, speedWords(speed))),
    );
    this.speed.addEventListener('change', () => actions.setSpeed(Number(this.speed.value)));
    this.element = element(
      'div',
      'wi-play',
      { role: 'group', 'aria-label': 'Playback' },
      this.stepButton('phase', -1, 'phaseBack', 'Previous Phase (<)'),
      this.stepButton('message', -1, 'stepBack', 'Previous Message (,)'),
      this.play,
      this.stepButton('message', 1, 'stepForward', 'Next Message (.)'),
      this.stepButton('phase', 1, 'phaseForward', 'Next Phase (>)'),
      this.stepButton('failure', -1, 'failureBack', 'Previous Failure (Shift+E)'),
      this.stepButton('failure', 1, 'failureForward', 'Next Failure (E)'),
      this.speed,
      this.skip,
      this.skipped,
    );
    setHidden(this.element, true);
    setHidden(this.skipped, true);
  }

  show(playing: boolean, speed: number, skips: boolean): void {
    setAttribute(this.play, 'title', playing ? 'Pause (Space)' : 'Play (Space)');
    setAttribute(this.play, 'aria-label', playing ? 'Pause' : 'Play');
    const icon = this.play.querySelector('svg');
    if (icon !== null) {
      setIcon(icon, playing ? 'pause' : 'play');
    }
    this.speed.value = String(speed);
    setAttribute(this.skip, 'aria-pressed', String(skips));
  }

  /** How much of a pause was left out just now; undefined: nothing. Milliseconds. */
  showSkipped(ms: number | undefined): void {
    setHidden(this.skipped, ms === undefined);
    setText(this.skipped, ms === undefined ? '' : `skipped ${formatDuration(ms)}`);
  }

  private stepButton(
    goal: PlayGoal,
    step: 1 | -1,
    icon: Parameters<typeof plainButton>[1],
    word: string,
  ): HTMLButtonElement {
    return plainButton(`wi-play__${goal}`, icon, word, () => this.actions.step(goal, step));
  }
}
