/** What the model of a phase expects beside what came of it. */
import type {
  ExpectedEvent,
  PhaseMessage,
  PhaseMessages,
  PhaseNeed,
  PhaseReport,
} from '../../core/phases/phaseReport';
import { assertNever } from '../../core/base/assert';
import { element } from '../base/dom';
import { formatCount, formatDuration, formatElapsed } from '../base/format';
import { createIcon, type IconName } from '../base/icons';
import { outcomeWords, UNDOCUMENTED } from '../base/words';

export interface PhaseActions {
  /** Selects a message, whatever row or fold shows it. */
  goTo(message: number): void;
}

type Part = Node | string;
/** How a step stands: its icon and colour, never colour alone. */
type Standing = 'came' | 'failed' | 'waiting' | 'missing' | 'none';

const ICONS: { readonly [standing in Standing]: IconName } = {
  came: 'pass',
  failed: 'error',
  waiting: 'open',
  missing: 'question',
  none: 'interrupted',
};

export function createPhaseSection(report: PhaseReport, actions: PhaseActions): HTMLElement {
  const { title, undocumented, source, outcome, late, workbin, request } = report;
  const { word, icon } = outcomeWords(outcome);
  const go = (message: PhaseMessage, ...words: readonly Part[]): HTMLElement =>
    link(message.message, actions, `#${message.seq}`, ...words);
  const steps = element('ol', 'wi-steps');
  steps.append(
    createStep(
      'came',
      'Request',
      [name(request.name)],
      [
        go(request),
        ` at ${formatElapsed(request.time)}`,
        ...(report.reference === undefined ? [] : [`, reference ${report.reference}`]),
      ],
    ),
    ...acceptedStep(report, go),
    answerStep(report, go),
    ...moreSteps(report, go),
    ...notificationStep(report, go),
  );
  return element(
    'section',
    'wi-phase',
    { 'aria-label': 'Phase' },
    element(
      'h3',
      'wi-phase__title',
      {},
      title,
      ...(undocumented === true
        ? [' ', element('span', 'wi-undocumented', {}, UNDOCUMENTED.mark)]
        : []),
    ),
    element(
      'p',
      `wi-phase__outcome wi-outcome--${outcome}`,
      {},
      createIcon(icon),
      element('span', '', {}, late ? `${word}, after the time limit` : word),
      ...(workbin === undefined ? [] : [element('span', 'wi-phase__workbin', {}, workbin)]),
    ),
    ...needsPart(report.needs, actions),
    element('h4', 'wi-phase__heading', {}, 'Expected, and what came'),
    steps,
    element(
      'p',
      'wi-phase__source',
      {},
      undocumented === true
        ? UNDOCUMENTED.words
        : `Model: ${source}. That an answer repeats the reference of its request, and that notifications belong to ` +
            'the latest request for their workbin, is our reading.',
    ),
  );
}

function needsPart(needs: readonly PhaseNeed[], actions: PhaseActions): readonly HTMLElement[] {
  if (needs.length === 0) {
    return [];
  }
  const list = element('ul', 'wi-needs');
  for (const need of needs) {
    const { words, reading, standing, message, seq } = need;
    list.append(
      element(
        'li',
        `wi-needs__need wi-needs__need--${standing}`,
        {},
        createIcon(standing === 'met' ? 'pass' : standing === 'ended' ? 'error' : 'question'),
        element(
          'span',
          '',
          {},
          element('span', 'wi-needs__words', {}, words),
          needWords(standing),
          ...(message === undefined ? [] : [link(message, actions, `#${seq ?? ''}`)]),
          ...(reading === undefined ? [] : [readingMark(` (our reading: ${reading})`)]),
        ),
      ),
    );
  }
  return [element('h4', 'wi-phase__heading', {}, 'The server must know beforehand'), list];
}

function needWords(standing: PhaseNeed['standing']): string {
  switch (standing) {
    case 'met':
      return ': seen before, ';
    case 'ended':
      return ': no longer, by ';
    case 'unseen':
      return ': not seen in this trace';
    default:
      return assertNever(standing);
  }
}

type Go = (message: PhaseMessage, ...words: readonly Part[]) => HTMLElement;

function acceptedStep({ accepted }: PhaseReport, go: Go): readonly HTMLElement[] {
  return accepted.first === undefined
    ? []
    : [
        createStep(
          'came',
          'Accepted',
          ['over HTTP, not done yet'],
          [go(accepted.first), since(accepted.first)],
        ),
      ];
}

