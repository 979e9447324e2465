import type { JsonValue } from '../../core/protocol/json';
import type { Configuration } from '../configuration';
import { isReadOnlyProperty } from '../propertyChanges';
import type { Complain, JsonNode } from './jsonTree';
import { known } from './readPeople';
import { readWorkbin } from './readWorkbins';
import {
  flag,
  list,
  located,
  maybe,
  numberBetween,
  object,
  optional,
  record,
  required,
  text,
  wholeBetween,
  type Located,
  type Reader,
} from './reading';
import { recipe } from './recipe';
import type { Contact, InitialWork, Recipes, Scenario, Template } from './scenario';

/** The parts of the file that tell of interactions. */
export interface WorkNodes {
  readonly contacts: JsonNode | undefined;
  readonly templates: JsonNode;
  readonly newWork: JsonNode | undefined;
  readonly interactions: JsonNode | undefined;
}

export type Work = Pick<Scenario, 'contacts' | 'templates' | 'newWork'> & {
  /** Undefined where something is wrong with them, so that what needs the rest can be read all the same. */
  readonly interactions: readonly InitialWork[] | undefined;
  /** Properties that every contact has. */
  readonly contactProperties: readonly string[];
};

/** More do not fit into a list that a person looks at, nor into a message. */
const MAX_INTERACTIONS = 20_000;
const MAX_AGE_MINUTES = 10_000_000;

const CONTACTS = list(record(text()), { min: 1, max: 10_000 });

/** Reads customers, templates and what lies where at the start. */
export function readWork(
  nodes: WorkNodes,
  configuration: Configuration,
  complain: Complain,
): Work | undefined {
  const contacts: readonly Contact[] | undefined =
    nodes.contacts === undefined ? [new Map()] : CONTACTS(nodes.contacts, complain);
  const contactProperties = contacts && commonProperties(contacts);
  const templates = readTemplates(nodes.templates, configuration, contactProperties, complain);
  if (contacts === undefined || contactProperties === undefined || templates === undefined) {
    return undefined;
  }
  const [first] = templates.values();
  const newWork =
    nodes.newWork === undefined
      ? first
      : (readTemplate(nodes.newWork, templates, complain) ?? first);
  const interactions =
    nodes.interactions === undefined
      ? []
      : readInteractions(
          nodes.interactions,
          { configuration, contacts, contactProperties, templates },
          complain,
        );
  if (first === undefined) {
    complain(nodes.templates, 'At least one template must stand here.');
  }
  return newWork && { contacts, contactProperties, templates, newWork, interactions };
}

/** Properties with their recipes; those that are the server's own cannot be given. */
export function recipes(contactProperties: readonly string[] | undefined): Reader<Recipes> {
  const read = record<JsonValue>(recipe(contactProperties));
  return (node, complain) => {
    for (const { key } of node.kind === 'object' ? node.members : []) {
      if (isReadOnlyProperty(key.value)) {
        complain(key, `"${key.value}" is the server's own property; leave it out.`);
      }
    }
    return read(node, complain);
  };
}

/** The template that a name names. */
export function templateNamed(
  name: Located<string>,
  templates: ReadonlyMap<string, Template>,
  complain: Complain,
): Template | undefined {
  known('template', name, [...templates.keys()], complain);
  return templates.get(name.value);
}

function readTemplate(
  node: JsonNode,
  templates: ReadonlyMap<string, Template>,
  complain: Complain,
): Template | undefined {
  const name = located(text(255))(node, complain);
  return name && templateNamed(name, templates, complain);
}

function readTemplates(
  node: JsonNode,
  { mediaTypes }: Configuration,
  contactProperties: readonly string[] | undefined,
  complain: Complain,
): ReadonlyMap<string, Template> | undefined {
  const read = record(
    object({
      mediaType: required(located(text(80))),
      type: optional(text(80), 'Inbound'),
      subtype: optional(text(80), 'InboundNew'),
      submittedBy: optional(text(255), 'MediaServer'),
      isOnline: optional(flag, false),
      isReply: optional(flag, false),
      properties: optional<Recipes>(recipes(contactProperties), new Map()),
    }),
  );
  const found = read(node, complain);
  found?.forEach(({ mediaType }) => known('media type', mediaType, mediaTypes, complain));
  return (
    found &&
    new Map([...found].map(([name, each]) => [name, { ...each, mediaType: each.mediaType.value }]))
  );
}

function readInteractions(
  node: JsonNode,
  {
    configuration,
    contacts,
    contactProperties,
    templates,
  }: { readonly configuration: Configuration } & Omit<Work, 'newWork' | 'interactions'>,
  complain: Complain,
): readonly InitialWork[] | undefined {
  const age = numberBetween(0, MAX_AGE_MINUTES);
  const ages = list(age, { min: 2, max: 2 });
  const read = list(
    located(
      object({
        template: required(located(text(255))),
        workbin: maybe(located(text(600))),
        queue: maybe(located(text(255))),
        routing: optional(flag, false),
        contact: maybe(wholeBetween(0, contacts.length - 1)),
        count: optional(wholeBetween(1, MAX_INTERACTIONS), 1),
        ageMinutes: optional<number | readonly number[]>(
          (each, tell) => (each.kind === 'list' ? ages(each, tell) : age(each, tell)),
          0,
        ),
        properties: optional<Recipes>(recipes(contactProperties), new Map()),
      }),
    ),
    { max: MAX_INTERACTIONS },
  );
  const rows = read(node, complain)?.map(({ value: row, span }): InitialWork | undefined => {
    const template = templateNamed(row.template, templates, complain);
    const at = placeOf(row, span.start, configuration, complain);
    const [one, other] =
      typeof row.ageMinutes === 'number'
        ? [row.ageMinutes, row.ageMinutes]
        : [row.ageMinutes[0] ?? 0, row.ageMinutes[1] ?? 0];
    return (
      template &&
      at && {
        template,
        at,
        contact: row.contact,
        count: row.count,
        ageMinutes: { newest: Math.min(one, other), oldest: Math.max(one, other) },
        properties: row.properties,
      }
    );
  });
  const all = rows?.filter((row) => row !== undefined);
  if ((all?.reduce((sum, { count }) => sum + count, 0) ?? 0) > MAX_INTERACTIONS) {
    complain(
      { start: node.start, end: node.start + 1 },
      `All together there may be at most ${MAX_INTERACTIONS} interactions; lower a "count".`,
    );
  }
  return all?.length === rows?.length ? all : undefined;
}

function placeOf(
  row: {
    readonly workbin: Located<string> | undefined;
    readonly queue: Located<string> | undefined;
    readonly routing: boolean;
  },
  start: number,
  configuration: Configuration,
  complain: Complain,
): InitialWork['at'] | undefined {
  const { workbin: workbinName, queue, routing } = row;
  if ((workbinName === undefined) === (queue === undefined)) {
    complain({ start, end: start + 1 }, 'Either "workbin" or "queue" must say where this lies.');
    return undefined;
  }
  if (workbinName !== undefined) {
    if (routing) {
      complain(workbinName.span, 'Only what stands in a queue can be routed; delete "routing".');
    }
    const workbin = readWorkbin(workbinName, configuration, complain);
    return workbin && { kind: 'workbin', workbin };
  }
  if (queue === undefined) {
    return undefined;
  }
  known('queue', queue, configuration.queues, complain);
  return { kind: 'queue', queue: queue.value, routing };
}

function commonProperties(contacts: readonly Contact[]): readonly string[] {
  const [first, ...others] = contacts;
  return [...(first?.keys() ?? [])].filter((key) => others.every((contact) => contact.has(key)));
}
