/** What an HTTP request of a web API stands for, in the words of Interaction Management. */

/** A workbin as the web names it: by id, or by name where an interaction is placed; no owner means one's own. */
export interface NamedWorkbin {
  readonly workbin: string;
  readonly owner?: string;
}

export interface Operation {
  /**
   * The Interaction Management request that the operation stands for (our mapping: the web APIs name none), or
   * the operation itself, such as `POST initialize-workspace`, where no request is known to stand behind it.
   */
  readonly name: string;
  readonly workbin?: NamedWorkbin;
  readonly interactionId?: string;
  /** The event for which the HTTP answer itself stands, where it carries the result (Web Services v2). */
  readonly answeredBy?: string;
}

/** The requests that operations stand for, and what else is named by us. */
export const REQUESTS = {
  content: 'RequestGetWorkbinContent',
  subscribe: 'RequestWorkbinNotifications',
  unsubscribe: 'RequestCancelWorkbinNotifications',
  place: 'RequestPlaceInWorkbin',
  queue: 'RequestPlaceInQueue',
  pull: 'RequestPull',
  workbins: 'RequestWorkbinTypesInfo',
  details: 'RequestGetInteractionProperties',
} as const;

/**
 * An operation under its own name: the method and the last part of the path, without the parameters that servlet
 * containers put behind it (`;jsessionid=…`).
 */
export function ownName(method: string, segments: readonly string[]): string {
  const [name = ''] = (segments.at(-1) ?? '').split(';', 1);
  return `${method} ${name === '' ? '/' : name}`;
}
