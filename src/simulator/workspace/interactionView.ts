import { isLosslessNumber } from 'lossless-json';
import { asList, asObject, asText } from '../../core/protocol/attributes';
import type { JsonValue } from '../../core/protocol/json';
import { keyValueEntries } from '../../core/protocol/keyValueList';
import { privateQueue, type Agent, type Configuration } from '../configuration';
import type { Interaction, UserData } from '../interaction';
import { userName } from './accounts';

/** An entry of a key-value list as Workspace API v3 writes it. */
export interface TypedEntry {
  readonly key: string;
  readonly type: 'str' | 'int' | 'kvlist';
  readonly value: string | number | readonly TypedEntry[];
}

/**
 * An interaction as the events of Workspace API v3 show it. Names are those of agent-api-simulator (Genesys, MIT);
 * times are ISO 8601 in whole seconds.
 */
export function interactionView(configuration: Configuration, interaction: Interaction): object {
  const { location, userData } = interaction;
  const handled = location.kind === 'handled';
  const resting = handled ? location.from : location;
  const workbin = location.kind === 'workbin' ? location.workbin : undefined;
  const agentId = handled
    ? location.agentId
    : workbin?.ownerKind === 'Agent'
      ? workbin.owner
      : undefined;
  const owner = configuration.agents.find((agent) => agent.id === agentId);
  return {
    capabilities: handled ? ['place-in-queue'] : [],
    interactionType: interaction.type,
    interactionSubtype: interaction.subtype,
    id: interaction.id,
    ...(interaction.parentId !== undefined && { parentInteractionId: interaction.parentId }),
    ...(handled && { assignedAt: seconds(location.assignedAt), assignedTo: location.agentId }),
    receivedAt: seconds(interaction.receivedAt),
    submittedAt: seconds(interaction.submittedAt),
    placedInQueueAt: seconds(interaction.movedToQueueAt),
    movedToQueueAt: seconds(interaction.movedToQueueAt),
    submittedBy: interaction.submittedBy,
    submitSeq: String(interaction.placeInQueueSeq),
    isHeld: interaction.isHeld,
    isLocked: false,
    isOnline: interaction.isOnline,
    ...(agentId !== undefined && { agentId }),
    tenantId: interaction.tenantId,
    queue: resting.kind === 'queue' ? resting.queue : privateQueue(resting.workbin.type),
    ...(workbin !== undefined && { workbinTypeId: workbin.type }),
    workflowState: handled ? 'Handling' : isRouting(interaction) ? 'Routing' : 'Queued',
    state: stateOf(interaction),
    mediaType: interaction.mediaType,
    subject: textIn(userData, 'Subject'),
    contactId: textIn(userData, 'ContactId'),
    ...(interaction.mediaType === 'email' && { email: emailView(interaction) }),
    ...(owner !== undefined && { ownerInformation: ownerView(owner) }),
    userData: [...userData].map(([key, value]) => entry(key, value)),
  };
}

/** A value in a key-value list. The lists know text, integers and lists: everything else becomes text. */
function entry(key: string, value: JsonValue): TypedEntry {
  if (typeof value === 'number' && Number.isInteger(value)) {
    return { key, type: 'int', value };
  }
  if (asObject(value) !== undefined || asList(value) !== undefined) {
    const entries = keyValueEntries(value).map((inner) => entry(inner.key, inner.value));
    return { key, type: 'kvlist', value: entries };
  }
  return { key, type: 'str', value: textOf(value) };
}

function textOf(value: JsonValue): string {
  if (value === null) {
    return '';
  }
  return isLosslessNumber(value) ? value.value : typeof value === 'object' ? '' : String(value);
}

function stateOf({ location, type }: Interaction): string {
  switch (location.kind) {
    case 'workbin':
      return 'InWorkbin';
    case 'queue':
      return 'Queued';
    case 'handled':
      return type === 'Outbound' ? 'Composing' : 'Processing';
  }
}

function isRouting({ location }: Interaction): boolean {
  return location.kind === 'queue' && location.routing;
}

function emailView({ type, userData }: Interaction): object {
  const [customer, mailbox] = [textIn(userData, 'FromAddress'), textIn(userData, 'Mailbox')];
  const [from, to] = type === 'Outbound' ? [mailbox, customer] : [customer, mailbox];
  return { from, to: [to], bodyAsPlainText: textIn(userData, 'Body_PlainText') };
}

function ownerView(agent: Agent): object {
  const [firstName = '', ...rest] = agent.name.split(' ');
  return { firstName, lastName: rest.join(' '), userName: userName(agent), employeeId: agent.id };
}

function textIn(userData: UserData, key: string): string {
  return asText(userData.get(key)) ?? '';
}

function seconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
