import { element, setHidden, setText } from '../base/dom';
import { xOf, type StripScale } from './stripScale';

/** Pixels beside the line that still grip it. */
const GRIP = 5;

/** The line on the time strip where playback stands, with its time. */
export class PositionMark {
  private readonly time = element('span', 'wi-position__time');
  readonly element = element('div', 'wi-position', { 'aria-hidden': 'true' }, this.time);
  /** Milliseconds of the recording. */
  private at: number | undefined;

  constructor() {
    setHidden(this.element, true);
  }

  move(at: number): void {
    this.at = at;
  }

  /** Draws it; `scale` undefined: there is no strip to stand on. */
  show(scale: StripScale | undefined, format: (time: number) => string): void {
    setHidden(this.element, scale === undefined || this.at === undefined);
    if (scale !== undefined && this.at !== undefined) {
      const x = Math.min(Math.max(xOf(scale, this.at), 0), scale.width);
      this.element.style.transform = `translateX(${x}px)`;
      this.element.classList.toggle('wi-position--right', x > scale.width / 2);
      setText(this.time, format(this.at));
    }
  }

  /** True where a press takes hold of it. */
  isAt(scale: StripScale, x: number): boolean {
    return this.at !== undefined && Math.abs(xOf(scale, this.at) - x) <= GRIP;
  }
}
