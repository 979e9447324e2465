import { element, setHidden } from './base/dom';
import { StateScreen, type StateWords } from './toolbar/stateScreen';

/** The parts of the view, from the top. */
export interface LayoutParts {
  readonly toolbar: HTMLElement;
  readonly filter: HTMLElement;
  /** What is told while it lasts: progress, problems. */
  readonly notices: readonly HTMLElement[];
  /** Stands beside the time strip. */
  readonly play: HTMLElement;
  readonly strip: HTMLElement;
  /** Stands in the place of all below it while there is nothing to show. */
  readonly screen: HTMLElement;
  readonly ladder: HTMLElement;
  readonly pill: HTMLElement;
  readonly splitter: HTMLElement;
  readonly details: HTMLElement;
  /** Read out, not seen. */
  readonly status: HTMLElement;
}

/** Where the parts of the view stand, and which of them are shown. */
export class Layout {
  /** Holds the body, and below it what opens there. */
  readonly main = element('div', 'wi-main');
  /** Holds ladder and details. */
  readonly body = element('div', 'wi-body');
  /** Holds the ladder and what stands over it. */
  readonly ladderPlace = element('div', 'wi-body__ladder');
  /** Holds playback and the time strip. */
  private readonly timeline = element('section', 'wi-timeline', { 'aria-label': 'Timeline' });
  /** Holds what is told while it lasts. */
  private readonly notices = element('section', 'wi-notices', { 'aria-label': 'Notices' });
  /** Holds the trace, or what stands in its place. */
  private readonly content = element('main', 'wi-content');
  private parts: LayoutParts | undefined;
  /** Made when it is first needed. */
  private noMatch: StateScreen | undefined;

  /** Puts the parts into the page; they are hidden at first. */
  fill(root: HTMLElement, parts: LayoutParts): void {
    this.parts = parts;
    const { toolbar, filter, notices, play, strip, screen, ladder, pill, splitter, details } =
      parts;
    this.ladderPlace.append(ladder, pill);
    this.body.append(this.ladderPlace, splitter, details);
    this.main.append(this.body);
    this.timeline.append(play, strip);
    this.hide();
    this.notices.append(...notices);
    this.content.append(screen, this.main);
    root.replaceChildren(toolbar, filter, this.notices, this.timeline, this.content, parts.status);
  }

  /** Hides everything but notices and the screen: the trace cannot be shown, or not yet. */
  hide(): void {
    if (this.parts !== undefined) {
      this.show(true);
      setHidden(this.parts.toolbar, true);
      setHidden(this.parts.play, true);
      setHidden(this.parts.strip, true);
    }
  }

  /** Shows the trace; an empty one has a toolbar alone. */
  show(empty: boolean): void {
    if (this.parts !== undefined) {
      setHidden(this.parts.toolbar, false);
      setHidden(this.parts.filter, empty);
      setHidden(this.main, empty);
    }
  }

  /** Says in the place of the ladder that it has no rows; undefined: it has some. */
  showNoMatch(state: StateWords | undefined): void {
    if (state !== undefined && this.noMatch === undefined) {
      this.noMatch = new StateScreen();
      this.ladderPlace.append(this.noMatch.element);
    }
    this.noMatch?.show(state);
    this.parts?.ladder.classList.toggle('wi-ladder--none', state !== undefined);
  }
}
