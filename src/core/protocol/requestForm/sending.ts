/** What a connection can carry of the catalogue's requests. */
import type { MessageType } from '../catalogue';
import type { Dialect } from '../decoder';
import { WEB_REQUESTS } from '../workspace/webRequests';
import { formFields, type FormField } from './formFields';

export type Sending =
  /** The message itself crosses the wire. */
  | { readonly kind: 'message' }
  /** An operation that stands for it does, with these attributes of it; which one is our mapping. */
  | {
      readonly kind: 'operation';
      readonly operation: string;
      readonly attributes: readonly string[];
    }
  | { readonly kind: 'impossible'; readonly reason: string };

/** How a request is sent over a connection of this dialect. */
export function sendingOf(dialect: Dialect, request: string): Sending {
  if (dialect === 'platform-sdk-json') {
    return { kind: 'message' };
  }
  const type = WEB_REQUESTS.get(request);
  return type === undefined
    ? {
        kind: 'impossible',
        reason: `This server speaks Workspace API v3, which has no operation for ${request} that this client knows.`,
      }
    : { kind: 'operation', operation: type.operation, attributes: type.attributes };
}

/** The fields of a request that can be sent so. */
export function sendableFields(type: MessageType, sending: Sending): readonly FormField[] {
  const fields = formFields(type);
  switch (sending.kind) {
    case 'message':
      return fields;
    case 'operation':
      return fields.filter(({ name }) => sending.attributes.includes(name));
    case 'impossible':
      return [];
  }
}
