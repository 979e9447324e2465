/** What was sent from this form, the latest first, and what the server answered. */
import type { SentView } from '../../bridge/requestForm';
import { element } from '../base/dom';
import { createIcon, type IconName } from '../base/icons';

/** Rows that are kept. */
const MAX_ROWS = 50;

const OUTCOMES: {
  readonly [Outcome in SentView['outcome']]: { readonly word: string; readonly icon: IconName };
} = {
  answered: { word: 'Answered', icon: 'pass' },
  failed: { word: 'Failed', icon: 'error' },
  unanswered: { word: 'Unanswered', icon: 'question' },
};

export class SentList {
  readonly element: HTMLElement;
  private readonly rows = element('ol', 'wi-sent__rows');
  private readonly empty = element(
    'p',
    'wi-sent__empty',
    {},
    'What you send appears here with its answer, and in the trace like everything else.',
  );

  constructor(private readonly showInTrace: (sent: number) => void) {
    const heading = element('h2', 'wi-sent__heading', { id: 'sent-heading' }, 'Sent');
    this.element = element(
      'section',
      'wi-sent',
      { 'aria-labelledby': 'sent-heading', 'aria-live': 'polite' },
      heading,
      this.empty,
      this.rows,
    );
  }

  add(sent: SentView): void {
    this.empty.hidden = true;
    this.rows.prepend(this.row(sent));
    while (this.rows.childElementCount > MAX_ROWS) {
      this.rows.lastElementChild?.remove();
    }
  }

  private row({ number, request, outcome, answer, tookMs, reference }: SentView): HTMLElement {
    const { word, icon } = OUTCOMES[outcome];
    const show = element('button', 'wi-link', { type: 'button' }, 'Show in Trace');
    show.setAttribute('aria-label', `Show in Trace: ${request} ${reference}`);
    show.addEventListener('click', () => this.showInTrace(number));
    const facts = element(
      'div',
      'wi-sent__facts',
      {},
      element('span', '', {}, `${word} in ${milliseconds(tookMs)}`),
      element('span', '', {}, `reference ${reference}`),
      show,
    );
    return element(
      'li',
      `wi-sent__row wi-sent__row--${outcome}`,
      {},
      createIcon(icon),
      element(
        'div',
        'wi-sent__what',
        {},
        element('div', 'wi-sent__request', {}, request),
        element('div', 'wi-sent__answer', {}, answer),
        facts,
      ),
    );
  }
}

function milliseconds(ms: number): string {
  return ms < 1 ? 'less than 1 ms' : `${Math.round(ms)} ms`;
}
