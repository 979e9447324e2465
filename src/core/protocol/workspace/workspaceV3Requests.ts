/**
 * What a request to Workspace API v3 means. Source of paths and bodies: agent-api-simulator (Genesys, MIT). Which
 * Interaction Management request an operation stands for is our mapping.
 */
import { asList, asObject, asText, member } from '../attributes';
import type { JsonObject } from '../json';
import { BACK } from './operations';
import { ownName, REQUESTS, type NamedWorkbin, type Operation } from './operation';

/** What is known of the connection beyond the request. */
export interface RequestContext {
  /** Whether a queue is known to be a workbin. */
  readonly isWorkbin: (queue: string) => boolean;
  /** The workbin out of which an interaction was pulled last. */
  readonly pulledFrom: (interactionId: string) => NamedWorkbin | undefined;
}

/** Every workbin has a queue of its own, named after it. Source: agent-api-simulator. */
const PRIVATE_QUEUE = /\/PrivateQueue$/;

/** What a request means. `segments` follow `/workspace/v3`; `body` is the JSON body, if there was one. */
export function readWorkspaceV3(
  method: string,
  segments: readonly string[],
  body: JsonObject | undefined,
  context: RequestContext,
): Operation {
  const data = asObject(member(body, 'data'));
  const own: Operation = { name: ownName(method, segments) };
  const [area, first = '', second = '', third = '', fourth = ''] = segments;
  switch (area) {
    case 'workbins':
      return first === 'interactions'
        ? {
            name: second !== '' && third === 'get-details' ? REQUESTS.details : own.name,
            interactionId: second,
          }
        : (workbinOperation(first, second, data) ?? own);
    case 'media':
      return second === 'interactions' && fourth !== ''
        ? interactionOperation(third, fourth, data, own, context)
        : own;
    case 'media-management':
      return bulkOperation(first, data) ?? own;
    case 'notifications':
      return { name: `${method} notifications` };
    default:
      return own;
  }
}

function workbinOperation(
  first: string,
  action: string,
  data: JsonObject | undefined,
): Operation | undefined {
  if (action === '') {
    switch (first) {
      case 'get-workbins':
        return { name: REQUESTS.workbins };
      case 'get-contents': {
        // Names one workbin or several; several have no label in common.
        const ids = textOf(data, 'workbinIds')
          .split(',')
          .filter((id) => id !== '');
        const [id] = ids;
        return id === undefined || ids.length > 1
          ? { name: REQUESTS.content }
          : { name: REQUESTS.content, workbin: named(id.trim(), data) };
      }
      default:
        return undefined;
    }
  }
  const workbin = named(first, data);
  switch (action) {
    case 'get-content':
      return { name: REQUESTS.content, workbin };
    case 'subscribe':
      return { name: REQUESTS.subscribe, workbin };
    case 'unsubscribe':
      return { name: REQUESTS.unsubscribe, workbin };
    case 'add-interaction':
      return { name: REQUESTS.place, workbin, interactionId: textOf(data, 'interactionId') };
    default:
      return undefined;
  }
}

function interactionOperation(
  interactionId: string,
  action: string,
  data: JsonObject | undefined,
  own: Operation,
  context: RequestContext,
): Operation {
  switch (action) {
    case 'pull': {
      // The simulator reads sourceId, the published client's model has workbinId.
      const source = textOf(data, 'sourceId') || textOf(data, 'workbinId');
      return {
        name: REQUESTS.pull,
        interactionId,
        ...(source !== '' && { workbin: named(source, data) }),
      };
    }
    case 'place-in-queue': {
      const queue = textOf(data, 'queue').replace(PRIVATE_QUEUE, '');
      const known =
        queue === BACK
          ? context.pulledFrom(interactionId)
          : context.isWorkbin(queue)
            ? named(queue, data)
            : undefined;
      return known === undefined
        ? { name: REQUESTS.queue, interactionId }
        : { name: REQUESTS.place, interactionId, workbin: known };
    }
    default:
      return { ...own, interactionId };
  }
}

function bulkOperation(action: string, data: JsonObject | undefined): Operation | undefined {
  const ids = asList(member(data, 'interactions')) ?? [];
  const only = ids.length === 1 ? asText(ids[0]) : undefined;
  const interaction = only === undefined ? {} : { interactionId: only };
  switch (action) {
    case 'move-to-workbin':
      return {
        name: REQUESTS.place,
        ...interaction,
        workbin: named(textOf(data, 'workbinId'), data),
      };
    case 'move-to-queue':
      return { name: REQUESTS.queue, ...interaction };
    default:
      return undefined;
  }
}

function named(workbin: string, data: JsonObject | undefined): NamedWorkbin {
  const owner = textOf(data, 'ownerId');
  return owner === '' ? { workbin } : { workbin, owner };
}

function textOf(data: JsonObject | undefined, name: string): string {
  return asText(member(data, name)) ?? '';
}
