/**
 * The people, groups and texts of an invented insurance company's contact centre. Names, addresses
 * (example.com and its kin) and numbers belong to nobody.
 */
import type { Configuration } from './configuration';

export const CONFIGURATION: Configuration = {
  tenants: [1, 101],
  agents: [
    agent('A1001', 'Anna Berger', 'Desk-101'),
    agent('A1002', 'Ben Carter', 'Desk-102'),
    agent('A1003', 'Chloé Dubois', 'Desk-103'),
    agent('A1004', 'Dmitri Ivanov', 'Desk-104'),
    agent('A1005', 'Emre Yılmaz', 'Desk-105'),
    { ...agent('A1006', 'Fatima Haddad', 'Desk-106'), supervisor: true },
    agent('A1007', 'Greta Olsen', 'Reception-1'),
    { ...agent('A1008', 'Hugo Lindqvist', 'Desk-107'), enabled: false },
  ],
  places: [
    ...['Desk-101', 'Desk-102', 'Desk-103', 'Desk-104', 'Desk-105', 'Desk-106', 'Desk-107'].map(
      (id) => ({ id, enabled: true }),
    ),
    { id: 'Desk-108', enabled: false },
    { id: 'Reception-1', enabled: true },
  ],
  agentGroups: [
    { name: 'Customer-Mail', members: ['A1001', 'A1002', 'A1003', 'A1006'] },
    { name: 'Claims', members: ['A1003', 'A1004', 'A1005', 'A1006'] },
  ],
  placeGroups: [
    { name: 'Claims-Floor', members: ['Desk-103', 'Desk-104', 'Desk-105', 'Desk-106'] },
    { name: 'Service-Floor', members: ['Desk-101', 'Desk-102', 'Desk-107', 'Reception-1'] },
  ],
  workbinTypes: [
    { type: 'email-in-progress', title: 'E-mails in Progress', ownerKind: 'Agent', active: true },
    { type: 'email-draft', title: 'Draft E-mails', ownerKind: 'Agent', active: true },
    {
      type: 'workitem-in-progress',
      title: 'Work Items in Progress',
      ownerKind: 'Agent',
      active: true,
    },
    { type: 'chat-followup', title: 'Chats to Follow Up', ownerKind: 'Agent', active: true },
    { type: 'team-email', title: 'Team E-mails', ownerKind: 'AgentGroup', active: true },
    { type: 'claims-desk', title: 'Claims Desk', ownerKind: 'PlaceGroup', active: true },
    { type: 'front-desk', title: 'Front Desk', ownerKind: 'Place', active: true },
    { type: 'fax-in-progress', title: 'Faxes in Progress', ownerKind: 'Agent', active: false },
  ],
  queues: [
    'email-inbound-distribution',
    'email-outbound-review',
    'chat-inbound',
    'claims-intake',
    'workitem-distribution',
  ],
  mediaTypes: ['email', 'chat', 'workitem'],
};

function agent(id: string, name: string, placeId: string): Configuration['agents'][number] {
  return { id, name, tenantId: 101, placeId, enabled: true, supervisor: false };
}

/** name, address, contact id, segment */
export const CUSTOMERS = [
  ['Margit Østergård', 'margit.ostergard@example.com', '000A3a5KJ2CN00V1', 'gold'],
  ['José Álvarez', 'j.alvarez@mail.example.com', '000A3a5KJ2CN00V4', 'standard'],
  ['Priya Raman', 'priya.raman@example.org', '000A3a5KJ2CN00VB', 'gold'],
  ['Łukasz Wójcik', 'lukasz@wojcik.example.net', '000A3a5KJ2CN00VH', 'standard'],
  ['山田 花子', 'hanako.yamada@example.jp.example.com', '000A3a5KJ2CN00VN', 'platinum'],
  ["Siobhán O'Connor", 'siobhan.oconnor@example.com', '000A3a5KJ2CN00VS', 'standard'],
  ['Tom Achterberg', 'tom@achterberg.example.net', '000A3a5KJ2CN00W2', 'standard'],
  ['נועה לוי', 'noa.levi@example.org', '000A3a5KJ2CN00W7', 'gold'],
] as const;

export type Medium = 'email' | 'chat' | 'workitem';

/** workbin (`type@owner`) or queue (`!routing`: a strategy has it), media type, customer (index), subject, priority, age in minutes */
export type Row = readonly [
  where: string,
  medium: Medium,
  customer: number,
  subject: string,
  priority: number,
  ageMinutes: number,
];

