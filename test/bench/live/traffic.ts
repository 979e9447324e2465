/**
 * What the server of the live benches sends: a block of messages with the mix of a workbin server, made once from
 * a seed and sent again and again with other numbers in it. Server and checker make the same bytes from it.
 *
 * Of 1,000 messages 840 tell of a change in a workbin, 108 acknowledge, 50 hold a workbin's content (57 % of the
 * bytes), one is no JSON and one is binary. Some have ids nested in payloads or quoted in strings, letters of
 * other scripts, and words that make a redactor look twice.
 */
import { createHash, type Hash } from 'node:crypto';

export const BLOCK_MESSAGES = 1000;
/** Workbins whose changes are told; an application subscribes to each. */
export const WORKBINS = Array.from({ length: 20 }, (_, index) => `A${1001 + index}`);
export const WORKBIN_TYPE = 'email-draft';
/** Requests that wait for an answer from the burst have references from here on, one for each answer in a block. */
export const FIRST_REFERENCE = 1000;

const INTERACTIONS = 20_000;
/** Always of so many digits, so that a block keeps its length. */
const FIRST_SEQUENCE = 1_000_000_000;
const SEQUENCE_MARK = '1000000000';
const INTERACTION_MARK = '#####';

interface Template {
  readonly name: string;
  readonly reference?: number;
  readonly workbin?: string;
  readonly text: string;
  readonly binary?: true;
}

interface Slot {
  /** Of the frame, and of what it carries, within the block. */
  readonly frame: number;
  readonly body: number;
  readonly end: number;
  readonly sequences: readonly number[];
  readonly interactions: readonly number[];
  readonly template: Template;
}

export class Traffic {
  private readonly slots: readonly Slot[];
  private readonly block: Buffer;
  /** Answers in a block, each with a reference of its own. */
  readonly answers: number;

  constructor() {
    const random = seeded(20_240_301);
    const templates: Template[] = [];
    let answers = 0;
    for (let index = 0; index < BLOCK_MESSAGES; index++) {
      const made = template(index, FIRST_REFERENCE + answers, random);
      answers += made.reference === undefined ? 0 : 1;
      templates.push(made);
    }
    this.answers = answers;
    const slots: Slot[] = [];
    const frames: Buffer[] = [];
    let at = 0;
    for (const one of templates) {
      const body = Buffer.from(one.text, 'utf8');
      const head = frameHead(body.length, one.binary === true);
      slots.push({
        frame: at,
        body: at + head.length,
        end: at + head.length + body.length,
        sequences: marks(body, SEQUENCE_MARK).map((mark) => at + head.length + mark),
        interactions: marks(body, INTERACTION_MARK).map((mark) => at + head.length + mark),
        template: one,
      });
      frames.push(head, body);
      at += head.length + body.length;
    }
    this.slots = slots;
    this.block = Buffer.concat(frames);
  }

  get blockLength(): number {
    return this.block.length;
  }

  get bytesPerMessage(): number {
    return this.block.length / BLOCK_MESSAGES;
  }

  /** Frames of the messages from `first` on, which must all lie in one block; `room` takes a block. */
  frames(room: Buffer, first: number, count: number): Buffer {
    const from = first % BLOCK_MESSAGES;
    const slots = this.slots.slice(from, from + count);
    const start = slots[0]?.frame ?? 0;
    const end = slots.at(-1)?.end ?? 0;
    this.block.copy(room, start, start, end);
    slots.forEach((slot, index) => number(room, slot, first + index));
    return room.subarray(start, end);
  }

  /** Digests of the first `count` messages: of their bytes, and of what an index must tell of them. */
  digests(count: number): Digests {
    const digester = new Digester();
    const room = Buffer.alloc(this.block.length);
    for (let first = 0; first < count; first += BLOCK_MESSAGES) {
      this.frames(room, first, BLOCK_MESSAGES);
      for (let index = 0; index < Math.min(BLOCK_MESSAGES, count - first); index++) {
        const slot = this.slots[index];
        if (slot !== undefined) {
          const { name, reference, workbin = '' } = slot.template;
          const at = slot.interactions[0];
          const interaction =
            at === undefined || name !== 'EventWorkbinContentChanged'
              ? ''
              : `0000Da${interactionDigits(first + index)}`;
          digester.add(room.subarray(slot.body, slot.end), name, reference, workbin, interaction);
        }
      }
    }
    return digester.end();
  }
}

export interface Digests {
  readonly bytes: string;
  readonly index: string;
}

/** Takes messages one by one, from whatever place they were found in. */
export class Digester {
  private readonly bytes: Hash = createHash('sha256');
  private readonly index: Hash = createHash('sha256');

  add(
    body: Uint8Array,
    name: string,
    reference: number | string | undefined,
    workbin: string,
    interaction: string,
  ): void {
    this.bytes.update(`${body.length}:`).update(body);
    this.index.update(`${name}|${JSON.stringify(reference)}|${workbin}|${interaction}\n`);
  }

