/** Ids that `package.json` gives to the views and to the trace editors. */
export const SERVERS_VIEW = 'workbinInspector.servers';
export const WORKBINS_VIEW = 'workbinInspector.workbins';
export const RECORDINGS_VIEW = 'workbinInspector.recordings';
export const TRACE_EDITOR = 'workbinInspector.trace';
/** The trace view on a HAR file: the trace of the recording that it was imported into. */
export const HAR_EDITOR = 'workbinInspector.har';
/** Type of the panel of the request form. */
export const REQUEST_FORM = 'workbinInspector.requestForm';
