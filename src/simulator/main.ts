/**
 * The embedded Interaction Server as a process of its own. Its standard output begins with one line of JSON
 * that names the address; commands come over standard input, one per line; problems go to standard error.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { failed, messageOf, ok, type Result } from '../core/base/result';
import type { Logger } from '../session/ports';
import { runCommand } from './consoleCommands';
import { startSimulator, type Simulator } from './simulator';
import { SYSTEM_CLOCK } from './systemClock';

const USAGE = `Usage: node simulator.js [--port NUMBER] [--faults]

  --port NUMBER  listen there on 127.0.0.1; 0, the default, takes a free port
  --faults       commands over standard input may make the server fail on purpose
`;

interface Arguments {
  readonly port: number;
  readonly faults: boolean;
  readonly help: boolean;
}

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
    const { port, faults } = read.value;
    serve(await startSimulator({ port, clock: SYSTEM_CLOCK, logger: LOGGER }), faults);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

function serve(simulator: Simulator, faults: boolean): void {
  process.stdout.write(`${JSON.stringify({ address: simulator.address })}\n`);
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
        faults: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535) {
      return failed('bad-port', `--port is a number from 0 to 65535, not '${values.port}'.`);
    }
    return ok({ port, faults: values.faults, help: values.help });
  } catch (error) {
    return failed('bad-arguments', messageOf(error));
  }
}
