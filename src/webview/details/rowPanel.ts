import type { FoldRow, HeadingRow, MarkRow } from '../../core/ladder/rows';
import { element } from '../base/dom';
import { formatCount, formatDuration, formatElapsed } from '../base/format';
import { outcomeWords } from '../base/words';
import { createFacts } from './facts';

/** What a heading says of its phase, spelled out. */
export function createPhasePanel(row: HeadingRow): HTMLElement {
  const { word } = outcomeWords(row.outcome);
  const facts: [string, string][] = [
    ['Outcome', row.late ? `${word}, after the time limit` : word],
  ];
  if (row.error !== undefined) {
    facts.push(['Error', row.error]);
  }
  if (row.workbin !== undefined) {
    facts.push(['Workbin', row.workbin]);
  }
  if (row.reference !== undefined) {
    facts.push(['Reference', String(row.reference)]);
  }
  if (row.durationMs !== undefined) {
    facts.push(['Duration', formatDuration(row.durationMs)]);
  }
  if (row.notifications > 0 || row.live) {
    facts.push(['Notifications', formatCount(row.notifications)]);
  }
  if (row.live) {
    facts.push(['Subscription', 'Live: notifications may still come']);
  }
  facts.push(['Phase', `${formatCount(row.phase + 1)} of this trace`]);
  return panel(row.title, 'Phase', facts);
}

/** A mark spelled out: its line in the ladder may be cut. */
export function createMarkPanel(row: MarkRow): HTMLElement {
  const facts: [string, string][] = [['Time', formatElapsed(row.time)]];
  if (row.connection !== undefined) {
    facts.push(['Connection', String(row.connection)]);
  }
  return panel(row.text, 'Mark', facts);
}

/** A fold spelled out. */
export function createFoldPanel(row: FoldRow): HTMLElement {
  const facts: [string, string][] = [
    ['From', formatElapsed(row.time)],
    ['Messages', formatCount(row.count)],
    ['Names', row.text],
  ];
  return panel('Transport messages', 'Messages that only keep the transport going', facts);
}

function panel(
  title: string,
  kind: string,
  facts: readonly (readonly [string, string])[],
): HTMLElement {
  return element(
    'div',
    'wi-details__panel',
    {},
    element('h2', 'wi-details__name', { title }, title),
    element('p', 'wi-details__title', {}, kind),
    createFacts(facts),
  );
}