  end(): Digests {
    return { bytes: this.bytes.digest('hex'), index: this.index.digest('hex') };
  }
}

function template(index: number, reference: number, random: () => number): Template {
  const place = index % 100;
  if (index === 333) {
    return { name: '', text: `{"messageName":"EventAck","cut":${SEQUENCE_MARK}` };
  }
  if (index === 666) {
    return { name: '', text: `binary ${SEQUENCE_MARK}`, binary: true };
  }
  if (place % 20 === 7) {
    return content(reference, random);
  }
  return place % 9 === 4 ? acknowledgement(reference) : change(index, random);
}

function acknowledgement(reference: number): Template {
  const attributes = { referenceId: reference, proxyClientId: 17 };
  const extension = { sequence: FIRST_SEQUENCE };
  return message('EventAck', { ...attributes, extension }, { reference });
}

function content(reference: number, random: () => number): Template {
  const interactions = Array.from({ length: 10 + Math.floor(random() * 54) }, (_, index) => ({
    interactionId: `0000Db${INTERACTION_MARK}`,
    place: index,
    properties: properties(index, random),
  }));
  const attributes = { proxyClientId: 17, extension: { sequence: FIRST_SEQUENCE }, interactions };
  // Behind the body at times, where a quick look does not find it.
  const ordered =
    random() < 0.4
      ? { ...attributes, referenceId: reference }
      : { referenceId: reference, ...attributes };
  return message('EventWorkbinContent', ordered, { reference });
}

function change(index: number, random: () => number): Template {
  const owner = WORKBINS[Math.floor(random() * WORKBINS.length)] ?? '';
  const attributes = {
    proxyClientId: 17,
    operation: index % 3 === 0 ? 'Add' : 'Update',
    workbinContentOperation: index % 3 === 0 ? 'Placed' : 'PropertiesChanged',
    workbin: { workbinTypeId: WORKBIN_TYPE, workbinAgentId: owner },
    interaction: {
      interactionId: `0000Da${INTERACTION_MARK}`,
      interactionMediaType: 'email',
      interactionType: 'Inbound',
      interactionReceivedAt: '2024-03-01T09:30:00.000Z',
      interactionUserData: properties(index, random),
      quoted: '{"referenceId":99,"interactionId":"nested"}',
      history: [{ interactionId: 'nested', referenceId: 98, at: '2024-03-01T09:31:12Z' }],
    },
    actor: { agentId: owner, placeId: `Desk-${owner}`, clientId: `desktop-${owner}` },
    reason: { reasonSystemName: 'Released', reasonDescription: 'The agent saved a draft' },
    extension: { sequence: FIRST_SEQUENCE },
  };
  return message('EventWorkbinContentChanged', attributes, { workbin: `${WORKBIN_TYPE}@${owner}` });
}

const SUBJECTS = [
  'Re: my order has not arrived',
  'Rückfrage zu Ihrer Bestellung für März',
  '注文について — お問い合わせ',
  'Your token for the car park; forgot the pass?',
];

function properties(index: number, random: () => number): object {
  const turn = random();
  const subject = SUBJECTS[turn < 0.75 ? 0 : turn < 0.95 ? 1 : turn < 0.998 ? 2 : 3];
  return {
    Subject: subject,
    Priority: index % 10,
    Score: 0.125 * index,
    Segment: turn < 0.5 ? 'Gold' : 'Silver',
    From: `customer${Math.floor(turn * 1e6)}@example.org`,
    Text: 'I ordered three weeks ago.\nPlease tell me "when" it comes.',
  };
}

function message(
  name: string,
  attributes: object,
  found: Pick<Template, 'reference' | 'workbin'>,
): Template {
  return { name, ...found, text: JSON.stringify({ messageName: name, ...attributes }) };
}

function number(room: Buffer, slot: Slot, index: number): void {
  const sequence = String(FIRST_SEQUENCE + index);
  for (const at of slot.sequences) {
    room.write(sequence, at, 'latin1');
  }
  const interaction = interactionDigits(index);
  for (const at of slot.interactions) {
    room.write(interaction, at, 'latin1');
  }
}

function interactionDigits(index: number): string {
  return String((index * 7919) % INTERACTIONS).padStart(5, '0');
}

function marks(body: Buffer, mark: string): number[] {
  const found: number[] = [];
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    found.push(at);
  }
  return found;
}

/** Of a whole unmasked message (RFC 6455, section 5.2). */
function frameHead(length: number, binary: boolean): Buffer {
  const kind = binary ? 0x82 : 0x81;
  if (length < 126) {
    return Buffer.from([kind, length]);
  }
  return Buffer.from([kind, 126, length >> 8, length & 0xff]);
}

/** Numbers from 0 up to but not including 1, the same on every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
