/**
 * Workbins in Web Services API v2: operations on `/api/v2/…/workbins`, and the messages of topic
 * `/v2/me/workbins`. Source: Web Services API Reference 8.5.2, Workbin pages, and its 8.5.0 form of the same
 * operations. Which Interaction Management message each stands for is our mapping.
 */
import { asInteger, asList, asObject, asText, member, numberText, isNumber } from '../attributes';
import type { JsonObject } from '../json';
import type { ApiPath } from './apiPath';
import { ownName, REQUESTS, type NamedWorkbin, type Operation } from './operation';

/** What a POST on a workbin asks for, by `operationName`; the names with `WorkbinEvents` are the older ones. */
const OPERATION_NAMES: ReadonlyMap<string, string> = new Map([
  ['Subscribe', REQUESTS.subscribe],
  ['SubscribeWorkbinEvents', REQUESTS.subscribe],
  ['Unsubscribe', REQUESTS.unsubscribe],
  ['UnsubscribeWorkbinEvents', REQUESTS.unsubscribe],
  ['GetWorkbinContent', REQUESTS.content],
  ['GetWorkbinTypesInfo', REQUESTS.workbins],
  ['AddInteractionToWorkbin', REQUESTS.place],
]);

/** Pulls are named by what is pulled: `PullInteraction`, `PullEmail`, `PullChat` … */
const PULL = /^Pull[A-Z]/;

/** What a request means: one operation, or one for each workbin where several are subscribed at once. */
export function readWebServicesV2(
  method: string,
  path: ApiPath,
  body: JsonObject | undefined,
): readonly Operation[] {
  const { segments } = path;
  const at = segments.indexOf('workbins');
  if (at < 0) {
    return [{ name: ownName(method, segments) }];
  }
  const [id, content] = segments.slice(at + 1);
  const owner = ownerOf(path);
  if (method === 'POST') {
    const name = operationName(textOf(body, 'operationName'));
    const several = (path.query.get('workbinIds') ?? '').split(',').filter((each) => each !== '');
    const ids = id === undefined ? several : [id];
    const interactionId = textOf(body, 'id') || textOf(body, 'interactionId');
    const common = { name, ...(interactionId !== '' && { interactionId }) };
    const workbins =
      ids.length > 0 ? ids : [textOf(body, 'workbinId')].filter((each) => each !== '');
    return workbins.length === 0
      ? [common]
      : workbins.map((workbin) => ({ ...common, workbin: named(workbin, owner) }));
  }
  if (id === undefined) {
    return [{ name: REQUESTS.workbins, answeredBy: 'EventWorkbins' }];
  }
  const workbin = named(id, owner);
  return content !== undefined || path.query.has('subresources')
    ? [{ name: REQUESTS.content, workbin, answeredBy: 'EventWorkbinContent' }]
    : [{ name: `${method} workbins`, workbin }];
}

/** References that an HTTP answer gives to the operations of its request, in their order. */
export function referencesIn(
  answer: JsonObject | undefined,
  operations: readonly Operation[],
): readonly (string | undefined)[] {
  const single = keyOf(answer, 'referenceId');
  const several = asObject(member(answer, 'referenceIds'));
  return operations.map(({ workbin }) =>
    several === undefined || workbin === undefined ? single : keyOf(several, workbin.workbin),
  );
}

/** What a message of topic `/v2/me/workbins` means; undefined for any other. */
export interface V2Event {
  readonly name: 'EventAck' | 'EventError' | 'EventWorkbinContentChanged';
  readonly workbin?: NamedWorkbin;
  /** Key of the server's reference, as {@link referencesIn} gives it. */
  readonly reference?: string;
  /** Requests that it may answer, where it names no reference. */
  readonly answers: readonly string[];
  readonly interactionId?: string;
}

export function readV2Event(data: JsonObject): V2Event | undefined {
  const id = textOf(data, 'id');
  const owner =
    textOf(data, 'workbinUserId') || textOf(data, 'agentGroup') || textOf(data, 'placeGroup');
  const workbin = id === '' ? {} : { workbin: named(id, owner) };
  const reference = keyOf(data, 'referenceId');
  switch (textOf(data, 'messageType')) {
    case 'WorkbinSubscriptionStateChangeMessage': {
      const about = { ...workbin, ...(reference !== undefined && { reference }) };
      switch (textOf(data, 'stateResource')) {
        case 'Subscribed':
          return { ...about, name: 'EventAck', answers: [REQUESTS.subscribe] };
        case 'Unsubscribed':
          return { ...about, name: 'EventAck', answers: [REQUESTS.unsubscribe] };
        case 'RequestFailed':
          return {
            ...about,
            name: 'EventError',
            answers: [REQUESTS.subscribe, REQUESTS.unsubscribe],
          };
        default:
          return undefined;
      }
    }
    case 'WorkbinStateChangeMessage': {
      const interactionId = interactionIn(data);
      return {
        ...workbin,
        name: 'EventWorkbinContentChanged',
        answers: [],
        ...(interactionId !== undefined && { interactionId }),
      };
    }
    default:
      return undefined;
  }
}

/** Names of the workbins that an answer lists, by id. */
export function workbinNamesIn(
  answer: JsonObject | undefined,
): readonly (readonly [string, string])[] {
  const listed = asList(member(answer, 'workbins')) ?? [];
  return [...listed, member(answer, 'workbin') ?? null].flatMap((each) => {
    const workbin = asObject(each);
    const id = textOf(workbin, 'id');
    const name = textOf(workbin, 'workbinName') || textOf(workbin, 'name');
    return id === '' || name === '' ? [] : [[id, name] as const];
  });
}

/** `statusCode`, or `status` in the older form; undefined where the answer has neither. */
export function statusCodeOf(answer: JsonObject | undefined): number | undefined {
  return asInteger(member(answer, 'statusCode')) ?? asInteger(member(answer, 'status'));
}

function operationName(name: string): string {
  return (
    OPERATION_NAMES.get(name) ?? (PULL.test(name) ? REQUESTS.pull : `POST ${name || 'workbins'}`)
  );
}

/** Whose workbin a path means; empty for the agent who is signed in. */
function ownerOf({ segments, query }: ApiPath): string {
  const group = query.get('agentGroup') ?? query.get('placeGroup');
  return group ?? (segments[0] === 'users' ? (segments[1] ?? '') : '');
}

/** The interaction stands in a member named by its media, such as `emailStateResourceV2`. */
function interactionIn(data: JsonObject): string | undefined {
  for (const name of Object.keys(data)) {
    if (name.endsWith('StateResourceV2')) {
      const id = textOf(asObject(member(data, name)), 'id');
      return id === '' ? undefined : id;
    }
  }
  return undefined;
}

function keyOf(object: JsonObject | undefined, name: string): string | undefined {
  const value = member(object, name);
  return isNumber(value) ? numberText(value) : asText(value);
}

function named(workbin: string, owner: string): NamedWorkbin {
  return owner === '' ? { workbin } : { workbin, owner };
}

function textOf(object: JsonObject | undefined, name: string): string {
  return asText(member(object, name)) ?? '';
}
