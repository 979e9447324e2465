/** What became of a HAR file's entries, or of a recording's frames, on the way from one to the other. */

export interface HarImportSummary {
  /** Whole entries in the file; what of them was not kept, and why, is counted below. */
  readonly entries: number;
  readonly connections: number;
  readonly frames: number;
  /** Entries of servers that have no workbins. */
  readonly otherServers: number;
  /** Pages, pictures and the like of servers that have. */
  readonly otherKinds: number;
  /** Entries and messages that are broken or too large. */
  readonly unreadable: number;
  /** Responses whose body the file has not kept. */
  readonly missingBodies: number;
  /** The file ends in its middle; what was whole is imported. */
  readonly isCut: boolean;
}

export interface HarExportSummary {
  readonly entries: number;
  /** Messages within the entries of WebSockets. */
  readonly socketMessages: number;
  /** Responses whose request was not recorded: a HAR file cannot hold them. */
  readonly withoutRequest: number;
  /** Lines of the recording that could not be read. */
  readonly unreadable: number;
}
