import { ensure } from '../core/base/assert';
import type { JsonValue } from '../core/protocol/json';
import type { Workbin } from '../core/protocol/workbin';
import type { Configuration } from './configuration';
import type { Actor, Interaction, RestingPlace, UserData } from './interaction';
import {
  CONFIGURATION,
  CROWDED,
  CUSTOMERS,
  LONG_TEXT,
  ROWS,
  SUBJECTS,
  type Medium,
  type Row,
} from './populationData';

/** What the embedded server starts with. */
export interface Population {
  readonly configuration: Configuration;
  readonly interactions: readonly Interaction[];
}

/** Who may be logged in at first use without asking. */
export const DEFAULT_LOGIN: Actor = { tenantId: 101, agentId: 'A1001', placeId: 'Desk-101' };

const MINUTE_MS = 60_000;
const TENANT = 101;

const KIND: Readonly<Record<Medium, readonly [type: string, subtype: string, by: string]>> = {
  email: ['Inbound', 'InboundNew', 'EmailServer'],
  chat: ['Inbound', 'InboundNew', 'ChatServer'],
  workitem: ['Inbound', 'InboundNew', 'CapturePoint_Claims'],
};

/** The same people and work at every start; times lie before `startedAt` (milliseconds since 1970). */
export function createPopulation(startedAt: number): Population {
  const crowd = Array.from({ length: CROWDED.count }, (_, index): Row => [
    CROWDED.workbin,
    'email',
    index % CUSTOMERS.length,
    subjectOf(index, 7100 + index * 13),
    10 + ((index * 7) % 9) * 10,
    600 + (CROWDED.count - index) * 3,
  ]);
  // Oldest first, so that each workbin holds its interactions in the order in which they came.
  const rows = [...ROWS, ...crowd].sort((a, b) => b[5] - a[5]);
  return {
    configuration: CONFIGURATION,
    interactions: rows.map((row, index) => interactionOf(row, index, startedAt)),
  };
}

/** Work that has just come in and is with an agent; `number` counts from 1. */
export function incomingInteraction(number: number, now: number, actor: Actor): Interaction {
  const row: Row = [
    'email-inbound-distribution',
    'email',
    number % CUSTOMERS.length,
    subjectOf(number, 9000 + number),
    50,
    0,
  ];
  const interaction = interactionOf(row, 5000 + number, now);
  return {
    ...interaction,
    location: {
      kind: 'handled',
      agentId: actor.agentId,
      placeId: actor.placeId,
      assignedAt: now,
      from: { kind: 'queue', queue: 'email-inbound-distribution', routing: false },
    },
  };
}

function interactionOf(row: Row, index: number, startedAt: number): Interaction {
  const [where, medium, , , , ageMinutes] = row;
  const [type, subtype, submittedBy] = KIND[medium];
  // Thousandths that differ keep two times of one minute apart.
  const movedToQueueAt = startedAt - ageMinutes * MINUTE_MS - ((index * 317) % 997);
  const receivedAt = movedToQueueAt - (3 + (index % 5)) * MINUTE_MS;
  const outbound = where.startsWith('email-draft') || where === 'email-outbound-review';
  return {
    id: interactionId(index),
    ...(outbound ? { parentId: interactionId(20_000 + index) } : {}),
    tenantId: TENANT,
    mediaType: medium,
    type: outbound ? 'Outbound' : type,
    subtype: outbound ? 'OutboundReply' : subtype,
    isOnline: medium === 'chat',
    isHeld: false,
    submittedBy,
    receivedAt,
    submittedAt: receivedAt + 1_250,
    movedToQueueAt,
    placeInQueueSeq: index + 1,
    userData: userDataOf(row, index),
    location: locationOf(where),
  };
}

/** 16 characters to the base 36 with mixed case, as interaction ids look; the form is ours. */
function interactionId(index: number): string {
  const counter = (index * 7 + 1_296).toString(36).toUpperCase().padStart(4, '0');
  return `00001aFX8K2M${counter}`;
}

function locationOf(where: string): RestingPlace {
  const at = where.indexOf('@');
  if (at < 0) {
    const [queue = '', state] = where.split('!');
    return { kind: 'queue', queue, routing: state === 'routing' };
  }
  const type = where.slice(0, at);
  const workbin: Workbin = {
    type,
    ownerKind: ensure(
      CONFIGURATION.workbinTypes.find((candidate) => candidate.type === type),
      `workbin type ${type} is configured`,
    ).ownerKind,
    owner: where.slice(at + 1),
  };
  return { kind: 'workbin', workbin };
}

function userDataOf(row: Row, index: number): UserData {
  const [, medium, customer, subject, priority] = row;
  const [name, address, contactId, segment] = ensure(CUSTOMERS[customer], 'customer exists');
  const policy = `HH-${String(2200 + index * 3)}-0${String(index % 8)}`;
  const data = new Map<string, JsonValue>([
    ['Subject', subject],
    ['FromPersonal', name],
    ['FromAddress', address],
    ['ContactId', contactId],
    ['Priority', priority],
    ['CustomerSegment', segment],
    ['ServiceType', medium === 'workitem' ? 'Claims' : 'CustomerService'],
    ['CaseId', `CL-2024-${String(118_800 + index)}`],
    ['PolicyNumber', policy],
    ['Language', customer === 4 ? 'ja-JP' : customer === 7 ? 'he-IL' : 'en-GB'],
  ]);
  if (medium === 'email') {
    data.set('Mailbox', 'service@insurance.example.com');
    data.set('Header_Message-ID', `<${policy.toLowerCase()}.${String(index)}@mail.example.com>`);
    data.set('_AttachmentsSize', (index % 4) * 182_733);
  }
  if (medium === 'chat') {
    data.set('ChatServerHost', 'chat-1.contact.example.com');
    data.set('Transcript', {
      0: { Party: name, Text: 'Hello? Is somebody there? 🙂' },
      1: { Party: 'System', Text: 'Please wait, an agent will be with you soon.' },
    });
  }
  if (medium === 'workitem') {
    data.set('CapturePoint', { Name: 'Claims', Type: 'XML file', Attempt: 1 });
    data.set('Claim', {
      Amount: String(310 + index * 45),
      Currency: 'EUR',
      Vehicle: { Plate: `B-XY ${String(100 + index)}`, Damage: { Front: 1, Rear: 0, Glass: 1 } },
    });
  }
  if (index % 9 === 0) {
    data.set('Body_PlainText', LONG_TEXT.repeat(6));
  }
  return data;
}

function subjectOf(index: number, number: number): string {
  return ensure(SUBJECTS[index % SUBJECTS.length], 'subject exists').replace('{n}', String(number));
}