/** What lies in the workbins and queues at the start; `email-draft@A1002` and others are empty. */
export const ROWS: readonly Row[] = [
  ['email-in-progress@A1001', 'email', 0, 'Water damage in the kitchen: photos attached', 40, 95],
  [
    'email-in-progress@A1001',
    'email',
    1,
    'Re: Re: Fwd: policy HH-2291-07, address change',
    10,
    310,
  ],
  ['email-in-progress@A1001', 'email', 4, '契約更新についての質問', 60, 42],
  ['email-in-progress@A1001', 'email', 7, 'שאלה לגבי חשבונית 88213', 20, 1540],
  ['email-in-progress@A1001', 'email', 6, '(no subject)', 10, 3020],
  ['email-draft@A1001', 'email', 2, 'Your claim CL-2024-118843: what we still need', 30, 18],
  ['email-draft@A1001', 'email', 5, 'Confirmation of your cancellation', 20, 130],
  ['email-draft@A1001', 'email', 3, 'Odpowiedź: rozliczenie szkody komunikacyjnej', 20, 205],
  ['workitem-in-progress@A1001', 'workitem', 0, 'Call back after surveyor visit', 50, 75],
  ['workitem-in-progress@A1001', 'workitem', 6, 'Check bank details (IBAN rejected)', 70, 610],
  ['chat-followup@A1001', 'chat', 2, 'Chat of this morning: send the tariff sheet', 30, 210],
  ['email-in-progress@A1002', 'email', 5, 'Complaint: third reminder for a paid invoice', 80, 55],
  ['email-in-progress@A1002', 'email', 3, 'Green card for a trip to Ukraine', 30, 480],
  ['email-in-progress@A1002', 'email', 0, 'Question about the deductible', 10, 2200],
  ['workitem-in-progress@A1002', 'workitem', 1, 'Policy copy by post', 10, 1300],
  ['chat-followup@A1002', 'chat', 7, 'Asked for a colleague who speaks Hebrew', 40, 25],
  ['email-in-progress@A1003', 'email', 1, 'Dégât des eaux : constat amiable', 50, 260],
  ['email-draft@A1003', 'email', 6, 'Offer for your second car', 10, 90],
  ['workitem-in-progress@A1003', 'workitem', 4, 'Translate medical report (12 pages)', 60, 700],
  ['workitem-in-progress@A1004', 'workitem', 2, 'Recourse against the other insurer', 40, 4100],
  ['workitem-in-progress@A1004', 'workitem', 5, 'Fraud check: same invoice, three claims', 90, 33],
  ['email-in-progress@A1004', 'email', 7, 'Photos of the bicycle, as agreed on the phone', 20, 145],
  ['chat-followup@A1005', 'chat', 3, 'Customer was cut off, phone number in the notes', 70, 12],
  ['email-in-progress@A1006', 'email', 4, 'Escalation: answer promised for yesterday', 95, 1490],
  ['team-email@Customer-Mail', 'email', 6, 'New bank account for direct debit', 20, 65],
  ['team-email@Customer-Mail', 'email', 2, 'Which documents for a newborn child?', 30, 140],
  ['team-email@Customer-Mail', 'email', 0, 'Sommerhus: er stormskader dækket?', 30, 220],
  ['team-email@Customer-Mail', 'email', 1, '¿Cubre la póliza el robo en el extranjero?', 30, 360],
  ['claims-desk@Claims-Floor', 'workitem', 3, 'Assign surveyor: hail, 14 vehicles', 80, 28],
  ['claims-desk@Claims-Floor', 'workitem', 6, 'Second opinion: whiplash claim', 60, 505],
  ['claims-desk@Claims-Floor', 'email', 5, 'Garage estimate 4,310.00 EUR', 40, 820],
  ['front-desk@Reception-1', 'workitem', 1, 'Visitor left documents at reception', 20, 50],
  ['front-desk@Reception-1', 'workitem', 7, 'Parcel with keys of the insured flat', 40, 170],
  ['email-inbound-distribution', 'email', 2, 'Invoice for glass repair', 20, 4],
  ['email-inbound-distribution', 'email', 4, 'パスワードを忘れました', 30, 2],
  ['email-inbound-distribution', 'email', 5, 'Unsubscribe', 1, 9],
  ['claims-intake', 'workitem', 0, 'New claim from the web form: bicycle theft', 50, 6],
  ['claims-intake!routing', 'workitem', 3, 'New claim from the app: parking damage', 50, 3],
  ['chat-inbound', 'chat', 1, 'Waiting for an agent: opening hours', 40, 1],
  ['email-outbound-review', 'email', 6, 'Draft answer for review: refusal of cover', 30, 35],
];

/** The workbin that shows how many look: everybody's mail of one bad night. */
export const CROWDED = { workbin: 'team-email@Claims', count: 150 } as const;

/** Subjects of the crowded workbin and of what comes in while the server runs; `{n}` becomes a number. */
export const SUBJECTS = [
  'Storm damage at the roof, report no. {n}',
  'Claim {n}: when does the surveyor come?',
  'Re: claim {n}, photos (3 of 5)',
  'Fallen tree on car, file {n}',
  'Flooded cellar in Hafenstraße {n} – urgent',
  'Power surge: television and router, {n}',
] as const;

export const LONG_TEXT =
  'Dear Sir or Madam, on the night of the storm the tree of our neighbour fell on the shed. ' +
  'We have put up a tarpaulin, moved the furniture, and called the fire brigade (report attached). ' +
  'Please tell us whether the craftsman may begin, and whether the rent of a dehumidifier is covered. ' +
  'The cellar was dry again on Thursday; the freezer and what was in it are lost. ';
