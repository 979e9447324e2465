import type {
  HeadingRow,
  LadderRow,
  Lifeline,
  MarkRow,
  MessageRow,
} from '../../src/core/ladder/rows';

const WIDTH = 46;

/** The ladder as text, one line a row, as a person would draw it. */
export function ladderText(lifelines: readonly Lifeline[], rows: readonly LadderRow[]): string {
  const head = `${' '.repeat(12)}${lifelines.map(({ title }) => title.padEnd(WIDTH)).join('')}`;
  return `${[head.trimEnd(), ...rows.map((row) => rowText(row))].join('\n')}\n`;
}

function rowText(row: LadderRow): string {
  switch (row.kind) {
    case 'heading':
      return headingText(row);
    case 'message':
      return messageText(row);
    case 'mark':
      return markText(row);
    case 'fold':
      return `${row.time.toFixed(1).padStart(9)}   ${row.open ? '-' : '+'} ${row.text}`;
  }
}

function headingText(row: HeadingRow): string {
  const facts = [
    row.continued && row.reference !== undefined ? `ref ${row.reference}` : undefined,
    row.workbin,
    row.outcome + (row.late ? ', late' : ''),
    row.durationMs === undefined ? undefined : `${row.durationMs} ms`,
    row.error,
    row.notifications === 0 ? undefined : `${row.notifications} notifications`,
    row.live ? 'live' : undefined,
  ].filter((fact) => fact !== undefined);
  const title = row.undocumented === true ? `${row.title} (no phase model)` : row.title;
  return `== ${title}${row.continued ? ' (continued)' : ''} | ${facts.join(' | ')}`;
}

function messageText(row: MessageRow): string {
  const label = ` ${row.name === '' ? '?' : row.name} `;
  const line = row.role === 'request' ? '-' : '.';
  const pad = line.repeat(Math.max(2, WIDTH - label.length - 2));
  const arrow = row.direction === 'send' ? `|${pad}${label}>|` : `|<${label}${pad}|`;
  const facts = [
    row.reference === undefined ? undefined : `ref ${row.reference}`,
    row.workbin,
    row.interactionId,
    row.sinceRequestMs === undefined ? undefined : `+${row.sinceRequestMs} ms`,
    row.error,
    row.problem,
    row.role === 'request' || row.role === 'answer' ? undefined : row.role,
  ].filter((fact) => fact !== undefined);
  return `${row.time.toFixed(1).padStart(9)}   ${arrow} ${facts.join(', ')}`.trimEnd();
}

function markText(row: MarkRow): string {
  return `${row.time.toFixed(1).padStart(9)}   ~~ ${row.mark}${row.text === '' ? '' : `: ${row.text}`}`;
}
