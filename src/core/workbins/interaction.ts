import type { JsonObject, JsonValue } from '../protocol/json';
import { keyValueEntries } from '../protocol/keyValueList';

/** What a workbin holds of one interaction, as far as the trace told. */
export interface HeldInteraction {
  readonly id: string;
  /** Properties under the names of the wire; from content or change events, the later winning. */
  readonly properties: JsonObject;
}

/** What people recognise an interaction by; absent where the trace did not tell. */
export interface InteractionSummary {
  readonly id: string;
  readonly mediaType?: string;
  readonly subject?: string;
  readonly from?: string;
  /** When it came into the workbin, as the wire wrote it. */
  readonly movedAt?: string;
  /** When it was received, as the wire wrote it. */
  readonly receivedAt?: string;
}

/**
 * Names under which one property comes: in content events (interaction property lists), in change events
 * (`InteractionProperties`), in Workspace API v3.
 */
const NAMES = {
  mediaType: ['MediaType', 'interactionMediatype', 'mediaType', 'mediatype'],
  subject: ['Subject', 'subject'],
  from: ['FromAddress', 'FromPersonal', 'from'],
  movedAt: ['MovedToQueueAt', 'interactionMovedToQueueAt', 'movedToQueueAt', 'PlacedInQueueAt'],
  receivedAt: ['ReceivedAt', 'interactionReceivedAt', 'receivedAt'],
} as const;

const NESTED = ['interactionUserData', 'userData', 'email'] as const;

export function summarise(interaction: HeldInteraction): InteractionSummary {
  const text = (names: readonly string[]): string | undefined =>
    firstText(interaction.properties, names);
  const mediaType = text(NAMES.mediaType);
  const subject = text(NAMES.subject);
  const from = text(NAMES.from);
  const movedAt = text(NAMES.movedAt);
  const receivedAt = text(NAMES.receivedAt);
  return {
    id: interaction.id,
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(subject === undefined ? {} : { subject }),
    ...(from === undefined ? {} : { from }),
    ...(movedAt === undefined ? {} : { movedAt }),
    ...(receivedAt === undefined ? {} : { receivedAt }),
  };
}

function firstText(properties: JsonObject, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = own(properties, name);
    if (typeof value === 'string' && value !== '') {
      return value;
    }
  }
  for (const name of NESTED) {
    const nested = own(properties, name);
    const entry = keyValueEntries(nested).find(({ key }) => names.includes(key));
    if (typeof entry?.value === 'string' && entry.value !== '') {
      return entry.value;
    }
  }
  return undefined;
}

function own(properties: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}
