import { failed, ok, type Result } from '../core/base/result';
import { workbinName } from '../core/protocol/workbin';
import type { OtherAgentDeed } from './otherAgent';
import type { Simulator } from './simulator';

/** What a command tells: a line of text, JSON wherever a program may want to read it; or that all is to end. */
export type CommandReply = { readonly text: string } | 'stop';

const HELP = [
  'place [type@owner]                    another agent places an interaction in a workbin',
  'pull [type@owner]                     another agent pulls what lies longest in a workbin',
  'burst COUNT PER_SECOND [type@owner]   another agent places and pulls in turn',
  'workbins                              what lies where',
  'stop                                  end the server',
];

const FAULT_HELP = [
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

function wholeNumber(word: string | undefined): number | undefined {
  return word !== undefined && /^\d{1,9}$/.test(word) ? Number(word) : undefined;
}
