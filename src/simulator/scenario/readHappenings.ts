import { assertNever } from '../../core/base/assert';
import type { Configuration } from '../configuration';
import type { Complain, JsonNode } from './jsonTree';
import { known } from './readPeople';
import { recipes, templateNamed, type Work } from './readWork';
import { readWorkbins, workbinNames } from './readWorkbins';
import {
  flag,
  list,
  located,
  maybe,
  numberBetween,
  object,
  oneOf,
  optional,
  required,
  text,
  wholeBetween,
  type Located,
  type Reader,
} from './reading';
import type { Deed, Recipes, Stream, WeightedDeed } from './scenario';

const DEEDS = ['arrive', 'pull', 'placeBack', 'handOver', 'finish', 'change'] as const;
type DeedName = (typeof DEEDS)[number];

/** A day. */
const MAX_SECONDS = 86_400;
const MAX_PER_MINUTE = 60_000;

/** Reads what happens by itself. */
export function readHappenings(
  node: JsonNode | undefined,
  configuration: Configuration,
  work: Work,
  complain: Complain,
): readonly Stream[] | undefined {
  if (node === undefined) {
    return [];
  }
  const deed = deedReader(configuration, work);
  const read: Reader<readonly Stream[]> = list(
    object({
      name: required(text(200)),
      perMinute: required(numberBetween(0.001, MAX_PER_MINUTE)),
      regular: optional(flag, false),
      startsAfter: optional(numberBetween(0, MAX_SECONDS), 0),
      pause: maybe(
        object({
          after: required(numberBetween(0.1, MAX_SECONDS)),
          length: required(numberBetween(0.1, MAX_SECONDS)),
        }),
      ),
      deeds: required(list(deed, { min: 1, max: 100 })),
    }),
    { max: 100 },
  );
  return read(node, complain);
}

/** A deed is read by what it does: each has properties of its own. */
function deedReader(configuration: Configuration, work: Work): Reader<WeightedDeed> {
  const common = {
    do: required(oneOf(DEEDS)),
    weight: optional(numberBetween(0, 1_000_000), 1),
    agents: maybe(list(located(text(255)), { min: 1, max: 2000 })),
  };
  const own = recipes(work.contactProperties);
  const readers = {
    arrive: object({
      ...common,
      template: required(located(text(255))),
      in: required(workbinNames),
      atMost: optional(wholeBetween(1, 20_000), 200),
    }),
    pull: object({ ...common, from: required(workbinNames) }),
    placeBack: object(common),
    handOver: object({ ...common, to: required(workbinNames) }),
    finish: object(common),
    change: object({
      ...common,
      in: required(workbinNames),
      set: optional<Recipes>(own, new Map()),
      remove: optional(list(text(255)), []),
    }),
  };
  const named = (node: JsonNode, complain: Complain): DeedName | undefined => {
    const member =
      node.kind === 'object' ? node.members.find(({ key }) => key.value === 'do') : undefined;
    if (member === undefined) {
      complain(
        { start: node.start, end: node.start + 1 },
        `"do" must say what happens: ${DEEDS.join(', ')}.`,
      );
      return undefined;
    }
    return oneOf(DEEDS)(member.value, complain);
  };
  return (node, complain) => {
    const name = named(node, complain);
    const workbins = (names: Parameters<typeof readWorkbins>[0]) =>
      readWorkbins(names, configuration, complain);
    const made = (
      each: { readonly weight: number; readonly agents: Agents } | undefined,
      deed: ((agents: readonly string[] | undefined) => Deed | undefined) | undefined,
    ): WeightedDeed | undefined => {
      if (each === undefined || deed === undefined) {
        return undefined;
      }
      each.agents?.forEach((agent) =>
        known(
          'agent',
          agent,
          configuration.agents.map(({ id }) => id),
          complain,
        ),
      );
      const result = deed(each.agents?.map(({ value }) => value));
      return result && { weight: each.weight, deed: result };
    };
    switch (name) {
      case undefined:
        return undefined;
      case 'arrive': {
        const row = readers.arrive(node, complain);
        return made(
          row,
          row &&
            ((agents) => {
              const template = templateNamed(row.template, work.templates, complain);
              const where = workbins(row.in);
              return template && { do: 'arrive', agents, template, in: where, atMost: row.atMost };
            }),
        );
      }
      case 'pull': {
        const row = readers.pull(node, complain);
        return made(row, row && ((agents) => ({ do: 'pull', agents, from: workbins(row.from) })));
      }
      case 'handOver': {
        const row = readers.handOver(node, complain);
        return made(row, row && ((agents) => ({ do: 'handOver', agents, to: workbins(row.to) })));
      }
      case 'placeBack':
        return made(readers.placeBack(node, complain), (agents) => ({ do: 'placeBack', agents }));
      case 'finish':
        return made(readers.finish(node, complain), (agents) => ({ do: 'finish', agents }));
      case 'change': {
        const row = readers.change(node, complain);
        return made(
          row,
          row &&
            ((agents) => ({
              do: 'change',
              agents,
              in: workbins(row.in),
              set: row.set,
              remove: row.remove,
            })),
        );
      }
      default:
        return assertNever(name);
    }
  };
}

type Agents = readonly Located<string>[] | undefined;
