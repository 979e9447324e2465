/**
 * The requests of Workspace API v3 that a client of workbins sends. Source of paths and bodies:
 * agent-api-simulator (Genesys, MIT); of `workbinId` in a pull: workspace-client-js.
 */
import { assertNever } from '../../base/assert';

/** The queue that means: back where the interaction was pulled from. */
export const BACK = '__BACK__';

/** An operation that a client asks for; ids are those that `get-workbins` told. */
export type WorkspaceV3Operation =
  | { readonly kind: 'get-workbins' }
  | { readonly kind: 'get-content'; readonly workbinId: string; readonly ownerId?: string }
  | {
      readonly kind: 'get-contents';
      readonly workbinIds: readonly string[];
      readonly ownerId?: string;
    }
  | { readonly kind: 'subscribe'; readonly workbinId: string; readonly ownerId?: string }
  | { readonly kind: 'unsubscribe'; readonly workbinId: string; readonly ownerId?: string }
  | { readonly kind: 'add-interaction'; readonly workbinId: string; readonly interactionId: string }
  | {
      readonly kind: 'pull';
      readonly mediaType: string;
      readonly interactionId: string;
      readonly sourceId: string;
    }
  | {
      readonly kind: 'place-in-queue';
      readonly mediaType: string;
      readonly interactionId: string;
      /** Name of a queue or of a workbin; absent: back where it came from. */
      readonly queue?: string;
      readonly ownerId?: string;
    }
  | {
      readonly kind: 'move-to-workbin';
      readonly interactionIds: readonly string[];
      readonly workbinId: string;
      readonly ownerId?: string;
    }
  | { readonly kind: 'get-details'; readonly interactionId: string };

/** An HTTP request: `path` begins with `/workspace/v3`, `body` is JSON text. */
export interface EncodedOperation {
  readonly method: 'POST';
  readonly path: string;
  readonly body: string;
}

/** Writes the request of an operation; its events will carry `operationId`. */
export function encodeOperation(
  operationId: string,
  operation: WorkspaceV3Operation,
): EncodedOperation {
  const { path, data } = pathAndData(operation);
  return {
    method: 'POST',
    path: `/workspace/v3${path}`,
    body: JSON.stringify({ operationId, data }),
  };
}

function pathAndData(operation: WorkspaceV3Operation): {
  readonly path: string;
  readonly data: object;
} {
  switch (operation.kind) {
    case 'get-workbins':
      return { path: '/workbins/get-workbins', data: {} };
    case 'get-content':
    case 'subscribe':
    case 'unsubscribe': {
      const { kind, workbinId, ownerId } = operation;
      return { path: `/workbins/${encodeURIComponent(workbinId)}/${kind}`, data: { ownerId } };
    }
    case 'get-contents': {
      // One string with commas, as the simulator reads it.
      const { workbinIds, ownerId } = operation;
      return {
        path: '/workbins/get-contents',
        data: { workbinIds: workbinIds.join(','), ownerId },
      };
    }
    case 'add-interaction': {
      const { workbinId, interactionId } = operation;
      return {
        path: `/workbins/${encodeURIComponent(workbinId)}/add-interaction`,
        data: { interactionId },
      };
    }
    case 'pull': {
      // Both names: the simulator reads sourceId, the published client's model has workbinId.
      const { sourceId } = operation;
      return { path: interactionPath(operation), data: { sourceId, workbinId: sourceId } };
    }
    case 'place-in-queue': {
      const { queue = BACK, ownerId } = operation;
      return { path: interactionPath(operation), data: { queue, ownerId } };
    }
    case 'move-to-workbin': {
      const { interactionIds: interactions, workbinId, ownerId } = operation;
      return {
        path: '/media-management/move-to-workbin',
        data: { interactions, workbinId, ownerId },
      };
    }
    case 'get-details':
      return {
        path: `/workbins/interactions/${encodeURIComponent(operation.interactionId)}/get-details`,
        data: {},
      };
    default:
      return assertNever(operation);
  }
}

function interactionPath(operation: {
  readonly kind: string;
  readonly mediaType: string;
  readonly interactionId: string;
}): string {
  const { kind, mediaType, interactionId } = operation;
  return `/media/${encodeURIComponent(mediaType)}/interactions/${encodeURIComponent(interactionId)}/${kind}`;
}
