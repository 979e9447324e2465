import type { JsonObject } from '../../core/protocol/json';
import { asText, member } from '../../core/protocol/attributes';
import { accessibleOwners, type WorkbinReference } from '../workbinAccess';
import type { InteractionServer } from '../interactionServer';
import { findAgent } from './accounts';
import type { Interaction } from '../interaction';
import { failure, plainText, type Reply } from './httpExchange';
import type { OperationId } from './events';
import type { ListedWorkbin, WorkbinDirectory } from './workbinDirectory';
import type { WorkspaceSession } from './workspaceSession';

/** One request for an operation, of an agent who has a session. */
export interface Operation {
  readonly server: InteractionServer;
  readonly directory: WorkbinDirectory;
  readonly session: WorkspaceSession;
  readonly data: JsonObject;
  /** As it stands in the events; the client's, or one that the server made up. */
  readonly operationId: OperationId;
  readonly quirks: boolean;
}

/**
 * What becomes of a request. Accepted: it is acknowledged, then the work is done, and what that throws as a
 * `Refusal` goes out as an `EventError` on `channel`.
 */
export type Course =
  | { readonly kind: 'accepted'; readonly channel: string; readonly work: () => void }
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'unanswered' };

export function accepted(channel: string, work: () => void): Course {
  return { kind: 'accepted', channel, work };
}

/** As agent-api-simulator (Genesys, MIT) answers for a workbin id that it does not know. */
export const UNKNOWN_WORKBIN: Course = {
  kind: 'reply',
  reply: plainText(500, 'Internal Server Error'),
};

/** As agent-api-simulator (Genesys, MIT) answers for a function that it does not have. */
export const UNKNOWN_FUNCTION: Course = {
  kind: 'reply',
  reply: plainText(501, 'Not Implemented'),
};

/** The simulator answers nothing or acts as if all were well; ours says it in the envelope of the API. */
export function unknownInteraction(id: string): Course {
  return { kind: 'reply', reply: failure(500, `There is no interaction '${id.slice(0, 100)}'.`) };
}

export function textOf(data: JsonObject, name: string): string | undefined {
  const text = asText(member(data, name));
  return text === '' ? undefined : text;
}

/**
 * Names a workbin to the server. Without an owner it is the agent's own: the agent, the agent's place, or the first
 * of the groups of either (for groups, our reading). A user name stands for the agent of that name.
 */
export function reference(
  { server, session }: Operation,
  { type }: ListedWorkbin,
  ownerId: string | undefined,
): WorkbinReference {
  const owner =
    ownerId === undefined
      ? (accessibleOwners(server.configuration, session.login, type.ownerKind)[0] ?? '')
      : type.ownerKind === 'Agent'
        ? agentId(server, ownerId)
        : ownerId;
  return { type: type.type, owners: { [type.ownerKind]: owner } };
}

/** The interaction as it is now. */
export function current(server: InteractionServer, before: Interaction): Interaction {
  return server.interactions.get(before.id) ?? before;
}

function agentId(server: InteractionServer, name: string): string {
  return findAgent(server.configuration, name)?.id ?? name;
}