function answerStep(report: PhaseReport, go: Go): HTMLElement {
  const { expected, answer, outcome, late, timeLimitMs } = report;
  const choices = element('ul', 'wi-steps__choices');
  if (!expected.some(({ means }) => means === 'success')) {
    const any = 'any event with the reference of the request';
    choices.append(element('li', '', {}, expected.length === 0 ? any : `${any}, or`));
  }
  choices.append(...expected.map((event) => createChoice(event, answer?.name)));
  const limit = formatDuration(timeLimitMs);
  if (answer !== undefined) {
    const words = late ? `, late: the limit is ${limit}` : '';
    const standing = outcome === 'failed' ? 'failed' : 'came';
    return createStep(
      standing,
      'Answer',
      [choices],
      [name(answer.name), ' ', go(answer), since(answer), words],
    );
  }
  const due = formatElapsed(report.request.time + timeLimitMs);
  switch (outcome) {
    case 'open':
      return createStep('waiting', 'Answer', [choices], [`Expected until ${due} (limit ${limit})`]);
    case 'interrupted':
      return createStep(
        'none',
        'Answer',
        [choices],
        [
          `Not seen: interrupted${report.endTime === undefined ? '' : ` at ${formatElapsed(report.endTime)}`} by a gap or the end of the connection. It may have come.`,
        ],
      );
    case 'unanswered':
    case 'completed':
    case 'failed':
      return createStep(
        'missing',
        'Answer',
        [choices],
        [`None within ${limit}, the limit that the settings give`],
      );
    default:
      return assertNever(outcome);
  }
}

function createChoice(expected: ExpectedEvent, came: string | undefined): HTMLElement {
  const { name: event, means, when } = expected;
  return element(
    'li',
    came === event ? 'wi-steps__choice--came' : '',
    {},
    name(event),
    means === 'success' ? ' completes it' : ' fails it',
    ...(when === undefined ? [] : [`: when ${when}`]),
    ...ourReading(expected),
  );
}

/** Said beside every event that the model's source does not name. */
function ourReading({ reading }: ExpectedEvent): readonly HTMLElement[] {
  return reading === undefined ? [] : [readingMark(` (our reading, ${reading})`)];
}

function readingMark(words: string): HTMLElement {
  return element('span', 'wi-phase__reading', {}, words);
}

/** Names of events, what of them is our reading beside each. */
function eventNames(events: readonly ExpectedEvent[], between: string): readonly Part[] {
  return events.flatMap((event, index) => [
    ...(index === 0 ? [] : [between]),
    name(event.name),
    ...ourReading(event),
  ]);
}

function moreSteps(report: PhaseReport, go: Go): readonly HTMLElement[] {
  const { moreAnswers, more, duplicates } = report;
  return [
    ...(moreAnswers.length === 0
      ? []
      : [
          createStep(
            more.first === undefined ? 'waiting' : 'came',
            'More answers',
            [...eventNames(moreAnswers, ' or '), ', perhaps'],
            more.first === undefined ? ['None so far'] : span(more, go),
          ),
        ]),
    ...(duplicates.first === undefined
      ? []
      : [createStep('failed', 'Not expected', ['another answer'], span(duplicates, go))]),
  ];
}

function notificationStep(report: PhaseReport, go: Go): readonly HTMLElement[] {
  const { followedBy, endedBy, notifications, live, outcome } = report;
  if (followedBy.length === 0) {
    return [];
  }
  const until = endedBy === undefined ? '' : ` until ${endedBy} completes, or the connection ends`;
  const standing =
    notifications.count > 0 ? 'came' : live ? 'waiting' : outcome === 'open' ? 'waiting' : 'none';
  const told = notifications.count > 0 ? span(notifications, go) : ['None'];
  const state =
    outcome === 'completed' ? (live ? '. More may come.' : '. Ended: no more are expected.') : '';
  return [
    createStep(
      standing,
      'Notifications',
      [...eventNames(followedBy, ', '), ` at each change,${until}`.replace(/,$/, '')],
      [...told, state],
    ),
  ];
}

/** How many, the first and the last. */
function span({ count, first, last }: PhaseMessages, go: Go): readonly Part[] {
  if (first === undefined || last === undefined) {
    return ['None'];
  }
  return count === 1
    ? ['1: ', go(first), since(first)]
    : [`${formatCount(count)}: first `, go(first), since(first), ', last ', go(last), since(last)];
}

function since({ sinceRequestMs }: PhaseMessage): string {
  // One word: it does not part from its unit.
  const time = formatDuration(sinceRequestMs).replaceAll(' ', '\u00a0');
  return ` ${sinceRequestMs < 0 ? '' : '+'}${time}`;
}

function createStep(
  standing: Standing,
  title: string,
  expected: readonly Part[],
  came: readonly Part[],
): HTMLElement {
  return element(
    'li',
    `wi-steps__step wi-steps__step--${standing}`,
    {},
    createIcon(ICONS[standing]),
    element(
      'div',
      'wi-steps__content',
      {},
      element('span', 'wi-steps__title', {}, title),
      element('div', 'wi-steps__expected', {}, ...expected),
      element('div', 'wi-steps__came', {}, ...came),
    ),
  );
}

function name(text: string): HTMLElement {
  return element('span', 'wi-phase__name', {}, text);
}

function link(message: number, actions: PhaseActions, ...content: readonly Part[]): HTMLElement {
  const button = element('button', 'wi-link', { type: 'button' }, ...content);
  button.title = 'Go to this message';
  button.addEventListener('click', () => actions.goTo(message));
  return button;
}
