/**
 * Makes the operations of requests, with what the server has told: ids of workbins, media types of interactions, who
 * the signed-in agent is. Asks the server for what is not known yet.
 */
import { failed, ok, type Result } from '../../core/base/result';
import type { JsonObject } from '../../core/protocol/json';
import type { Workbin } from '../../core/protocol/workbin';
import type { WorkspaceV3Operation } from '../../core/protocol/workspace/operations';
import type { WebRequest } from '../../core/protocol/workspace/webRequests';
import type { KnownThings } from './knownThings';

/** A workbin as requests name it; no owner means one's own. */
export interface NamedById {
  readonly workbinId: string;
  readonly ownerId?: string;
}

export interface OperationMakerParts {
  readonly known: KnownThings;
  /** Names under which the signed-in agent may own a workbin. */
  readonly agentNames: () => readonly string[];
  /** Has the server list its workbins, so that their ids are known. */
  readonly listWorkbins: () => Promise<Result<unknown>>;
  /** Has the server tell of an interaction, so that its media type is known. */
  readonly getDetails: (interactionId: string) => Promise<Result<JsonObject>>;
}

export class OperationMaker {
  constructor(private readonly parts: OperationMakerParts) {}

  /** The operation that stands for a request. */
  async of(asked: WebRequest): Promise<Result<WorkspaceV3Operation>> {
    switch (asked.kind) {
      case 'get-workbins':
        return ok({ kind: 'get-workbins' });
      case 'get-content':
      case 'subscribe':
      case 'unsubscribe': {
        const named = await this.nameOf(asked.workbin);
        return named.ok ? ok({ kind: asked.kind, ...named.value }) : named;
      }
      case 'place':
        return this.placing(asked.interactionId, asked.workbin);
      case 'pull':
        return this.pulling(asked.interactionId, asked.workbinType);
      case 'get-details':
        return ok(asked);
    }
  }

  async nameOf(workbin: Workbin): Promise<Result<NamedById>> {
    const { known, agentNames } = this.parts;
    const listed = await this.learnedWorkbins();
    if (!listed.ok) {
      return listed;
    }
    const workbinId = known.workbinId(workbin.type);
    const isOwn = agentNames().includes(workbin.owner);
    return ok(isOwn ? { workbinId } : { workbinId, ownerId: workbin.owner });
  }

  /** An interaction that the agent has open is placed by closing it, any other is added. */
  async placing(interactionId: string, workbin: Workbin): Promise<Result<WorkspaceV3Operation>> {
    const { known } = this.parts;
    const named = await this.nameOf(workbin);
    if (!named.ok) {
      return named;
    }
    const { workbinId, ownerId } = named.value;
    const mediaType = known.mediaType(interactionId);
    if (known.isHandled(interactionId) && mediaType !== undefined) {
      return ok({
        kind: 'place-in-queue',
        mediaType,
        interactionId,
        queue: workbin.type,
        ...(ownerId !== undefined && { ownerId }),
      });
    }
    return ok(
      ownerId === undefined
        ? { kind: 'add-interaction', workbinId, interactionId }
        : // `add-interaction` names no owner: it means one's own workbin.
          { kind: 'move-to-workbin', interactionIds: [interactionId], workbinId, ownerId },
    );
  }

  async pulling(interactionId: string, workbinType: string): Promise<Result<WorkspaceV3Operation>> {
    const { known, getDetails } = this.parts;
    const listed = await this.learnedWorkbins();
    if (!listed.ok) {
      return listed;
    }
    if (known.mediaType(interactionId) === undefined) {
      // Its media type stands in the address of the request.
      const details = await getDetails(interactionId);
      if (!details.ok) {
        return details;
      }
    }
    const mediaType = known.mediaType(interactionId);
    return mediaType === undefined
      ? failed('no-media-type', `The server tells no media type of interaction ${interactionId}.`)
      : ok({ kind: 'pull', mediaType, interactionId, sourceId: known.workbinId(workbinType) });
  }

  private learnedWorkbins(): Promise<Result<unknown>> {
    const { known, listWorkbins } = this.parts;
    return known.knowsWorkbins ? Promise.resolve(ok(undefined)) : listWorkbins();
  }
}
