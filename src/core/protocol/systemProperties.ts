/**
 * Names of an interaction's system properties in lists that hold attached data as well, flat, side by side: whether
 * a property is the system's can only be told by its name.
 * Source: the names that Platform SDK for .NET 8.1.4 binds in `InteractionAttributes`.
 */
const SYSTEM_PROPERTIES: ReadonlySet<string> = new Set([
  'InteractionId',
  'ParentId',
  'ExternalId',
  'TenantId',
  'MediaType',
  'InteractionType',
  'InteractionSubtype',
  'IsOnline',
  'InteractionState',
  'IsLocked',
  'IsLockOwner',
  'Queue',
  'Workbin',
  'WorkbinAgentId',
  'WorkbinAgentGroupId',
  'WorkbinPlaceId',
  'WorkbinPlaceGroupId',
  'SubmittedBy',
  'Priority',
  'ReceivedAt',
  'SubmittedAt',
  'DeliveredAt',
  'SubmittedToRouterAt',
  'PlacedInQueueAt',
  'MovedToQueueAt',
  'AbandonedAt',
  'CustomerSegment',
  'ContactId',
  'ServiceType',
  'ServiceObjective',
  'CategoryId',
  'CaseId',
  'ReasonCode',
  'DispositionCode',
  'FlexibleProperties',
  'Subject',
  'FromPersonal',
  'Mailbox',
  'FromAddress',
  'InQueues',
  'OutQueues',
  'Inviting',
]);

/** True for the names that Platform SDK has for properties of its own. */
export function isSystemProperty(name: string): boolean {
  return SYSTEM_PROPERTIES.has(name);
}
