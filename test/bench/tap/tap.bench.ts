/**
 * What a tap costs: the same WebSocket traffic directly, through a plain Node TCP forwarder, and through the tap
 * with the product's recorder writing to a file. Server, application and what stands between run in processes of
 * their own; the three take turns, and a ratio is the median of the rounds' ratios.
 *
 * A round is a burst: the tap may still be recording when it is over (`settle`), and the processor time that this
 * takes is counted. `sustained` is a run that is many times longer than the tap's queue.
 */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { median, type Figure, type Report } from '../support/figures';
import type { Round, RoundResult } from './client.entry';

interface Traffic {
  readonly name: string;
  readonly round: Omit<Round, 'port'>;
}

const ROUNDS = 5;
/** Rounds before anything counts: the processes compile what they run. */
const WARM_UP = 2;

const TRAFFIC: readonly Traffic[] = [
  traffic('300B.1', 300, 1, 6_000),
  traffic('300B.50', 300, 50, 30_000),
  traffic('20kB.1', 20_000, 1, 1_200),
  traffic('20kB.50', 20_000, 50, 1_200),
];
const SUSTAINED = traffic('20kB.50', 20_000, 50, 12_000);

const WAYS = ['direct', 'forwarder', 'tap'] as const;
type Way = (typeof WAYS)[number];

interface Measured extends RoundResult {
  readonly perSecond: number;
  /** Processor time of what stands between, microseconds a round trip. */
  readonly cpu: number;
  readonly lost: number;
  readonly settleMs: number;
}

interface ProxyReport {
  readonly cpuMicros: number;
  readonly frames: number;
  readonly missed: number;
  readonly settledMs: number;
}

export async function run(report: Report): Promise<void> {
  for (const { name, round } of TRAFFIC) {
    const rounds = await measure(round, ROUNDS);
    const of = (way: Way, value: keyof Measured): readonly number[] =>
      rounds.map((one) => one[way][value]);
    const ratio = (figure: string, unit: string, value: keyof Measured, baseline: Way): Figure => {
      const ratios = rounds.map((one) => one.tap[value] / one[baseline][value]);
      return {
        name: `tap.${name}.${figure}`,
        value: median(of('tap', value)),
        unit,
        baseline: baseline === 'direct' ? 'direct connection' : 'plain Node TCP forwarder',
        ratio: median(ratios),
        runs: of('tap', value),
      };
    };
    report(ratio('p50-vs-forwarder', 'µs', 'p50', 'forwarder'));
    report(ratio('p99-vs-forwarder', 'µs', 'p99', 'forwarder'));
    report(ratio('rate-vs-forwarder', 'messages/s', 'perSecond', 'forwarder'));
    report(ratio('rate-vs-direct', 'messages/s', 'perSecond', 'direct'));
    report(ratio('cpu-vs-forwarder', 'µs/round trip', 'cpu', 'forwarder'));
    report(plain(`tap.${name}.lost`, 'frames', of('tap', 'lost'), Math.max(...of('tap', 'lost'))));
    report(plain(`tap.${name}.settle`, 'ms', of('tap', 'settleMs'), median(of('tap', 'settleMs'))));
  }
  const [sustained] = await measure(SUSTAINED.round, 1);
  if (sustained !== undefined) {
    const { tap, forwarder } = sustained;
    report({
      name: `tap.${SUSTAINED.name}.sustained-rate-vs-forwarder`,
      value: tap.perSecond,
      unit: 'messages/s',
      baseline: 'plain Node TCP forwarder',
      ratio: tap.perSecond / forwarder.perSecond,
      runs: [tap.perSecond],
    });
    report(plain(`tap.${SUSTAINED.name}.sustained-lost`, 'frames', [tap.lost], tap.lost));
  }
}

/** Measures rounds of all ways in turn, with fresh processes. */
async function measure(
  round: Omit<Round, 'port'>,
  count: number,
): Promise<readonly Readonly<Record<Way, Measured>>[]> {
  const children: ChildProcess[] = [];
  const start = async (
    script: string,
    ...args: readonly string[]
  ): Promise<[ChildProcess, number]> => {
    const child = fork(path.join(__dirname, script), args);
    children.push(child);
    const { port } = await answer<{ readonly port: number }>(child);
    return [child, port];
  };
  try {
    const [, serverPort] = await start('echo.entry.js');
    const forwarder = await start('proxy.entry.js', 'forwarder', String(serverPort));
    const tap = await start('proxy.entry.js', 'tap', String(serverPort));
    const client = fork(path.join(__dirname, 'client.entry.js'));
    children.push(client);
    const before = { forwarder: 0, tap: 0 };
    // Of each connection, the request and the response of the upgrade are recorded too.
    const framesOfRound = 2 * round.messages + 2 * round.connections;
    let expected = 0;

    const measured = async (way: Way): Promise<Measured> => {
      const port = way === 'direct' ? serverPort : way === 'tap' ? tap[1] : forwarder[1];
      const result = await answer<RoundResult>(client, { port, ...round });
      const perSecond = round.messages / result.seconds;
      let lost = round.messages - result.answered;
      if (way === 'direct') {
        return { ...result, perSecond, cpu: 0, lost, settleMs: 0 };
      }
      expected += way === 'tap' ? framesOfRound : 0;
      const proxy = way === 'tap' ? tap[0] : forwarder[0];
      const told = await answer<ProxyReport>(proxy, { expected: way === 'tap' ? expected : 0 });
      const cpu = (told.cpuMicros - before[way]) / round.messages;
      before[way] = told.cpuMicros;
      lost += way === 'tap' ? expected - told.frames : 0;
      return { ...result, perSecond, cpu, lost, settleMs: told.settledMs };
    };

    const rounds: Record<Way, Measured>[] = [];
    for (let turn = 0; turn < WARM_UP + count; turn++) {
      const one: Partial<Record<Way, Measured>> = {};
      for (let at = 0; at < WAYS.length; at++) {
        const way = WAYS[(turn + at) % WAYS.length] ?? 'direct';
        one[way] = await measured(way);
      }
      const { direct, forwarder: forwarded, tap: tapped } = one;
      if (turn >= WARM_UP && direct && forwarded && tapped) {
        rounds.push({ direct, forwarder: forwarded, tap: tapped });
      }
    }
    return rounds;
  } finally {
    for (const child of children) {
      child.disconnect();
    }
  }
}

/** Sends a message, if there is one, and waits for the next that the child sends. */
function answer<T>(child: ChildProcess, message?: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const failed = (code: number | null): void =>
      reject(new Error(`A process of the benchmark ended with ${String(code)}`));
    child.once('exit', failed);
    child.once('message', (told) => {
      child.off('exit', failed);
      resolve(told as T);
    });
    if (message !== undefined) {
      child.send(message);
    }
  });
}

function traffic(name: string, size: number, connections: number, messages: number): Traffic {
  return { name, round: { size, connections, inFlight: connections === 1 ? 1 : 8, messages } };
}

function plain(name: string, unit: string, runs: readonly number[], value: number): Figure {
  return { name, value, unit, baseline: '', ratio: null, runs };
}
