import { element, iconButton, setAttribute, setHidden, setText } from '../base/dom';

/** How much of the file has been read, as a line and in words, with a way to stop there. */
export class Progress {
  readonly element: HTMLElement;
  private readonly bar = element('div', 'wi-progress__bar');
  private readonly track: HTMLElement;
  private readonly text = element('span', 'wi-progress__text');

  constructor(onCancel: () => void) {
    this.track = element(
      'div',
      'wi-progress__track',
      {
        role: 'progressbar',
        'aria-label': 'Reading the recording',
        'aria-valuemin': '0',
        'aria-valuemax': '100',
      },
      this.bar,
    );
    const cancel = iconButton('', 'stop', 'Cancel', onCancel);
    cancel.title = 'Stop reading: what was read so far stays';
    this.element = element('div', 'wi-progress', {}, this.track, this.text, cancel);
    this.element.hidden = true;
  }

  /** 0..1; undefined when done. */
  update(share: number | undefined): void {
    setHidden(this.element, share === undefined);
    const percent = Math.round(Math.min(Math.max(share ?? 0, 0), 1) * 100);
    setAttribute(this.track, 'aria-valuenow', String(percent));
    setText(this.text, `Reading the recording: ${percent} %`);
    this.bar.style.transform = `scaleX(${percent / 100})`;
  }
}
