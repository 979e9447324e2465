/**
 * The server of the live benches, in a process of its own: prints `{"address"}`, acknowledges subscriptions, and on
 * `send COUNT PER_SECOND` (0: flat out) writes the next so many messages to the one application that is connected;
 * COUNT is a multiple of a block's. Frames
 * are made beforehand, so that what is measured is who reads them. On `digests COUNT` it prints what was sent.
 */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { BLOCK_MESSAGES, Traffic } from './traffic';

const traffic = new Traffic();
const sockets: Duplex[] = [];
const upgrades = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const server = http.createServer();

server.on('upgrade', (request, socket, head) => {
  upgrades.handleUpgrade(request, socket, head, (connection) => {
    sockets.push(socket);
    connection.on('error', () => connection.terminate());
    connection.on('message', (data: Buffer) => {
      const { messageName, referenceId } = JSON.parse(data.toString('utf8')) as {
        readonly messageName: string;
        readonly referenceId: number;
      };
      if (messageName === 'RequestWorkbinNotifications') {
        connection.send(JSON.stringify({ messageName: 'EventAck', referenceId }));
      }
    });
  });
});

/** Messages that were sent so far. */
let next = 0;

async function flatOut(socket: Duplex, count: number): Promise<void> {
  // A buffer is written anew only when the socket has let go of it.
  const rooms = Array.from({ length: 4 }, () => ({
    buffer: Buffer.alloc(traffic.blockLength),
    free: Promise.resolve(),
  }));
  for (let first = 0, turn = 0; first < count; first += BLOCK_MESSAGES, turn++) {
    const room = rooms[turn % rooms.length];
    if (room !== undefined) {
      await room.free;
      const frames = traffic.frames(
        room.buffer,
        next + first,
        Math.min(BLOCK_MESSAGES, count - first),
      );
      room.free = new Promise((resolve) => socket.write(frames, () => resolve()));
    }
  }
}

async function paced(socket: Duplex, count: number, perSecond: number): Promise<void> {
  const room = Buffer.alloc(traffic.blockLength);
  const start = performance.now();
  for (let sent = 0; sent < count;) {
    const due = Math.min(count, Math.floor(((performance.now() - start) / 1000) * perSecond));
    while (sent < due) {
      const inBlock = BLOCK_MESSAGES - (sent % BLOCK_MESSAGES);
      const some = Math.min(inBlock, due - sent, 100);
      if (!socket.write(Buffer.from(traffic.frames(room, next + sent, some)))) {
        await once(socket, 'drain');
      }
      sent += some;
    }
    await setTimeout(5);
  }
}

async function obey(line: string): Promise<void> {
  const [command, ...numbers] = line.split(' ');
  const [count = 0, perSecond = 0] = numbers.map(Number);
  const socket = sockets.at(-1);
  if (command === 'send' && socket !== undefined) {
    const start = performance.now();
    await (perSecond === 0 ? flatOut(socket, count) : paced(socket, count, perSecond));
    next += count;
    print({ sent: count, ms: performance.now() - start });
  } else if (command === 'digests') {
    print(traffic.digests(count));
  }
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

createInterface(process.stdin)
  .on('line', (line) => void obey(line))
  .on('close', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  print({ address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/` });
});
