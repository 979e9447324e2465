/** Playback through the scripted rows, by the plainest means. */
import type { PlayGoal, PlayStop } from '../../../src/bridge/traceView';
import type { LadderRow, MessageRow } from '../../../src/core/ladder/rows';
import type { ScriptedRows } from './scriptedRows';

export function playAt(rows: ScriptedRows, time: number): PlayStop | undefined {
  const stops = stopsOf(rows);
  const at = stops.findLastIndex(({ row }) => row.time <= time);
  return stopAt(stops, Math.max(0, at));
}

export function playStep(
  rows: ScriptedRows,
  from: number | undefined,
  goal: PlayGoal,
  step: 1 | -1,
): PlayStop | undefined {
  const stops = stopsOf(rows);
  const fits = ({ row, above }: Stop): boolean => {
    switch (goal) {
      case 'message':
        return true;
      case 'phase':
        return above?.kind === 'heading' && !above.continued;
      case 'failure':
        return row.error !== undefined;
    }
  };
  const isBeyond = ({ row }: Stop): boolean =>
    from === undefined || (step > 0 ? row.message > from : row.message < from);
  const isStop = (stop: Stop): boolean => isBeyond(stop) && fits(stop);
  return stopAt(stops, step > 0 ? stops.findIndex(isStop) : stops.findLastIndex(isStop));
}

interface Stop {
  readonly index: number;
  readonly row: MessageRow;
  readonly above: LadderRow | undefined;
}

function stopsOf(rows: ScriptedRows): readonly Stop[] {
  const all = rows.rows(0, rows.count);
  return all
    .flatMap((row, index) =>
      row.kind === 'message' ? [{ index, row, above: all[index - 1] }] : [],
    )
    .sort((one, other) => one.row.message - other.row.message);
}

function stopAt(stops: readonly Stop[], at: number): PlayStop | undefined {
  const stop = stops[at];
  const next = stops[at + 1];
  return (
    stop && {
      message: stop.row.message,
      row: stop.index,
      time: stop.row.time,
      ...(next === undefined ? {} : { nextTime: next.row.time }),
    }
  );
}
