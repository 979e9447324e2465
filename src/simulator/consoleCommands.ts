import { failed, ok, type Result } from '../core/base/result';
import { workbinName } from '../core/protocol/workbin';
import { FAULT_KINDS, type FaultChance } from './faults';
import type { OtherAgentDeed } from './otherAgent';
import type { Simulator } from './simulator';

/** What a command tells: a line of text, JSON wherever a program may want to read it; or that all is to end. */
export type CommandReply = { readonly text: string } | 'stop';

const HELP = [
  'place [type@owner]                    another agent places an interaction in a workbin',
  'pull [type@owner]                     another agent pulls what lies longest in a workbin',
  'burst COUNT PER_SECOND [type@owner]   another agent places and pulls in turn',
  'workbins                              what lies where',
  'run MINUTES                           what happens by itself in that time, as fast as it goes',
  'speed NUMBER                          scenario time passes so many times faster; 0 stops it',
  'stop                                  end the server',
];

const FAULT_HELP = [
  'fault NAME never|always|next|every N|probability P [MESSAGE...]',
  `                                      ${FAULT_KINDS.join(', ')}`,
  'forget                                forget what every client has subscribed to',
  'hang | resume                         stop answering, answer again',
  'delay MILLISECONDS                    send everything late',
  'drop                                  break every connection off in the middle of a frame',
  'expire                                Workspace API v3: end every session',
  'restart                               Workspace API v3: forget sessions and tokens, break connections',
];

/** Runs one line that a person or a program typed. Faults are commands only when they were asked for. */
export async function runCommand(
  simulator: Simulator,
  line: string,
  withFaults: boolean,
): Promise<CommandReply> {
  const [command = '', ...words] = line.trim().split(/\s+/);
  switch (command) {
    case '':
      return { text: '' };
    case 'stop':
      return 'stop';
    case 'help':
      return { text: [...HELP, ...(withFaults ? FAULT_HELP : [])].join('\n') };
    case 'place':
      return reply(deedOf('placed', simulator.placeAsOtherAgent(words[0])));
    case 'pull':
      return reply(deedOf('pulled', simulator.pullAsOtherAgent(words[0])));
    case 'burst':
      return reply(await burst(simulator, words));
    case 'run':
      return reply(await run(simulator, words));
    case 'speed':
      return reply(speed(simulator, words));
    case 'workbins':
      return reply(
        ok(
          Object.fromEntries(
            simulator.server.workbins().map(({ workbin, count }) => [workbinName(workbin), count]),
          ),
        ),
      );
    default:
      return reply(
        (withFaults ? fault(simulator, command, words) : undefined) ??
          failed('unknown-command', `There is no command '${command}'. Type 'help'.`),
      );
  }
}

async function run(simulator: Simulator, words: readonly string[]): Promise<Result<object>> {
  const minutes = number(words[0], 100_000);
  return minutes === undefined
    ? failed('bad-arguments', 'Type: run MINUTES')
    : ok({ run: await simulator.run(minutes) });
}

function speed(simulator: Simulator, words: readonly string[]): Result<object> {
  const factor = number(words[0], 10_000);
  if (factor === undefined) {
    return failed('bad-arguments', 'Type: speed NUMBER');
  }
  simulator.setSpeed(factor);
  return ok({ speed: simulator.speed });
}

async function burst(simulator: Simulator, words: readonly string[]): Promise<Result<object>> {
  const [count, perSecond] = [wholeNumber(words[0]), wholeNumber(words[1])];
  if (count === undefined || perSecond === undefined || count === 0 || perSecond === 0) {
    return failed('bad-arguments', 'Type: burst COUNT PER_SECOND [type@owner]');
  }
  const report = await simulator.burst({ count, perSecond, workbin: words[2] });
  return report.ok ? ok({ burst: report.value }) : report;
}

function fault(
  simulator: Simulator,
  command: string,
  words: readonly string[],
): Result<object> | undefined {
  const { faults } = simulator;
  const delayMs = wholeNumber(words[0]);
  switch (command) {
    case 'fault':
      return setFault(simulator, words);
    case 'forget':
      simulator.forgetSubscriptions();
      return ok({ forgotten: true });
    case 'hang':
      faults.hang = true;
      return ok({ faults });
    case 'resume':
      faults.hang = false;
      return ok({ faults });
    case 'delay':
      if (delayMs === undefined) {
        return failed('bad-arguments', 'Type: delay MILLISECONDS');
      }
      faults.delayMs = delayMs;
      return ok({ faults });
    case 'drop':
      simulator.drop();
      return ok({ dropped: true });
    case 'expire':
      simulator.expireSessions();
      return ok({ expired: true });
    case 'restart':
      simulator.restartWorkspace();
      return ok({ restarted: true });
    default:
      return undefined;
  }
}

function setFault(simulator: Simulator, words: readonly string[]): Result<object> {
  const [name, ...rest] = words;
  const fault = FAULT_KINDS.find((kind) => kind === name);
  const when = fault && chanceOf(rest);
  if (fault === undefined || when === undefined) {
    return failed(
      'bad-arguments',
      `Type: fault NAME never|always|next|every N|probability P [MESSAGE...], where NAME is one of ${FAULT_KINDS.join(', ')}`,
    );
  }
  const { chance, messages } = when;
  simulator.faultRules.set(
    fault,
    chance && { chance, messages: messages.length === 0 ? undefined : messages },
  );
  return ok({ faults: simulator.faultRules.all });
}

/** When a fault happens, by the words of a person; without a chance never. */
function chanceOf(
  words: readonly string[],
): { readonly chance: FaultChance | undefined; readonly messages: readonly string[] } | undefined {
  const [word, ...rest] = words;
  const [value, ...others] = rest;
  const amount = number(value, 1_000_000_000);
  switch (word) {
    case 'never':
      return { chance: undefined, messages: rest };
    case 'always':
      return { chance: { kind: 'every', every: 1 }, messages: rest };
    case 'next':
      return { chance: { kind: 'nth', nth: 1 }, messages: rest };
    case 'every':
      return amount !== undefined && Number.isInteger(amount) && amount > 0
        ? { chance: { kind: 'every', every: amount }, messages: others }
        : undefined;
    case 'probability':
      return amount !== undefined && amount <= 1
        ? { chance: { kind: 'probability', probability: amount }, messages: others }
        : undefined;
    default:
      return undefined;
  }
}

function deedOf(verb: 'placed' | 'pulled', deed: Result<OtherAgentDeed>): Result<object> {
  return deed.ok
    ? ok({
        [verb]: deed.value.interactionId,
        workbin: workbinName(deed.value.workbin),
        agent: deed.value.agentId,
      })
    : deed;
}

function reply(result: Result<object>): CommandReply {
  return { text: JSON.stringify(result.ok ? result.value : { error: result.error.message }) };
}

/** From 0 to `max`, with a fraction or without. */
function number(word: string | undefined, max: number): number | undefined {
  const value = word !== undefined && /^\d{1,9}(\.\d{1,9})?$/.test(word) ? Number(word) : undefined;
  return value !== undefined && value <= max ? value : undefined;
}

function wholeNumber(word: string | undefined): number | undefined {
  return word !== undefined && /^\d{1,9}$/.test(word) ? Number(word) : undefined;
}
