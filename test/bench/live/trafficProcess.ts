import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Digests } from './traffic';

/** The server of the live benches. */
export interface TrafficProcess {
  readonly address: string;
  /** Sends to the one application that is connected; resolves when all is handed to the system. */
  send(count: number, perSecond: number): Promise<void>;
  /** What the first `count` messages were. */
  digests(count: number): Promise<Digests>;
  stop(): Promise<void>;
}

export async function startTraffic(): Promise<TrafficProcess> {
  const script = path.join(__dirname, 'trafficServer.entry.js');
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => JSON.parse(String((await lines.next()).value));
  const { address } = (await next()) as { readonly address: string };
  return {
    address,
    async send(count, perSecond) {
      child.stdin.write(`send ${count} ${perSecond}\n`);
      await next();
    },
    async digests(count) {
      child.stdin.write(`digests ${count}\n`);
      return (await next()) as Digests;
    },
    async stop() {
      child.stdin.end();
      await once(child, 'close');
    },
  };
}
