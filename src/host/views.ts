/** Ids that `package.json` gives to the views and to the trace editor. */
export const WORKBINS_VIEW = 'workbinInspector.workbins';
export const RECORDINGS_VIEW = 'workbinInspector.recordings';
export const TRACE_EDITOR = 'workbinInspector.trace';
