/**
 * Events of Workspace API v3: what the `data` of a Bayeux message tells.
 * Source: agent-api-simulator (Genesys, MIT); of `EventError`, which it never sends, our reading.
 */
import { asInt32, asList, asObject, asText, member } from '../attributes';
import type { JsonObject, JsonValue } from '../json';
import { isLosslessNumber } from 'lossless-json';
import type { Reference } from '../message';

export interface V3Event {
  readonly name: string;
  readonly operationId?: Reference;
  /** The workbin and its owner, where the event names both. */
  readonly workbin?: { readonly workbin: string; readonly owner: string };
  readonly interactionId?: string;
  readonly errorCode?: number;
  /** Names of workbins by id, which later messages leave out. */
  readonly workbinNames: readonly (readonly [id: string, name: string])[];
  /** Names of the signed-in agent, the best first. */
  readonly user: readonly string[];
}

/** Reads an event; one that says no name of its own has that of its channel. */
export function readV3Event(channel: string, data: JsonObject): V3Event {
  const workbin = asObject(member(data, 'workbin'));
  const id = textOf(workbin, 'id');
  const owner = textOf(workbin, 'owner');
  const operationId = referenceOf(member(data, 'operationId'));
  const interactionId = textOf(asObject(member(data, 'interaction')), 'id');
  const errorCode = asInt32(member(data, 'errorCode'));
  return {
    name:
      textOf(data, 'name') ||
      textOf(data, 'messageType') ||
      textOf(data, 'notificationType') ||
      channel,
    ...(operationId !== undefined && { operationId }),
    ...(id !== '' && owner !== '' && { workbin: { workbin: id, owner } }),
    ...(interactionId !== '' && { interactionId }),
    ...(errorCode !== undefined && { errorCode }),
    workbinNames: namesIn(data, workbin),
    user: userIn(data),
  };
}

/**
 * An `operationId` as a reference. A server takes any JSON for one: what is neither number nor text becomes its
 * JSON text; none, null and the empty text are no reference.
 */
export function referenceOf(value: JsonValue | undefined): Reference | undefined {
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  if (typeof value === 'string' || typeof value === 'number') {
    return value;
  }
  return isLosslessNumber(value) ? value.value : JSON.stringify(value);
}

/** Names of the agent whom an initialization event or `current-session` describes: employee id, then user name. */
export function userIn(data: JsonObject): readonly string[] {
  const user = asObject(member(asObject(member(data, 'data')), 'user'));
  return ['employeeId', 'userName'].map((name) => textOf(user, name)).filter((name) => name !== '');
}

function namesIn(
  data: JsonObject,
  workbin: JsonObject | undefined,
): readonly (readonly [string, string])[] {
  const workbins = member(data, 'workbins');
  const several = asList(workbins) ?? Object.values(asObject(workbins) ?? {});
  return [...several, workbin].flatMap((each) => {
    const found = asObject(each);
    const id = textOf(found, 'id');
    const name = textOf(found, 'workbinName');
    return id === '' || name === '' ? [] : [[id, name] as const];
  });
}

function textOf(object: JsonObject | undefined, name: string): string {
  return asText(member(object, name)) ?? '';
}
