import { asObject, member } from '../../core/protocol/attributes';
import type { JsonObject, JsonValue } from '../../core/protocol/json';
import { failure, html, type Reply, type WorkspaceRequest } from './httpExchange';
import type { OperationId } from './events';

/** What the body of an operation says; no body says nothing. */
export interface OperationBody {
  readonly operationId: OperationId;
  readonly data: JsonObject;
}

/** Deeper nesting than any request has. */
const MAX_DEPTH = 64;

export const BAD_JSON = failure(400, 'The body is not JSON.');

/** The JSON in a body, `undefined` when it is empty; a reply when it cannot be taken. */
export function readJson(body: string): { readonly value: unknown } | { readonly refused: Reply } {
  if (body === '') {
    return { value: undefined };
  }
  try {
    const value: unknown = JSON.parse(body);
    return isDeeper(value, MAX_DEPTH)
      ? { refused: failure(400, `The body is nested deeper than ${MAX_DEPTH}.`) }
      : { value };
  } catch {
    return { refused: BAD_JSON };
  }
}

/**
 * Reads the envelope `{operationId, data}`. The simulator of the real service (agent-api-simulator) fails without
 * `data`, but for `get-workbins`; the published client sends no body where there is nothing to say.
 */
export function readOperationBody(
  value: unknown,
  { path }: WorkspaceRequest,
  quirks: boolean,
): OperationBody | Reply {
  // JSON.parse makes exactly such values, without numbers that keep their letters.
  const json = value as JsonValue | undefined;
  const envelope = asObject(json);
  const data = member(envelope, 'data');
  if (quirks && data === undefined && !path.endsWith('/get-workbins')) {
    return html(500, '<pre>Internal Server Error</pre>');
  }
  if (json !== undefined && envelope === undefined) {
    return failure(400, 'The body is no JSON object.');
  }
  const fields = data === undefined || data === null ? {} : asObject(data);
  return fields === undefined
    ? failure(400, "'data' is no JSON object.")
    : { operationId: member(envelope, 'operationId'), data: fields };
}

export function isReply(value: OperationBody | Reply): value is Reply {
  return 'status' in value;
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return depth === 0 || Object.values(value).some((inner) => isDeeper(inner, depth - 1));
}
