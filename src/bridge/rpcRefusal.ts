import type { TraceViewMethods } from './traceView';

/** Methods for a view that has no trace to show: each call fails with the reason, except what `others` answer. */
export function refuseAll(reason: string, others: Pick<TraceViewMethods, 'run'>): TraceViewMethods {
  const refuse = (): Promise<never> => Promise.reject(new Error(reason));
  return {
    open: refuse,
    getRows: refuse,
    getMessage: refuse,
    rowOfMessage: refuse,
    toggleFold: refuse,
    findHeading: refuse,
    rowAtTime: refuse,
    playAt: refuse,
    playStep: refuse,
    setQuery: refuse,
    completeFilter: refuse,
    getFilterMemory: refuse,
    rememberFilter: refuse,
    saveFilter: refuse,
    getTimeStrip: refuse,
    getStatistics: refuse,
    find: refuse,
    findNext: refuse,
    stopFind: refuse,
    cancelIndexing: refuse,
    setCursor: refuse,
    openBody: refuse,
    copyMessage: refuse,
    annotate: refuse,
    nextBookmark: refuse,
    actOnRows: refuse,
    getPhase: refuse,
    getFrameText: refuse,
    getFrameBytes: refuse,
    copyFrameBytes: refuse,
    copyAttribute: refuse,
    copyPath: refuse,
    selectForCompare: refuse,
    getCompared: refuse,
    compareWithSelected: refuse,
    ...others,
  };
}
