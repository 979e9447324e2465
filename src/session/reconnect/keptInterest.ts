import { workbinName, workbinOf } from '../../core/protocol/workbin';
import type { JsonObject } from '../../core/protocol/json';
import type { Message } from '../../core/protocol/message';

/**
 * What a client has asked a server for and would lose with the connection: subscriptions as they were requested,
 * with or without changes of properties, and workbins whose contents were read.
 */
export class KeptInterest {
  private readonly subscriptions = new Map<string, JsonObject>();
  private readonly contents = new Map<string, JsonObject>();

  /** Takes note of a request that the server has granted. */
  granted({ name, attributes }: Message): void {
    const workbin = workbinOf(attributes['workbin']);
    if (workbin === undefined) {
      return;
    }
    const key = workbinName(workbin);
    switch (name) {
      case 'RequestWorkbinNotifications':
        this.subscriptions.set(key, withoutReference(attributes));
        break;
      case 'RequestCancelWorkbinNotifications':
        this.subscriptions.delete(key);
        break;
      case 'RequestGetWorkbinContent':
        this.contents.set(key, withoutReference(attributes));
        break;
    }
  }

  /** The server no longer grants it. */
  refused({ name, attributes }: Message): void {
    const workbin = workbinOf(attributes['workbin']);
    const kept = name === 'RequestWorkbinNotifications' ? this.subscriptions : this.contents;
    kept.delete(workbin === undefined ? '' : workbinName(workbin));
  }

  /** The requests that bring it all back: first every subscription, so that no change is missed, then the contents. */
  requests(): readonly Message[] {
    const named = (name: string, of: ReadonlyMap<string, JsonObject>): Message[] =>
      [...of.values()].map((attributes) => ({ name, attributes }));
    return [
      ...named('RequestWorkbinNotifications', this.subscriptions),
      ...named('RequestGetWorkbinContent', this.contents),
    ];
  }

  clear(): void {
    this.subscriptions.clear();
    this.contents.clear();
  }
}

/** Whoever sends it again chooses a reference that is free then. */
function withoutReference(attributes: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== 'referenceId'));
}
