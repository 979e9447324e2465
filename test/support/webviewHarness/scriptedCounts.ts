/** The time strip and the statistics of the scripted trace, counted from its rows. */
import type { LadderRow, MessageRow } from '../../../src/core/ladder/rows';
import type { TimeStrip } from '../../../src/core/ladder/timeStrip';
import type { Outcome } from '../../../src/core/phases/model';
import type {
  Statistics,
  StatisticsBy,
  StatisticsRow,
} from '../../../src/core/statistics/statistics';
import type { ScriptedRows } from './scriptedRows';

const SPARK_PARTS = 60;

export function scriptedStrip(rows: ScriptedRows, parts: number): TimeStrip {
  const listed = rows.isListed;
  const base = listed ? rows.base() : [];
  const times = base.flatMap((row) => (row.kind === 'heading' ? [] : [row.time]));
  const to = listed ? Math.max(0, ...times.slice(-1)) : rows.size * 12.5;
  const zeros = (): number[] => new Array<number>(parts).fill(0);
  const strip = { messages: zeros(), matching: zeros(), phases: zeros(), failures: zeros() };
  const partOf = (time: number): number =>
    Math.min(parts - 1, Math.floor((time / Math.max(1, to)) * parts));
  const add = (counts: number[], time: number): void => {
    const part = partOf(time);
    counts[part] = (counts[part] ?? 0) + 1;
  };
  if (!listed) {
    // A long trace: waves of traffic, with failures now and then.
    for (let part = 0; part < parts; part++) {
      const wave = 120 + 90 * Math.sin(part / 17) + 40 * Math.sin(part / 3.1) + ((part * 37) % 29);
      strip.messages[part] = Math.max(0, Math.round(part % 97 > 88 ? 3 : wave));
      const share = rows.query.filter === '' ? 1 : 0.35 + 0.3 * Math.sin(part / 23);
      strip.matching[part] = Math.round((strip.messages[part] ?? 0) * share);
      strip.phases[part] = part % 5 === 0 ? 4 : 0;
      strip.failures[part] = part % 61 === 20 ? 1 : 0;
    }
  }
  const shown = new Set(rows.rows(0, listed ? rows.count : 0).map(messageOf));
  for (const row of listed ? base : []) {
    if (row.kind === 'message') {
      add(strip.messages, row.time);
      if (shown.has(row.message)) {
        add(strip.matching, row.time);
      }
      if (row.role === 'request') {
        add(strip.phases, row.time);
        if (row.outcome !== 'completed' && row.outcome !== 'open') {
          add(strip.failures, row.time);
        }
      }
    }
  }
  const marks = base.flatMap((row) =>
    row.kind === 'mark' && (row.mark === 'gap' || row.mark === 'open' || row.mark === 'close')
      ? [{ time: row.time, kind: row.mark }]
      : [],
  );
  return { from: 0, to, ...strip, marks };
}

function messageOf(row: LadderRow): number | undefined {
  return row.kind === 'message' ? row.message : undefined;
}

export function scriptedStatistics(rows: ScriptedRows, by: StatisticsBy): Statistics {
  const shown = rows.rows(0, Math.min(rows.count, 5000));
  const messages = shown.filter((row) => row.kind === 'message');
  const to = Math.max(1, ...messages.map(({ time }) => time));
  const groups = new Map<string, MessageRow[]>();
  for (const row of messages) {
    if (row.phase !== undefined) {
      const subject = subjectOf(rows, row, by);
      groups.set(subject, [...(groups.get(subject) ?? []), row]);
    }
  }
  const listed = [...groups]
    .map(([subject, group]) => count(subject, by, group, to))
    .filter((row) => row.count > 0)
    .sort((one, other) => other.count - one.count);
  const inPhases = messages.filter(({ phase }) => phase !== undefined);
  return {
    by,
    range: { from: 0, to },
    rows: listed,
    total: { ...count('', by, inPhases, to), filter: '' },
    subjects: listed.length,
  };
}

function subjectOf(rows: ScriptedRows, row: MessageRow, by: StatisticsBy): string {
  switch (by) {
    case 'phase':
      return rows.titleOf(row);
    case 'workbin':
      return row.workbin ?? '';
    case 'agent':
      return row.workbin?.split('@Agent ')[1] ?? '';
  }
}

function count(
  subject: string,
  by: StatisticsBy,
  group: readonly MessageRow[],
  to: number,
): StatisticsRow {
  const requests = group.filter(({ role }) => role === 'request');
  const outcomes: Record<Outcome, number> = {
    open: 0,
    completed: 0,
    failed: 0,
    unanswered: 0,
    interrupted: 0,
  };
  const overTime = new Array<number>(SPARK_PARTS).fill(0);
  for (const { outcome, time } of requests) {
    outcomes[outcome ?? 'open']++;
    const part = Math.min(SPARK_PARTS - 1, Math.floor((time / to) * SPARK_PARTS));
    overTime[part] = (overTime[part] ?? 0) + 1;
  }
  const latencies = group
    .flatMap(({ role, sinceRequestMs }) =>
      role === 'answer' && sinceRequestMs !== undefined ? [sinceRequestMs] : [],
    )
    .sort((one, other) => one - other);
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    subject,
    filter: `${by}:"${subject}"`,
    count: requests.length,
    outcomes,
    notifications: group.filter(({ role }) => role === 'notification').length,
    ...(latencies.length === 0
      ? {}
      : { latency: { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) } }),
    overTime,
  };
}
