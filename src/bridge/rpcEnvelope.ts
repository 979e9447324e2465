/**
 * What crosses the line between host and view, checked once at the end that receives it. Nothing beyond
 * this file sees an unchecked envelope.
 */
import { readAnnotationChange, readRowsRequest } from './rowArguments';
import { checkDetailsCall } from './detailsArguments';
import {
  isAbsent,
  isCount,
  isPlayGoal,
  isRecord,
  isStatisticsBy,
  isStep,
  isTextUpTo,
  isTime,
  MAX_FILTER,
  MAX_FILTER_NAME,
  MAX_FIND_TEXT,
  MAX_STRIP_PARTS,
  readQuery,
} from './rpcArguments';
import type { HostEnvelope, TraceViewMethod, TraceViewMethods } from './traceView';

/** A page never holds more rows, however many are asked for. */
export const MAX_ROWS_PER_PAGE = 1000;

/** A call whose method exists and whose arguments are what the method takes. */
export type CheckedCall = {
  [K in TraceViewMethod]: {
    readonly id: number;
    readonly method: K;
    readonly args: Parameters<TraceViewMethods[K]>;
  };
}[TraceViewMethod];

/** `id` is there when the caller can be told what was wrong. */
export type ReadCall =
  | { readonly ok: true; readonly call: CheckedCall }
  | { readonly ok: false; readonly id?: number; readonly message: string };

/** Checks an envelope from the view. Never throws. */
export function readCall(envelope: unknown): ReadCall {
  if (!isRecord(envelope) || !isCount(envelope['id'])) {
    return { ok: false, message: 'A message from the view is not a call.' };
  }
  const id = envelope['id'];
  const method = envelope['method'];
  const args: unknown = envelope['args'];
  if (typeof method !== 'string' || !Array.isArray(args)) {
    return { ok: false, id, message: 'A call needs a method and its arguments.' };
  }
  const call = checkCall(id, method, args);
  return call === undefined
    ? {
        ok: false,
        id,
        message: `The view cannot call ${method.slice(0, 40)} with these arguments.`,
      }
    : { ok: true, call };
}

/** Checks an envelope from the host; undefined when it is none. Values are the host's word. */
export function readHostEnvelope(envelope: unknown): HostEnvelope | undefined {
  if (!isRecord(envelope)) {
    return undefined;
  }
  const { id, ok, notify, value, message } = envelope;
  if (isCount(id) && ok === true) {
    return { id, ok, value };
  }
  if (isCount(id) && ok === false && typeof message === 'string') {
    return { id, ok, message };
  }
  const isNotification =
    (notify === 'changed' ||
      notify === 'reveal' ||
      notify === 'act' ||
      notify === 'perform' ||
      notify === 'closed') &&
    isRecord(value);
  // The checked boundary: the name and the shape of the envelope fit, and the host typed the value.
  return isNotification ? (envelope as unknown as HostEnvelope) : undefined;
}

function checkCall(id: number, method: string, args: readonly unknown[]): CheckedCall | undefined {
  const [first, second, third] = args;
  switch (method) {
    case 'open':
    case 'getFilterMemory':
    case 'stopFind':
    case 'cancelIndexing':
      return { id, method, args: [] };
    case 'getRows':
      return isCount(first) && isCount(second) && second <= MAX_ROWS_PER_PAGE
        ? { id, method, args: [first, second] }
        : undefined;
    case 'getMessage':
    case 'rowOfMessage':
    case 'toggleFold':
    case 'openBody':
    case 'copyMessage':
      return isCount(first) ? { id, method, args: [first] } : undefined;
    case 'findHeading':
      return isCount(first) && isStep(second) ? { id, method, args: [first, second] } : undefined;
    case 'rowAtTime':
      return isTime(first) ? { id, method, args: [first] } : undefined;
    case 'playAt':
      return isTime(first) ? { id, method, args: [first] } : undefined;
    case 'playStep':
      return (isAbsent(first) || isCount(first)) && isPlayGoal(second) && isStep(third)
        ? { id, method, args: [first ?? undefined, second, third] }
        : undefined;
    case 'setQuery': {
      const query = readQuery(first);
      return query !== undefined && (isAbsent(second) || isCount(second))
        ? { id, method, args: [query, second ?? undefined] }
        : undefined;
    }
    case 'completeFilter':
      return isTextUpTo(first, MAX_FILTER) && isCount(second) && second <= first.length
        ? { id, method, args: [first, second] }
        : undefined;
    case 'rememberFilter':
      return isTextUpTo(first, MAX_FILTER) ? { id, method, args: [first] } : undefined;
    case 'saveFilter':
      return isTextUpTo(first, MAX_FILTER_NAME) && first !== '' && isTextUpTo(second, MAX_FILTER)
        ? { id, method, args: [first, second] }
        : undefined;
    case 'getTimeStrip':
      return isCount(first) && first >= 1 && first <= MAX_STRIP_PARTS
        ? { id, method, args: [first] }
        : undefined;
    case 'getStatistics':
      return isStatisticsBy(first) ? { id, method, args: [first] } : undefined;
    case 'find':
      return isTextUpTo(first, MAX_FIND_TEXT) ? { id, method, args: [first] } : undefined;
    case 'findNext':
      return (isAbsent(first) || isCount(first)) && isStep(second)
        ? { id, method, args: [first ?? undefined, second] }
        : undefined;
    case 'annotate': {
      const change = readAnnotationChange(first);
      return change === undefined ? undefined : { id, method, args: [change] };
    }
    case 'actOnRows': {
      const request = readRowsRequest(first);
      return request === undefined ? undefined : { id, method, args: [request] };
    }
    case 'nextBookmark':
      return (isAbsent(first) || isCount(first)) && isStep(second)
        ? { id, method, args: [first ?? undefined, second] }
        : undefined;
    case 'setCursor':
      return (isAbsent(first) || isCount(first)) && typeof second === 'boolean'
        ? { id, method, args: [first ?? undefined, second] }
        : undefined;
    case 'run':
      return first === 'pause' || first === 'resume' || first === 'stop' || first === 'showLog'
        ? { id, method, args: [first] }
        : undefined;
    default:
      return checkDetailsCall(id, method, args);
  }
}
