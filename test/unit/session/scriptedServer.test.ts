import assert from 'node:assert/strict';
import { NEVER_CANCELLED } from '../../../src/core/base/cancellation';
import { Emitter } from '../../../src/core/base/event';
import { PlatformSdkClient } from '../../../src/session/platformSdkClient';
import type { StampedFrame, Transport, TransportEnd } from '../../../src/session/ports';
import { Recorder } from '../../../src/session/recorder';
import { waitFor } from '../../environment/waiting';
import { FakeClock, SILENT_LOGGER } from '../../support/fakeClock';
import { MemoryRecording } from '../../support/memoryRecording';

interface Request {
  readonly messageName: string;
  readonly referenceId: number;
}

const OWN = { type: 'draft', ownerKind: 'Agent', owner: 'A1' } as const;
const DONE = { ok: true, value: undefined };

/** A transport whose other side answers each request as told, or keeps it. */
class ScriptedTransport implements Transport {
  private readonly passed = new Emitter<StampedFrame>();
  private readonly ended = new Emitter<TransportEnd>();
  readonly kept: Request[] = [];
  readonly onDidPass = this.passed.event;
  readonly onDidEnd = this.ended.event;

  constructor(private readonly script: Readonly<Record<string, object>>) {}

  open(): Promise<void> {
    return Promise.resolve();
  }

  send(text: string): void {
    const request = JSON.parse(text) as Request;
    const answer = this.script[request.messageName];
    if (answer === undefined) {
      this.kept.push(request);
    } else {
      this.answer(request, answer);
    }
  }

  answer({ referenceId }: Request, answer: object): void {
    const text = JSON.stringify({ referenceId, ...answer });
    const frame = {
      kind: 'websocket',
      direction: 'receive',
      body: { kind: 'text', text },
    } as const;
    this.passed.fire({ at: 0, frame });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): void {
    this.passed.dispose();
    this.ended.dispose();
  }
}

async function connected(script: Readonly<Record<string, object>>) {
  const clock = new FakeClock();
  const ack = { messageName: 'EventAck' };
  const transport = new ScriptedTransport({
    RequestRegisterClient: ack,
    RequestAgentLogin: ack,
    ...script,
  });
  const options = { startedAt: clock.now(), writer: 'test' };
  const client = new PlatformSdkClient({
    profile: {
      dialect: 'platform-sdk-json',
      server: 'ws://server.example/',
      agent: 'A1',
      place: 'P1',
      tenant: 1,
      clientName: 'Test client',
    },
    createTransport: () => transport,
    sink: new Recorder(new MemoryRecording(), options, SILENT_LOGGER),
    clock,
    logger: SILENT_LOGGER,
    answerTimeLimitMs: 5000,
  });
  assert.equal((await client.connect(NEVER_CANCELLED)).kind, 'connected');
  return { client, transport };
}

describe('a Platform SDK client that pulls an interaction', () => {
  for (const [title, interactions, expected] of [
    ['has it', { i1: {} }, DONE],
    ['has it, whatever the list is keyed by', { x: { InteractionId: 'i1' } }, DONE],
    [
      'names another one that came instead',
      { i2: { Subject: 'Other' } },
      {
        ok: false,
        error: {
          code: 'other-pulled',
          message: 'i1 was asked for and the server gave i2: you hold that now.',
        },
      },
    ],
    [
      'says that nothing came',
      {},
      {
        ok: false,
        error: {
          code: 'nothing-pulled',
          message: 'The server gave nothing where i1 was asked for.',
        },
      },
    ],
  ] as const) {
    it(title, async () => {
      const { client } = await connected({
        RequestPull: { messageName: 'EventPulledInteractions', interactions },
      });
      assert.deepEqual(await client.pull('i1', OWN), expected);
      client.dispose();
    });
  }
});

describe('a Platform SDK client that lists workbins', () => {
  it('asks for the owners of all groups at once, and keeps the order of the types', async () => {
    const { client, transport } = await connected({
      RequestWorkbinTypesInfo: {
        messageName: 'EventWorkbinTypesInfo',
        workbinTypes: {
          one: { Active: 1, WorkbinType: 'AgentGroup' },
          two: { Active: 1, WorkbinType: 'PlaceGroup' },
        },
      },
    });
    const listed = client.workbins();
    await waitFor('both questions', () => transport.kept.length === 2);
    const [one, two] = transport.kept;
    const statistic = (owner: string) => ({
      messageName: 'EventWorkbinStatistic',
      workbinStatistic: { [owner]: {} },
    });
    transport.answer(two!, statistic('Places'));
    transport.answer(one!, statistic('Agents'));
    assert.deepEqual(await listed, {
      ok: true,
      value: [
        { type: 'one', ownerKind: 'AgentGroup', owner: 'Agents' },
        { type: 'two', ownerKind: 'PlaceGroup', owner: 'Places' },
      ],
    });
    client.dispose();
  });
});
