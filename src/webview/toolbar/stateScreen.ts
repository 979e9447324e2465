import { element, iconButton, setHidden, setText } from '../base/dom';
import { createIcon, setIcon, type IconName } from '../base/icons';

/** What stands in the place of the ladder when there is none. */
export interface StateWords {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly action?: { readonly word: string; readonly run: () => void };
}

export class StateScreen {
  readonly element: HTMLElement;
  private readonly icon = createIcon('info');
  private readonly title: HTMLElement;
  private readonly text = element('p', 'wi-state__text');
  private readonly button: HTMLButtonElement;
  private run: (() => void) | undefined;

  /** `heading`: `h1` where it may stand alone on the page. */
  constructor(heading: 'h1' | 'h2' = 'h2') {
    this.title = element(heading, 'wi-state__title');
    this.button = iconButton('wi-button--primary', 'openFile', '', () => this.run?.());
    this.button.firstElementChild?.remove();
    this.element = element(
      'div',
      'wi-state',
      { role: 'status' },
      this.icon,
      this.title,
      this.text,
      this.button,
    );
    this.element.hidden = true;
  }

  /** Shows a state; undefined hides the screen. */
  show(state: StateWords | undefined): void {
    setHidden(this.element, state === undefined);
    if (state !== undefined) {
      setIcon(this.icon, state.icon);
      setText(this.title, state.title);
      setText(this.text, state.text);
      setHidden(this.button, state.action === undefined);
      setText(this.button, state.action?.word ?? '');
      this.run = state.action?.run;
    }
  }
}
