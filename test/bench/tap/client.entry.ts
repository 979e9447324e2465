/** The application of the tap's benchmark: connections that each keep a number of messages in flight. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { eventOfSize } from './payload';

export interface Round {
  readonly port: number;
  /** Bytes of a message. */
  readonly size: number;
  readonly connections: number;
  /** Messages that each connection has under way. */
  readonly inFlight: number;
  /** Round trips in all. */
  readonly messages: number;
}

export interface RoundResult {
  readonly seconds: number;
  /** Round-trip times, microseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers that came and were as long as what was sent. */
  readonly answered: number;
}

process.on('message', (round: Round) => {
  void run(round).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());

async function run({ port, size, connections, inFlight, messages }: Round): Promise<RoundResult> {
  const payload = Buffer.from(eventOfSize(size));
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const times = new Float64Array(messages);
  let sent = 0;
  let answered = 0;
  let whole = 0;
  const start = performance.now();
  await new Promise<void>((resolve, reject) => {
    for (const socket of sockets) {
      const sentAt: number[] = [];
      const send = (): void => {
        if (sent < messages) {
          sent++;
          sentAt.push(performance.now());
          // Masking writes into what is sent: a copy each, as an application that makes its messages has.
          socket.send(Buffer.from(payload), { binary: false });
        }
      };
      socket.on('error', reject);
      socket.on('message', (data: Buffer) => {
        times[answered++] = (performance.now() - (sentAt.shift() ?? 0)) * 1000;
        whole += data.length === payload.length ? 1 : 0;
        send();
        if (answered === messages) {
          resolve();
        }
      });
      for (let count = 0; count < inFlight; count++) {
        send();
      }
    }
  });
  const seconds = (performance.now() - start) / 1000;
  await Promise.all(
    sockets.map((socket) => {
      socket.close();
      return once(socket, 'close');
    }),
  );
  times.sort();
  const at = (share: number): number => times[Math.floor((messages - 1) * share)] ?? 0;
  return { seconds, p50: at(0.5), p99: at(0.99), answered: whole };
}

async function open(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/bench`, { perMessageDeflate: false });
  await once(socket, 'open');
  return socket;
}
