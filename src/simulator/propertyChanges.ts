import type { JsonValue } from '../core/protocol/json';
import { ErrorCode } from '../core/protocol/errorCodes';
import type { UserData } from './interaction';
import { Refusal } from './refusal';

/** What a request wants changed in the properties of an interaction. */
export interface PropertyChanges {
  readonly added: UserData;
  readonly changed: UserData;
  readonly deleted: readonly string[];
}

/** Nothing is to change. */
export const NO_CHANGES: PropertyChanges = { added: new Map(), changed: new Map(), deleted: [] };

/** Properties that are the server's own (names of Platform SDK's `InteractionAttributes`): no request changes them. */
const READ_ONLY: ReadonlySet<string> = new Set([
  'InteractionId',
  'ParentId',
  'TenantId',
  'MediaType',
  'InteractionType',
  'InteractionSubtype',
  'InteractionState',
  'IsOnline',
  'IsLocked',
  'IsHeld',
  'IsLockOwner',
  'Queue',
  'Workbin',
  'WorkbinAgentId',
  'WorkbinAgentGroupId',
  'WorkbinPlaceId',
  'WorkbinPlaceGroupId',
  'SubmittedBy',
  'ReceivedAt',
  'SubmittedAt',
  'DeliveredAt',
  'SubmittedToRouterAt',
  'PlacedInQueueAt',
  'MovedToQueueAt',
  'AssignedAt',
  'AssignedTo',
  'AbandonedAt',
  'PlaceInQueueSeq',
]);

/** Known properties of one type each; attached data may have any. */
const TYPES: ReadonlyMap<string, 'string' | 'number'> = new Map([
  ['Priority', 'number'],
  ['Subject', 'string'],
  ['FromAddress', 'string'],
  ['FromPersonal', 'string'],
  ['Mailbox', 'string'],
  ['ContactId', 'string'],
  ['CustomerSegment', 'string'],
  ['ServiceType', 'string'],
  ['ServiceObjective', 'string'],
  ['CategoryId', 'string'],
  ['CaseId', 'string'],
  ['ReasonCode', 'string'],
  ['DispositionCode', 'string'],
]);

/** True of a property that is the server's own. */
export function isReadOnlyProperty(key: string): boolean {
  return READ_ONLY.has(key);
}

export function changesNothing(changes: PropertyChanges): boolean {
  return changes.added.size + changes.changed.size + changes.deleted.length === 0;
}

/** The data after the changes, or a refusal that leaves everything as it was. */
export function applyChanges(data: UserData, changes: PropertyChanges): UserData {
  const after = new Map<string, JsonValue>(data);
  for (const [key, value] of changes.added) {
    if (data.has(key) || changes.changed.has(key) || changes.deleted.includes(key)) {
      throw new Refusal(
        ErrorCode.Error_duplicated_properties,
        `Property '${key}' is to be added but exists or is named twice`,
      );
    }
    after.set(key, checked(key, value));
  }
  for (const [key, value] of changes.changed) {
    if (changes.deleted.includes(key)) {
      throw new Refusal(
        ErrorCode.Error_duplicated_properties,
        `Property '${key}' is to be changed and deleted`,
      );
    }
    after.set(key, checked(key, value));
  }
  for (const key of changes.deleted) {
    checkWritable(key);
    after.delete(key);
  }
  return after;
}

function checked(key: string, value: JsonValue): JsonValue {
  checkWritable(key);
  const type = TYPES.get(key);
  // A number that JavaScript would round arrives as an object.
  const isNumber = typeof value === 'number' || (typeof value === 'object' && value !== null);
  if (type !== undefined && (type === 'number' ? !isNumber : typeof value !== 'string')) {
    throw new Refusal(ErrorCode.Error_invalid_property_type, `Property '${key}' must be a ${type}`);
  }
  return value;
}

function checkWritable(key: string): void {
  if (READ_ONLY.has(key)) {
    throw new Refusal(ErrorCode.Error_read_only_property, `Property '${key}' is read-only`);
  }
}
