/**
 * Which requests of Interaction Management a client of Workspace API v3 can send: those that one of its operations
 * stands for, with the few attributes that the operation has a place for. The mapping is ours; paths as in
 * `operations.ts`.
 */
import { failed, ok, type Result } from '../../base/result';
import { asText, member } from '../attributes';
import { keyValue } from '../keyValueList';
import type { Message } from '../message';
import { workbinOf, type Workbin } from '../workbin';
import { REQUESTS } from './operation';

/** A request as far as an operation can carry it. */
export type WebRequest =
  | { readonly kind: 'get-workbins' }
  | { readonly kind: 'get-content' | 'subscribe' | 'unsubscribe'; readonly workbin: Workbin }
  | { readonly kind: 'place'; readonly interactionId: string; readonly workbin: Workbin }
  | { readonly kind: 'pull'; readonly interactionId: string; readonly workbinType: string }
  | { readonly kind: 'get-details'; readonly interactionId: string };

export interface WebRequestType {
  /** The operation that is sent, for people. */
  readonly operation: string;
  /** Attributes of the request that reach the server; the others have no place in the operation. */
  readonly attributes: readonly string[];
  readonly read: (request: Message) => WebRequest | undefined;
  /** What is missing when it cannot be read. */
  readonly needs: string;
}

const WORKBIN_NEEDED = 'Name a workbin: its workbinTypeId and its owner.';

/** The view of a workbin's own: its type and this (our reading). */
const OWN_VIEW = /\/PrivateView$/;

export const WEB_REQUESTS: ReadonlyMap<string, WebRequestType> = new Map([
  [
    REQUESTS.workbins,
    {
      operation: 'POST /workbins/get-workbins',
      attributes: [],
      needs: '',
      read: () => ({ kind: 'get-workbins' }),
    },
  ],
  [REQUESTS.content, onWorkbin('get-content')],
  [REQUESTS.subscribe, onWorkbin('subscribe')],
  [REQUESTS.unsubscribe, onWorkbin('unsubscribe')],
  [
    REQUESTS.place,
    {
      operation:
        'POST /workbins/{id}/add-interaction; for another owner /media-management/move-to-workbin, and for what you have open /media/{media}/interactions/{id}/place-in-queue',
      attributes: ['interactionId', 'workbin'],
      needs: `Name an interaction. ${WORKBIN_NEEDED}`,
      read({ attributes }) {
        const interactionId = asText(member(attributes, 'interactionId')) ?? '';
        const workbin = workbinOf(member(attributes, 'workbin'));
        return interactionId === '' || workbin === undefined
          ? undefined
          : { kind: 'place', interactionId, workbin };
      },
    },
  ],
  [
    REQUESTS.pull,
    {
      operation: 'POST /media/{media}/interactions/{id}/pull',
      attributes: ['viewId', 'pullParameters'],
      needs:
        'Name one interaction, as the entry id of pullParameters, and its workbin’s own view as viewId: the workbin’s type and /PrivateView.',
      read({ attributes }) {
        const interactionId = asText(keyValue(member(attributes, 'pullParameters'), 'id')) ?? '';
        const viewId = asText(member(attributes, 'viewId')) ?? '';
        return interactionId === '' || !OWN_VIEW.test(viewId)
          ? undefined
          : { kind: 'pull', interactionId, workbinType: viewId.replace(OWN_VIEW, '') };
      },
    },
  ],
  [
    REQUESTS.details,
    {
      operation: 'POST /workbins/interactions/{id}/get-details',
      attributes: ['interactionId'],
      needs: 'Name an interaction.',
      read({ attributes }) {
        const interactionId = asText(member(attributes, 'interactionId')) ?? '';
        return interactionId === '' ? undefined : { kind: 'get-details', interactionId };
      },
    },
  ],
] satisfies readonly (readonly [string, WebRequestType])[]);

/** Reads a request for the operation that stands for it; fails where there is none, or something is missing. */
export function webRequestOf(request: Message): Result<WebRequest> {
  const type = WEB_REQUESTS.get(request.name);
  if (type === undefined) {
    return failed(
      'not-carried',
      `Workspace API v3 has no operation for ${request.name} that this client knows.`,
    );
  }
  const extra = Object.keys(request.attributes).find((name) => !type.attributes.includes(name));
  if (extra !== undefined) {
    return failed('not-carried', `Workspace API v3 has no place for ${extra} in this operation.`);
  }
  const read = type.read(request);
  return read === undefined ? failed('incomplete', type.needs) : ok(read);
}

function onWorkbin(kind: 'get-content' | 'subscribe' | 'unsubscribe'): WebRequestType {
  return {
    operation: `POST /workbins/{id}/${kind}`,
    attributes: ['workbin'],
    needs: WORKBIN_NEEDED,
    read({ attributes }) {
      const workbin = workbinOf(member(attributes, 'workbin'));
      return workbin === undefined ? undefined : { kind, workbin };
    },
  };
}
