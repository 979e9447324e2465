/**
 * Reads a scenario file. Whatever a person may have mistyped is told at its line, as much as possible at once, in
 * words that say what to do; what comes back without problems can be run.
 */
import { ok, type Result } from '../../core/base/result';
import type { FaultRule } from '../faults';
import { readFaults } from './readFaults';
import { readHappenings } from './readHappenings';
import { readPeople } from './readPeople';
import { readWork } from './readWork';
import { readJsonTree, type JsonNode } from './jsonTree';
import {
  list,
  maybe,
  object,
  optional,
  required,
  text,
  wholeBetween,
  type Reader,
} from './reading';
import type { Scenario, Stream } from './scenario';
import { TextPositions, type ScenarioProblem, type Span } from './textPosition';

/** More than any scenario needs; a larger text is not looked at. */
export const MAX_SCENARIO_LENGTH = 4 * 1024 * 1024;

/** Who corrects so many will look again. */
const MAX_PROBLEMS = 200;

/** Every property of the file, kept for a second look when all names are known. */
const kept: Reader<JsonNode> = (node) => node;

const FILE = object({
  $schema: optional(text(), ''),
  name: required(text(80)),
  description: optional(text(1000), ''),
  seed: optional(wholeBetween(0, 2 ** 31 - 1), 1),
  tenants: required(list(wholeBetween(0, 2 ** 31 - 1), { min: 1, max: 100 })),
  mediaTypes: required(list(text(80), { min: 1, max: 100 })),
  queues: optional(list(text(255)), []),
  agents: required(kept),
  places: required(kept),
  agentGroups: maybe(kept),
  placeGroups: maybe(kept),
  workbinTypes: required(kept),
  contacts: maybe(kept),
  templates: required(kept),
  newWork: maybe(kept),
  interactions: maybe(kept),
  happenings: maybe(kept),
  faults: maybe(kept),
});

/** The scenario that a text describes, or everything that is wrong with it, in the order of the text. */
export function readScenario(source: string): Result<Scenario, readonly ScenarioProblem[]> {
  const positions = new TextPositions(source.slice(0, MAX_SCENARIO_LENGTH));
  const problems: { readonly span: Span; readonly text: string }[] = [];
  const complain = (span: Span, words: string): void => {
    if (problems.length < MAX_PROBLEMS) {
      problems.push({ span: { start: span.start, end: span.end }, text: words });
    }
  };
  const scenario = read(source, complain);
  if (scenario !== undefined && problems.length === 0) {
    return ok(scenario);
  }
  const sorted = problems.sort((one, other) => one.span.start - other.span.start);
  return {
    ok: false,
    error: sorted.map(({ span, text: words }) => positions.problem(span, words)),
  };
}

function read(source: string, complain: (span: Span, words: string) => void): Scenario | undefined {
  if (source.length > MAX_SCENARIO_LENGTH) {
    complain(
      { start: 0, end: 1 },
      `A scenario may have at most ${MAX_SCENARIO_LENGTH} characters; give repeated interactions a "count".`,
    );
    return undefined;
  }
  const root = readJsonTree(source, complain);
  const file = root && FILE(root, complain);
  if (file === undefined) {
    return undefined;
  }
  const people = readPeople(file, complain);
  const work = people && readWork(file, people, complain);
  const happenings: readonly Stream[] | undefined =
    people && work && readHappenings(file.happenings, people, work, complain);
  const faults: readonly FaultRule[] | undefined = readFaults(file.faults, complain);
  if (
    people === undefined ||
    work?.interactions === undefined ||
    happenings === undefined ||
    faults === undefined
  ) {
    return undefined;
  }
  const { name, description, seed } = file;
  const { contacts, templates, newWork, interactions } = work;
  return {
    name,
    description,
    seed,
    configuration: people,
    contacts,
    templates,
    newWork,
    interactions,
    happenings,
    faults,
  };
}
