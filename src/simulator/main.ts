/**
 * The embedded Interaction Server as a process of its own. Its standard output begins with one line of JSON
 * that names the address; commands come over standard input, one per line; problems go to standard error.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { failed, messageOf, ok, type Result } from '../core/base/result';
import type { Logger } from '../session/ports';
import { readFile } from 'node:fs/promises';
import { runCommand } from './consoleCommands';
import { readScenario } from './scenario/readScenario';
import type { Scenario } from './scenario/scenario';
import { SHIPPED_SCENARIOS, shippedScenario } from './scenario/shippedScenarios';
import { startSimulator, type Simulator, type WorkspaceOptions } from './simulator';
import { SYSTEM_CLOCK } from './systemClock';

const USAGE = `Usage: node simulator.js [--port NUMBER] [--workspace-port NUMBER [--quirks]] [--faults]
                         [--scenario NAME|FILE] [--speed NUMBER]

  --port NUMBER            listen there on 127.0.0.1; 0, the default, takes a free port
  --workspace-port NUMBER  also speak Workspace API v3, there; 0 takes a free port
  --quirks                 with known misbehaviour of agent-api-simulator
  --scenario NAME|FILE     what is there, and what happens by itself: ${SHIPPED_SCENARIOS.map(({ id }) => id).join(', ')},
                           or a file that ends with .json
  --speed NUMBER           scenario time passes so many times faster; 0: nothing happens by itself.
                           Without --scenario 0, else 1
  --faults                 commands over standard input may make the server fail on purpose

Workspace API v3: an agent signs in with user name or employee id, the password is either of them
(for example AnnaBerger with AnnaBerger, or A1001 with A1001).
`;

interface Arguments {
  readonly port: number;
  readonly workspace: WorkspaceOptions | false;
  readonly faults: boolean;
  readonly scenario: string | undefined;
  readonly speed: number;
  readonly help: boolean;
}

const MAX_SPEED = 10_000;

const LOGGER: Logger = {
  trace: () => undefined,
  info: () => undefined,
  warn: (text) => void process.stderr.write(`${text}\n`),
  error: (text) => void process.stderr.write(`${text}\n`),
};

void main();

async function main(): Promise<void> {
  const read = readArguments(process.argv.slice(2));
  if (!read.ok) {
    process.stderr.write(`${read.error.message}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  if (read.value.help) {
    process.stdout.write(USAGE);
    return;
  }
  try {
    const { port, workspace, faults, speed } = read.value;
    const scenario = await openScenario(read.value.scenario);
    if (!scenario.ok) {
      process.stderr.write(`${scenario.error.message}\n`);
      process.exitCode = 2;
      return;
    }
    const options = {
      port,
      workspace,
      speed,
      clock: SYSTEM_CLOCK,
      logger: LOGGER,
      ...(scenario.value && { scenario: scenario.value }),
    };
    serve(await startSimulator(options), faults);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

function serve(simulator: Simulator, faults: boolean): void {
  const { address, workspaceAddress } = simulator;
  // Without the second port the line has no second address.
  process.stdout.write(`${JSON.stringify({ address, workspaceAddress })}\n`);
  const lines = createInterface({ input: process.stdin });
  const stop = (): void => {
    lines.close();
    void simulator.stop();
  };
  const run = async (line: string): Promise<void> => {
    const reply = await runCommand(simulator, line, faults);
    if (reply === 'stop') {
      stop();
    } else if (reply.text !== '') {
      process.stdout.write(`${reply.text}\n`);
    }
  };
  lines.on('line', (line) => {
    run(line).catch((error: unknown) => LOGGER.error(messageOf(error)));
  });
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function readArguments(words: string[]): Result<Arguments> {
  try {
    const { values } = parseArgs({
      args: words,
      options: {
        port: { type: 'string', default: '0' },
        'workspace-port': { type: 'string' },
        quirks: { type: 'boolean', default: false },
        faults: { type: 'boolean', default: false },
        scenario: { type: 'string' },
        speed: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const { faults, help, quirks, scenario, 'workspace-port': second } = values;
    const speed = Number(values.speed ?? (scenario === undefined ? 0 : 1));
    const port = portNumber('--port', values.port);
    const workspacePort = portNumber('--workspace-port', second ?? '0');
    if (!port.ok) {
      return port;
    }
    if (!workspacePort.ok) {
      return workspacePort;
    }
    if (!(speed >= 0 && speed <= MAX_SPEED)) {
      return failed(
        'bad-speed',
        `--speed is a number from 0 to ${MAX_SPEED}, not '${String(values.speed)}'.`,
      );
    }
    const workspace = second === undefined ? false : { port: workspacePort.value, quirks };
    return ok({ port: port.value, workspace, faults, scenario, speed, help });
  } catch (error) {
    return failed('bad-arguments', messageOf(error));
  }
}

/** The scenario of that name or in that file; its mistakes as one text, each with its line. */
async function openScenario(name: string | undefined): Promise<Result<Scenario | undefined>> {
  if (name === undefined) {
    return ok(undefined);
  }
  const shipped = shippedScenario(name);
  if (shipped !== undefined) {
    return ok(shipped);
  }
  if (!name.endsWith('.json')) {
    const known = SHIPPED_SCENARIOS.map(({ id }) => id).join(', ');
    return failed(
      'unknown-scenario',
      `There is no scenario '${name}'. Name ${known}, or a file that ends with .json.`,
    );
  }
  const read = readScenario(await readFile(name, 'utf8'));
  return read.ok
    ? read
    : failed(
        'bad-scenario',
        read.error.map(({ line, column, text }) => `${name}:${line}:${column}: ${text}`).join('\n'),
      );
}

function portNumber(option: string, word: string): Result<number> {
  const port = Number(word);
  return /^\d+$/.test(word) && port <= 65_535
    ? ok(port)
    : failed('bad-port', `${option} is a number from 0 to 65535, not '${word}'.`);
}
