/**
 * Events of Workspace API v3 as this server sends them. Source of names and fields: agent-api-simulator (Genesys,
 * MIT), which sends no `EventError`; of that one, our reading.
 */
import type { Configuration } from '../configuration';
import type { Interaction } from '../interaction';
import { Refusal } from '../refusal';
import type { WorkbinChange } from '../subscriptions';
import { interactionView } from './interactionView';
import { workbinId, type ListedWorkbin } from './workbinDirectory';

export const CHANNELS = {
  initialization: '/workspace/v3/initialization',
  workbins: '/workspace/v3/workbins',
  mediaManagement: '/workspace/v3/media-management',
} as const;

/** What goes out on a channel. */
export interface WorkspaceEvent {
  readonly channel: string;
  readonly data: object;
}

/** `operationId` as the request gave it: any JSON. */
export type OperationId = unknown;

/** What an event calls itself. */
export function eventName({ data }: WorkspaceEvent): string {
  const named = 'name' in data ? data.name : 'messageType' in data ? data.messageType : undefined;
  return typeof named === 'string' ? named : '';
}

/** The event as an `EventError` of the same operation. */
export function failedEvent({ channel, data }: WorkspaceEvent, errorCode: number): WorkspaceEvent {
  if ('name' in data && data.name === 'EventError') {
    return { channel, data: { ...data, errorCode } };
  }
  const operationId = 'operationId' in data ? data.operationId : undefined;
  const words = 'A fault on purpose: the request was done';
  return errorEvent(channel, operationId, new Refusal(errorCode, words));
}

export function mediaChannel(mediaType: string): string {
  return `/workspace/v3/media/${mediaType}`;
}

/** The answer to a workbin operation; `fields` are its own. */
export function workbinEvent(
  name: string,
  operationId: OperationId,
  fields: object,
): WorkspaceEvent {
  return {
    channel: CHANNELS.workbins,
    data: { name, messageType: 'WorkbinsMessage', operationId, ...fields },
  };
}

/** A refusal by Interaction Server of what the web tier had accepted. */
export function errorEvent(
  channel: string,
  operationId: OperationId,
  refusal: Refusal,
): WorkspaceEvent {
  return {
    channel,
    data: {
      name: 'EventError',
      messageType: channel === CHANNELS.workbins ? 'WorkbinsMessage' : 'EventError',
      operationId,
      errorCode: refusal.code,
      errorDescription: refusal.message,
    },
  };
}

/** A notification to a subscriber; it carries no `operationId`. */
export function contentChanged(
  configuration: Configuration,
  change: WorkbinChange,
): WorkspaceEvent {
  return {
    channel: CHANNELS.workbins,
    data: {
      name: 'EventWorkbinContentChanged',
      messageType: 'WorkbinsMessage',
      interaction: interactionView(configuration, change.interaction),
      operation: change.operation,
      workbin: { id: workbinId(change.workbin.type), owner: change.workbin.owner },
      workbinContentOperation: change.change === 'TakenOut' ? 'Remove' : 'Add',
    },
  };
}

export function statusChange(
  configuration: Configuration,
  interaction: Interaction,
  operationId?: OperationId,
): WorkspaceEvent {
  return {
    channel: mediaChannel(interaction.mediaType),
    data: {
      notificationType: 'StatusChange',
      interaction: interactionView(configuration, interaction),
      messageType: 'InteractionStateChanged',
      ...(operationId !== undefined && { operationId }),
    },
  };
}

export function movedToWorkbin(operationId: OperationId): WorkspaceEvent {
  return {
    channel: CHANNELS.mediaManagement,
    data: { notificationType: 'MoveToWorkbin', operationId, messageType: 'SnapshotMessage' },
  };
}

/** A workbin without its content. */
export function workbinView({ id, type }: ListedWorkbin): object {
  return { workbinName: type.type, id, displayName: type.title, type: type.ownerKind };
}

export function contentView(
  configuration: Configuration,
  workbin: ListedWorkbin,
  interactions: readonly Interaction[],
): object {
  return {
    ...workbinView(workbin),
    interactions: interactions.map((each) => interactionView(configuration, each)),
  };
}
