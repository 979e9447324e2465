import assert from 'node:assert/strict';
import { Stage, changeLine, ofAgent, type Json, type TestClient } from './support';

const ACK = { messageName: 'EventAck' };

describe('Interactions at the embedded server', () => {
  const stage = new Stage();
  let anna: TestClient;
  let fatima: TestClient;
  let ids: string[];

  const drafts = ofAgent('email-draft', 'A1001');
  const viewId = 'email-draft/PrivateView';

  /** The id of something that stands in a queue. */
  const inQueue = (queue: string, routing = false): string => {
    for (const { id, location } of stage.simulator.server.interactions.all()) {
      if (location.kind === 'queue' && location.queue === queue && location.routing === routing) {
        return id;
      }
    }
    throw new Error(`Nothing stands in ${queue}`);
  };

  beforeEach(async () => {
    await stage.start();
    anna = await stage.agent('A1001', 'Desk-101');
    fatima = await stage.agent('A1006', 'Desk-106');
    ids = await anna.ids(drafts);
    for (const agentId of ['A1001', 'A1006']) {
      await fatima.request('RequestWorkbinNotifications', {
        workbin: ofAgent('email-draft', agentId),
        extension: { event_processing_stopped: 1 },
      });
    }
  });
  afterEach(() => stage.dispose());

  it('gives what was pulled, and tells who watches the workbin', async () => {
    const [id] = ids;
    const answer = await anna.request('RequestPull', { viewId, pullParameters: { id } });
    const interactions = answer['interactions'] as Record<string, Json>;
    assert.deepEqual(Object.keys(interactions), [id]);
    const { InteractionState, AssignedTo, Queue, Workbin } = interactions[id!]!;
    assert.deepEqual(
      [answer['messageName'], InteractionState, AssignedTo, Queue, Workbin],
      ['EventPulledInteractions', 3, 'A1001', 'email-draft/PrivateQueue', undefined],
    );
    assert.deepEqual((await fatima.drained()).map(changeLine), [
      `TakenOut Pull email-draft@A1001 ${id!}`,
    ]);
    assert.deepEqual(await anna.ids(drafts), ids.slice(1));
  });

  it('refuses a pull for each thing that can be wrong with it', async () => {
    const [id] = ids;
    const [strange] = await anna.ids(ofAgent('email-in-progress', 'A1001'));
    const ben = await stage.agent('A1002', 'Desk-102');
    const pulls: readonly (readonly [number, Json])[] = [
      [29, { pullParameters: { id } }],
      [42, { viewId: 'email-draft', pullParameters: { id } }],
      [42, { viewId: 'fax-in-progress/PrivateView', pullParameters: { id } }],
      [43, { viewId, pullParameters: { id: 'no-such-id' } }],
      [30, { viewId, pullParameters: { id: strange } }],
      [30, { viewId, pullParameters: { id: inQueue('chat-inbound') } }],
      [48, { viewId }],
      [48, { viewId, pullParameters: { count: 1 } }],
      [49, { viewId, pullParameters: { id: 7 } }],
    ];
    const codes: unknown[] = [];
    for (const [, attributes] of pulls) {
      codes.push(await anna.refusal('RequestPull', attributes));
    }
    assert.deepEqual(
      codes,
      pulls.map(([code]) => code),
    );
    assert.equal(await ben.refusal('RequestPull', { viewId, pullParameters: { id } }), 30);
    await fatima.request('RequestPull', { viewId, pullParameters: [{ key: 'id', value: id }] });
    assert.equal(await anna.refusal('RequestPull', { viewId, pullParameters: { id } }), 30);
  });

  it('lets only the agent who pulled something place it, stop it or change it', async () => {
    const [interactionId] = ids;
    await anna.request('RequestPull', { viewId, pullParameters: { id: interactionId } });
    assert.deepEqual((await fatima.drained()).map(changeLine), [
      `TakenOut Pull email-draft@A1001 ${interactionId!}`,
    ]);
    const codes = [
      await fatima.refusal('RequestPlaceInWorkbin', { interactionId, workbin: drafts }),
      await fatima.refusal('RequestPlaceInQueue', { interactionId, queue: 'chat-inbound' }),
      await fatima.refusal('RequestStopProcessing', { interactionId }),
      await fatima.refusal('RequestChangeProperties', { interactionId }),
    ];
    assert.deepEqual(codes, [35, 35, 35, 35]);
    assert.deepEqual(
      await anna.request('RequestPlaceInWorkbin', { interactionId, workbin: drafts }),
      ACK,
    );
    assert.deepEqual((await fatima.drained()).map(changeLine), [
      `PlacedIn PlaceInWorkbin email-draft@A1001 ${interactionId!}`,
    ]);
    assert.deepEqual(await anna.ids(drafts), [...ids.slice(1), interactionId]);
  });

  it('tells TakenOut of the old owner before PlacedIn of the new one', async () => {
    const [interactionId] = ids;
    const workbin = ofAgent('email-draft', 'A1006');
    assert.deepEqual(
      await anna.request('RequestPlaceInWorkbin', {
        interactionId,
        workbin,
        changedProperties: { Subject: 'For Fatima' },
        hold: true,
      }),
      ACK,
    );
    const changes = await fatima.drained();
    assert.deepEqual(changes.map(changeLine), [
      `TakenOut PlaceInWorkbin email-draft@A1001 ${interactionId!}`,
      `PlacedIn PlaceInWorkbin email-draft@A1006 ${interactionId!}`,
    ]);
    const placed = changes[1]!['interaction'] as Json;
    assert.deepEqual(
      [placed['interactionIsHeld'], (placed['interactionUserData'] as Json)['Subject']],
      [true, 'For Fatima'],
    );
  });

  it('refuses a placement for each thing that can be wrong with it', async () => {
    const [interactionId] = ids;
    const placements: readonly (readonly [number, Json])[] = [
      [19, { workbin: drafts }],
      [43, { interactionId: 'no-such-id', workbin: drafts }],
      [33, { interactionId }],
      [41, { interactionId, workbin: ofAgent('fax-in-progress', 'A1001') }],
      [10, { interactionId, workbin: ofAgent('email-draft', 'Z9') }],
      [100, { interactionId, workbin: drafts }],
      [35, { interactionId: inQueue('chat-inbound'), workbin: drafts }],
      [89, { interactionId: inQueue('claims-intake', true), workbin: drafts }],
      [
        66,
        {
          interactionId,
          workbin: ofAgent('email-draft', 'A1002'),
          addedProperties: { Queue: 'x' },
        },
      ],
      [79, { interactionId: 7, workbin: drafts }],
      [79, { interactionId, workbin: drafts, hold: 'yes' }],
    ];
    const codes: unknown[] = [];
    for (const [, attributes] of placements) {
      codes.push(await anna.refusal('RequestPlaceInWorkbin', attributes));
    }
    assert.deepEqual(
      codes,
      placements.map(([code]) => code),
    );
    assert.deepEqual(await anna.ids(drafts), ids);
    assert.deepEqual(await fatima.drained(), []);
  });

  it('moves an interaction to a queue, and refuses queues that are none', async () => {
    const [interactionId] = ids;
    assert.equal(await anna.refusal('RequestPlaceInQueue', { interactionId }), 20);
    assert.equal(await anna.refusal('RequestPlaceInQueue', { interactionId, queue: 'none' }), 21);
    assert.deepEqual(
      await anna.request('RequestPlaceInQueue', { interactionId, queue: 'chat-inbound' }),
      ACK,
    );
    assert.deepEqual((await fatima.drained()).map(changeLine), [
      `TakenOut PlaceInQueue email-draft@A1001 ${interactionId!}`,
    ]);
    const answer = await anna.request('RequestGetInteractionProperties', { interactionId });
    assert.equal((answer['interaction'] as Json)['interactionQueue'], 'chat-inbound');
  });

  it('tells of a stop in the two ways that were asked for', async () => {
    const [interactionId] = ids;
    assert.deepEqual(await anna.request('RequestStopProcessing', { interactionId }), ACK);
    const [change, stopped, ...more] = await fatima.drained();
    assert.deepEqual(more, []);
    assert.equal(changeLine(change!), `TakenOut Stop email-draft@A1001 ${interactionId!}`);
    assert.deepEqual(
      [stopped!['messageName'], (stopped!['interaction'] as Json)['interactionId']],
      ['EventProcessingStopped', interactionId],
    );
    assert.equal(await anna.refusal('RequestGetInteractionProperties', { interactionId }), 43);
    assert.equal(await anna.refusal('RequestGetInteractionProperties'), 19);
  });

  it('takes back what was pulled when the agent stays silent, and not before', async () => {
    const [id] = ids;
    await anna.request('RequestPull', { viewId, pullParameters: { id } });
    stage.clock.advance(299_000);
    await anna.ids(drafts);
    stage.clock.advance(299_999);
    assert.deepEqual(await anna.drained(), []);
    stage.clock.advance(1);
    const revoked = await anna.next();
    assert.deepEqual(
      [revoked['messageName'], revoked['operation'], revoked['eventTime'], revoked['party']],
      [
        'EventRevoked',
        'Timeout',
        '2026-05-04T09:39:59.000Z',
        { partyType: 'ResourceParty', tenantId: 101, placeId: 'Desk-101', agentId: 'A1001' },
      ],
    );
    assert.deepEqual((await fatima.drained()).map(changeLine), [
      `TakenOut Pull email-draft@A1001 ${id!}`,
      `PlacedIn Timeout email-draft@A1001 ${id!}`,
    ]);
  });

  it('returns what an agent handled when the connection drops', async () => {
    const [id] = ids;
    await anna.request('RequestPull', { viewId, pullParameters: { id } });
    anna.socket.terminate();
    assert.equal(changeLine(await fatima.next()), `TakenOut Pull email-draft@A1001 ${id!}`);
    assert.equal(changeLine(await fatima.next()), `PlacedIn Leave email-draft@A1001 ${id!}`);
    stage.clock.advance(600_000);
    assert.deepEqual(await fatima.drained(), []);
  });

  it('sends an agent its own change after the answer', async () => {
    await anna.request('RequestWorkbinNotifications', { workbin: drafts });
    const [id] = ids;
    const answer = await anna.request('RequestPull', { viewId, pullParameters: { id } });
    assert.equal(answer['messageName'], 'EventPulledInteractions');
    assert.equal(changeLine(await anna.next()), `TakenOut Pull email-draft@A1001 ${id!}`);
  });
});
