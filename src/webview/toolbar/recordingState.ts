import { assertNever } from '../../core/base/assert';
import type { TraceOverview } from '../../bridge/traceView';
import { element, iconButton, setAttribute, setHidden, setText } from '../base/dom';
import { createIcon, setIcon, type IconName } from '../base/icons';

export type RecordingCommand = 'pause' | 'resume' | 'stop';

/** Whether what comes is written down, in a word, and the switches that change it. */
export class RecordingState {
  readonly element: HTMLElement;
  private readonly icon = createIcon('file');
  private readonly word = element('span', 'wi-recording__word');
  private readonly state: HTMLElement;
  private readonly pause: HTMLButtonElement;
  private readonly resume: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;

  constructor(run: (command: RecordingCommand) => void) {
    this.state = element('span', 'wi-recording__state', { role: 'status' }, this.icon, this.word);
    this.pause = iconButton('', 'pause', 'Pause', () => run('pause'));
    this.pause.title = 'Pause recording: what passes meanwhile is not written down';
    this.resume = iconButton('', 'play', 'Resume', () => run('resume'));
    this.resume.title = 'Resume recording';
    this.stop = iconButton('', 'stop', 'Stop', () => run('stop'));
    this.stop.title = 'Stop recording and end the session';
    this.element = element(
      'div',
      'wi-recording',
      { role: 'group', 'aria-label': 'Recording' },
      this.state,
      this.pause,
      this.resume,
      this.stop,
    );
  }

  update(recording: TraceOverview['recording']): void {
    const { word, icon, hint } = stateWords(recording);
    setIcon(this.icon, icon);
    setText(this.word, word);
    setAttribute(this.state, 'title', hint);
    setAttribute(this.state, 'class', `wi-recording__state wi-recording__state--${recording}`);
    setHidden(this.pause, recording !== 'live');
    setHidden(this.resume, recording !== 'paused');
    setHidden(this.stop, recording !== 'live' && recording !== 'paused');
  }
}

interface StateWords {
  readonly word: string;
  readonly icon: IconName;
  readonly hint: string;
}

function stateWords(recording: TraceOverview['recording']): StateWords {
  switch (recording) {
    case 'live':
      return { word: 'Recording', icon: 'record', hint: 'Everything that passes is written down' };
    case 'paused':
      return { word: 'Paused', icon: 'pause', hint: 'What passes now is not written down' };
    case 'ended':
      return { word: 'Ended', icon: 'flag', hint: 'The session has ended; its recording is whole' };
    case 'file':
      return { word: 'Recording File', icon: 'file', hint: 'A recording that was made before' };
    default:
      return assertNever(recording);
  }
}
