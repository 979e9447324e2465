import type { KeptRow, TimesShown, TraceViewState } from '../../bridge/traceView';
import type { LadderQuery, TimeRange } from '../../core/filter/query';
import { isLifelines } from '../../bridge/rpcArguments';
import { isSpeed } from '../playback/speeds';

/** A longer filter was never made here. */
const MAX_FILTER = 2000;
/** Nor what tells a row from others. */
const MAX_IDENTITY = 100;

/** Reads the state that a former version of the view may have left; undefined when it is none. */
export function readState(value: unknown): TraceViewState | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const {
    firstRow,
    selected,
    follow,
    detailsWidth,
    detailsHeight,
    playSpeed,
    skipPauses,
    lifelineOrder,
  } = value;
  if (!isCount(firstRow) || typeof follow !== 'boolean') {
    return undefined;
  }
  const query = readQuery(value['query']);
  const { detailsTab: tab, frameForm: form } = value;
  const times = readTimes(value['times'], value['clock']);
  const selectedRow = readKeptRow(value['selectedRow']);
  return {
    firstRow,
    follow,
    ...(isCount(selected) ? { selected } : {}),
    ...(selectedRow === undefined ? {} : { selectedRow }),
    ...(isCount(detailsWidth) ? { detailsWidth } : {}),
    ...(isCount(detailsHeight) ? { detailsHeight } : {}),
    ...(times === undefined ? {} : { times }),
    ...(tab === 'attributes' || tab === 'frame' || tab === 'phase' ? { detailsTab: tab } : {}),
    ...(form === 'text' || form === 'hex' ? { frameForm: form } : {}),
    ...(query === undefined ? {} : { query }),
    ...(isSpeed(playSpeed) ? { playSpeed } : {}),
    ...(typeof skipPauses === 'boolean' ? { skipPauses } : {}),
    ...(isLifelines(lifelineOrder) ? { lifelineOrder } : {}),
  };
}

function readKeptRow(value: unknown): KeptRow | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { index, identity } = value;
  return isCount(index) && typeof identity === 'string' && identity.length <= MAX_IDENTITY
    ? { index, identity }
    : undefined;
}

/** `clock` is what earlier versions kept: true for the time of day. */
function readTimes(times: unknown, clock: unknown): TimesShown | undefined {
  if (times === 'elapsed' || times === 'clock' || times === 'request') {
    return times;
  }
  return clock === true ? 'clock' : undefined;
}

function readQuery(value: unknown): LadderQuery | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { filter, scope, order } = value;
  if (
    typeof filter !== 'string' ||
    filter.length > MAX_FILTER ||
    (scope !== 'messages' && scope !== 'phases') ||
    (order !== 'time' && order !== 'phase')
  ) {
    return undefined;
  }
  const range = readRange(value['range']);
  const hidden = value['hidden'];
  return {
    filter,
    scope,
    order,
    ...(range === undefined ? {} : { range }),
    ...(isLifelines(hidden) && hidden.length > 0 ? { hidden } : {}),
  };
}

function readRange(value: unknown): TimeRange | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { from, to } = value;
  return isTime(from) && isTime(to) && from < to ? { from, to } : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
