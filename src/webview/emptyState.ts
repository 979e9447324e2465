import type { TraceOverview } from '../bridge/traceView';
import type { StateWords } from './toolbar/stateScreen';

export const OPENING: StateWords = {
  icon: 'open',
  title: 'Opening the trace…',
  text: 'The first rows are shown as soon as they have been read.',
};

const LIVE =
  'Get the content of a workbin, or request its notifications, in the Workbins view. Every message appears here as it passes.';

/** What to say while there are no rows, and what to do about it; undefined when there are some. */
export function emptyState(overview: TraceOverview): StateWords | undefined {
  if (overview.rows > 0 || overview.messages > 0) {
    return undefined;
  }
  if (overview.indexing !== undefined) {
    return OPENING;
  }
  switch (overview.recording) {
    case 'live':
      return {
        icon: 'connect',
        title: 'No messages yet',
        text:
          overview.tapAddress === undefined
            ? LIVE
            : `The tap waits for an application. Have one use ${overview.tapAddress} as its server. Every message appears here as it passes.`,
      };
    case 'paused':
      return {
        icon: 'pause',
        title: 'Recording is paused',
        text: 'What passes now is not written down. Choose Resume to go on.',
      };
    case 'ended':
    case 'file':
      return {
        icon: 'file',
        title: 'This recording holds no messages',
        text: 'The session ended before anything was sent or received, or recording was paused all along.',
      };
  }
}

/** What to say where the ladder would be while the filter shows nothing of what is there. */
export function noMatchState(
  { rows, messages, filter }: TraceOverview,
  actions: { readonly clear: () => void; readonly clearAll: () => void },
): StateWords | undefined {
  const { query } = filter;
  const limited = query.filter !== '' || query.range !== undefined || query.hidden !== undefined;
  // Gaps are shown whatever the filter is.
  if (messages === 0 || filter.matches > 0 || (rows > 0 && !limited)) {
    return undefined;
  }
  if (filter.evaluating !== undefined) {
    return {
      icon: 'filter',
      title: 'Filtering…',
      text: 'Messages are shown as soon as one matches.',
    };
  }
  if (query.hidden !== undefined && query.filter === '' && query.range === undefined) {
    return {
      icon: 'lifelines',
      title: 'Nothing between these lifelines',
      text: 'Every message begins or ends at a hidden lifeline.',
      action: { word: 'Show Everything', run: actions.clearAll },
    };
  }
  const range = query.range === undefined ? '' : ' in the chosen range of time';
  const lifelines = query.hidden === undefined ? '' : ' between the lifelines that are shown';
  return {
    icon: 'filter',
    title: 'Nothing matches',
    // By name: the line may say something else by now, or something that is no filter.
    text: `No message${range} matches ${filterWords(query.filter)}${lifelines}.`,
    action: { word: 'Clear Filter', run: actions.clear },
  };
}

function filterWords(filter: string): string {
  if (filter === '') {
    return 'the filter';
  }
  return `“${filter.length > 80 ? `${filter.slice(0, 79)}…` : filter}”`;
}

/** What to say when the host has closed the trace. */
export function closedState(reason: string, showLog: () => void): StateWords {
  return {
    icon: 'error',
    title: 'The trace cannot be shown',
    text: reason,
    action: { word: 'Show Log', run: showLog },
  };
}
