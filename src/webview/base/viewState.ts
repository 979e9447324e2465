import type { TraceViewState } from '../../bridge/traceView';

/** Reads the state that a former version of the view may have left; undefined when it is none. */
export function readState(value: unknown): TraceViewState | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { firstRow, selected, follow, clock, detailsWidth, detailsHeight } = value as Readonly<
    Record<string, unknown>
  >;
  if (!isCount(firstRow) || typeof follow !== 'boolean') {
    return undefined;
  }
  return {
    firstRow,
    follow,
    ...(isCount(selected) ? { selected } : {}),
    ...(isCount(detailsWidth) ? { detailsWidth } : {}),
    ...(isCount(detailsHeight) ? { detailsHeight } : {}),
    ...(typeof clock === 'boolean' ? { clock } : {}),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
