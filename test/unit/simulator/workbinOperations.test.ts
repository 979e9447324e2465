import assert from 'node:assert/strict';
import { Stage, changeLine, ofAgent, type Json, type TestClient } from './support';

const ACK = { messageName: 'EventAck' };

describe('Workbin operations at the embedded server', () => {
  const stage = new Stage();
  let anna: TestClient;

  beforeEach(async () => {
    await stage.start();
    anna = await stage.agent('A1001', 'Desk-101');
  });
  afterEach(() => stage.dispose());

  const drafts = ofAgent('email-draft', 'A1001');

  it('gives the content by interaction id with the properties of Interaction Server', async () => {
    const answer = await anna.request('RequestGetWorkbinContent', { workbin: drafts });
    const interactions = answer['interactions'] as Record<string, Json>;
    assert.equal(Object.keys(interactions).length, 3);
    const [id, newest] = Object.entries(interactions).at(-1)!;
    assert.match(id, /^[0-9A-Za-z]{16}$/);
    assert.deepEqual(newest, {
      Subject: 'Your claim CL-2024-118843: what we still need',
      FromPersonal: 'Priya Raman',
      FromAddress: 'priya.raman@example.org',
      ContactId: '000A3a5KJ2CN00VB',
      Priority: 30,
      CustomerSegment: 'gold',
      ServiceType: 'CustomerService',
      CaseId: newest['CaseId'],
      PolicyNumber: newest['PolicyNumber'],
      Language: 'en-GB',
      Mailbox: 'service@insurance.example.com',
      'Header_Message-ID': newest['Header_Message-ID'],
      _AttachmentsSize: newest['_AttachmentsSize'],
      InteractionId: id,
      TenantId: 101,
      MediaType: 'email',
      InteractionType: 'Outbound',
      InteractionSubtype: 'OutboundReply',
      InteractionState: 0,
      IsOnline: 0,
      IsLocked: 0,
      IsHeld: 0,
      Queue: 'email-draft/PrivateQueue',
      SubmittedBy: 'EmailServer',
      ReceivedAt: newest['ReceivedAt'],
      SubmittedAt: newest['SubmittedAt'],
      PlacedInQueueAt: '2026-05-04T09:11:59Z',
      MovedToQueueAt: '2026-05-04T09:11:59Z',
      PlaceInQueueSeq: newest['PlaceInQueueSeq'],
      ParentId: newest['ParentId'],
      Workbin: 'email-draft',
      WorkbinAgentId: 'A1001',
    });
  });

  it('has empty workbins, crowded ones, and every owner kind', async () => {
    const chloe = await stage.agent('A1003', 'Desk-103');
    const greta = await stage.agent('A1007', 'Reception-1');
    const lengths = [
      (await anna.ids({ workbinTypeId: 'team-email', workbinGroupId: 'Customer-Mail' })).length,
      (await chloe.ids({ workbinTypeId: 'team-email', workbinGroupId: 'Claims' })).length,
      (await chloe.ids({ workbinTypeId: 'claims-desk', workbinPlaceGroupId: 'Claims-Floor' }))
        .length,
      (await greta.ids({ workbinTypeId: 'front-desk', workbinPlaceId: 'Reception-1' })).length,
      (await greta.ids(ofAgent('email-draft', 'A1007'))).length,
    ];
    assert.deepEqual(lengths, [4, 150, 3, 2, 0]);
  });

  it('refuses a workbin for each thing that can be wrong with it, in all three operations', async () => {
    const workbins: readonly (readonly [number, Json])[] = [
      [33, {}],
      [33, { workbin: null }],
      [33, { workbin: { workbinAgentId: 'A1001' } }],
      [41, { workbin: ofAgent('no-such-type', 'A1001') }],
      [41, { workbin: ofAgent('fax-in-progress', 'A1001') }],
      [41, { workbin: { workbinTypeId: 'email-draft', workbinGroupId: 'Claims' } }],
      [41, { workbin: ofAgent('email-draft', 'A1002') }],
      [41, { workbin: { workbinTypeId: 'team-email', workbinGroupId: 'Claims' } }],
      [41, { workbin: { workbinTypeId: 'front-desk', workbinPlaceId: 'Reception-1' } }],
      [38, { workbin: { workbinTypeId: 'email-draft' } }],
      [10, { workbin: ofAgent('email-draft', 'Z9') }],
      [8, { workbin: { workbinTypeId: 'front-desk' } }],
      [9, { workbin: { workbinTypeId: 'front-desk', workbinPlaceId: 'Nowhere' } }],
      [40, { workbin: { workbinTypeId: 'team-email' } }],
      [40, { workbin: { workbinTypeId: 'team-email', workbinGroupId: 'Nobody' } }],
      [39, { workbin: { workbinTypeId: 'claims-desk' } }],
      [39, { workbin: { workbinTypeId: 'claims-desk', workbinPlaceGroupId: 'Nowhere' } }],
      [79, { workbin: 'email-draft@A1001' }],
      [79, { workbin: { workbinTypeId: 7 } }],
    ];
    for (const request of [
      'RequestGetWorkbinContent',
      'RequestWorkbinNotifications',
      'RequestCancelWorkbinNotifications',
    ]) {
      const codes: unknown[] = [];
      for (const [, attributes] of workbins) {
        codes.push(await anna.refusal(request, attributes));
      }
      assert.deepEqual(
        codes,
        workbins.map(([code]) => code),
      );
    }
  });

  it('takes the owner that fits the type when a client names several', async () => {
    assert.equal((await anna.ids({ ...drafts, workbinPlaceId: 'Desk-101' })).length, 3);
  });

  it("opens the workbins of a supervisor's people to the supervisor", async () => {
    const fatima = await stage.agent('A1006', 'Desk-106');
    assert.equal((await fatima.ids(drafts)).length, 3);
    assert.equal(
      await fatima.refusal('RequestGetWorkbinContent', {
        workbin: ofAgent('email-draft', 'A1007'),
      }),
      41,
    );
  });

  it('refuses every operation when no agent is logged in with error 34', async () => {
    const client = await stage.connect();
    await client.register();
    for (const request of [
      'RequestGetWorkbinContent',
      'RequestWorkbinNotifications',
      'RequestCancelWorkbinNotifications',
      'RequestPlaceInWorkbin',
      'RequestPlaceInQueue',
      'RequestPull',
      'RequestChangeProperties',
      'RequestStopProcessing',
      'RequestGetInteractionProperties',
      'RequestWorkbinStatistic',
      'RequestAgentLogout',
    ]) {
      assert.equal(await client.refusal(request, { workbin: drafts }), 34, request);
    }
  });

  it('tells a subscriber what another agent does, until it cancels', async () => {
    assert.deepEqual(await anna.request('RequestWorkbinNotifications', { workbin: drafts }), ACK);
    const [first] = await anna.ids(drafts);
    const pulled = stage.simulator.pullAsOtherAgent('email-draft@A1001');
    assert.ok(pulled.ok);
    stage.simulator.placeAsOtherAgent('email-draft@A1001');
    assert.deepEqual((await anna.drained()).map(changeLine), [
      `TakenOut Pull email-draft@A1001 ${String(first)}`,
      `PlacedIn PlaceInWorkbin email-draft@A1001 ${String(first)}`,
    ]);
    assert.deepEqual(
      await anna.request('RequestCancelWorkbinNotifications', { workbin: drafts }),
      ACK,
    );
    stage.simulator.pullAsOtherAgent('email-draft@A1001');
    assert.deepEqual(await anna.drained(), []);
  });

  it('sends a change with workbin, interaction and actor as compounds', async () => {
    await anna.request('RequestWorkbinNotifications', { workbin: drafts });
    stage.clock.advance(1_500);
    const deed = stage.simulator.placeAsOtherAgent('email-draft@A1001');
    assert.ok(deed.ok);
    const { interaction, ...change } = await anna.next();
    assert.deepEqual(change, {
      messageName: 'EventWorkbinContentChanged',
      operation: 'PlaceInWorkbin',
      workbinContentOperation: 'PlacedIn',
      workbin: drafts,
      actor: {
        actorType: 'Agent',
        actorTenantId: 101,
        actorPlaceId: 'Desk-106',
        actorAgentId: deed.value.agentId,
      },
    });
    const { interactionUserData, ...properties } = interaction as Json;
    assert.equal((interactionUserData as Json)['Priority'], 50);
    assert.deepEqual(properties, {
      interactionId: deed.value.interactionId,
      interactionType: 'Inbound',
      interactionSubtype: 'InboundNew',
      interactionMediatype: 'email',
      interactionTenantId: 101,
      interactionState: 'Queued',
      interactionQueue: 'email-draft/PrivateQueue',
      interactionWorkbinTypeId: 'email-draft',
      interactionAgentId: 'A1001',
      interactionReceivedAt: properties['interactionReceivedAt'],
      interactionSubmittedAt: properties['interactionSubmittedAt'],
      interactionPlacedInQueueAt: '2026-05-04T09:30:01.500Z',
      interactionMovedToQueueAt: '2026-05-04T09:30:01.500Z',
      interactionSubmittedBy: 'EmailServer',
      interactionIsOnline: false,
      interactionIsLocked: false,
      interactionIsHeld: false,
      interactionPlaceInQueueSeq: properties['interactionPlaceInQueueSeq'],
    });
  });

  it('refuses to cancel what was not requested', async () => {
    assert.equal(await anna.refusal('RequestCancelWorkbinNotifications', { workbin: drafts }), 41);
    await anna.request('RequestWorkbinNotifications', { workbin: drafts });
    await anna.request('RequestCancelWorkbinNotifications', { workbin: drafts });
    assert.equal(await anna.refusal('RequestCancelWorkbinNotifications', { workbin: drafts }), 41);
  });

  it('delivers once when notifications are requested twice', async () => {
    await anna.request('RequestWorkbinNotifications', { workbin: drafts });
    assert.deepEqual(await anna.request('RequestWorkbinNotifications', { workbin: drafts }), ACK);
    stage.simulator.placeAsOtherAgent('email-draft@A1001');
    assert.equal((await anna.drained()).length, 1);
  });

  it('ends subscriptions at logout', async () => {
    await anna.request('RequestWorkbinNotifications', { workbin: drafts });
    await anna.request('RequestAgentLogout');
    await anna.logIn('A1001', 'Desk-101');
    stage.simulator.placeAsOtherAgent('email-draft@A1001');
    assert.deepEqual(await anna.drained(), []);
  });

  it('tells changes of properties only to who asked for them', async () => {
    const fatima = await stage.agent('A1006', 'Desk-106');
    await anna.request('RequestWorkbinNotifications', { workbin: drafts });
    await fatima.request('RequestWorkbinNotifications', {
      workbin: drafts,
      notifyPropertyChanges: 1,
    });
    const [interactionId] = await anna.ids(drafts);
    assert.deepEqual(
      await anna.request('RequestChangeProperties', {
        interactionId,
        addedProperties: { Note: 'naïve 😀', ['__proto__']: 'text' },
        changedProperties: [{ key: 'Priority', type: 'int', value: 99 }],
        deletedProperties: { Mailbox: '' },
      }),
      ACK,
    );
    assert.deepEqual(await anna.drained(), []);
    const [change, ...more] = await fatima.drained();
    assert.deepEqual(more, []);
    assert.ok(change);
    assert.equal(
      changeLine(change),
      `PropertiesChanged Unknown email-draft@A1001 ${String(interactionId)}`,
    );
    const data = (change['interaction'] as Json)['interactionUserData'] as Json;
    assert.deepEqual([data['Note'], data['Priority'], 'Mailbox' in data], ['naïve 😀', 99, false]);
  });

  it('refuses changes of properties that are wrong, and changes nothing then', async () => {
    const [interactionId] = await anna.ids(drafts);
    const before = await anna.request('RequestGetInteractionProperties', { interactionId });
    const changes: readonly (readonly [number, Json])[] = [
      [65, { changedProperties: { Note: 'good', Priority: 'high' } }],
      [65, { addedProperties: { ReasonCode: 7 } }],
      [66, { changedProperties: { Note: 'good', WorkbinAgentId: 'A1002' } }],
      [66, { deletedProperties: { InteractionId: '' } }],
      [85, { addedProperties: { Subject: 'twice' } }],
      [85, { changedProperties: { Note: 'a' }, deletedProperties: { Note: '' } }],
      [79, { changedProperties: 'Note=a' }],
    ];
    const codes: unknown[] = [];
    for (const [, attributes] of changes) {
      codes.push(await anna.refusal('RequestChangeProperties', { interactionId, ...attributes }));
    }
    assert.deepEqual(
      codes,
      changes.map(([code]) => code),
    );
    assert.deepEqual(
      await anna.request('RequestGetInteractionProperties', { interactionId }),
      before,
    );
  });

  it('lists workbin types with activity, owner kind and view', async () => {
    const answer = await anna.request('RequestWorkbinTypesInfo', { tenantId: 101 });
    const types = answer['workbinTypes'] as Record<string, Json>;
    assert.deepEqual(
      Object.entries(types).map(([type, { Active, WorkbinType }]) => [type, Active, WorkbinType]),
      [
        ['email-in-progress', 1, 1],
        ['email-draft', 1, 1],
        ['workitem-in-progress', 1, 1],
        ['chat-followup', 1, 1],
        ['team-email', 1, 4],
        ['claims-desk', 1, 3],
        ['front-desk', 1, 2],
        ['fax-in-progress', 0, 1],
      ],
    );
    assert.equal(types['team-email']?.['View'], 'team-email/PrivateView');
    assert.equal(await anna.refusal('RequestWorkbinTypesInfo'), 6);
    assert.equal(await anna.refusal('RequestWorkbinTypesInfo', { tenantId: 3 }), 7);
  });

  it('counts the workbins that are open to the agent, by owner', async () => {
    const chloe = await stage.agent('A1003', 'Desk-103');
    assert.deepEqual(
      await chloe.request('RequestWorkbinStatistic', {
        tenantId: 101,
        workbinTypeId: 'team-email',
      }),
      {
        messageName: 'EventWorkbinStatistic',
        workbinTypeId: 'team-email',
        workbinOwnerType: 4,
        workbinStatistic: {
          'Customer-Mail': {
            NumberOfInteractions: 4,
            MinMovedToQueueAt: '2026-05-04T03:29:59Z',
            MaxMovedToQueueAt: '2026-05-04T08:24:59Z',
          },
          Claims: {
            NumberOfInteractions: 150,
            MinMovedToQueueAt: '2026-05-03T15:59:59Z',
            MaxMovedToQueueAt: '2026-05-03T23:26:59Z',
          },
        },
      },
    );
    const empty = await chloe.request('RequestWorkbinStatistic', {
      tenantId: 101,
      workbinTypeId: 'chat-followup',
    });
    assert.deepEqual(empty['workbinStatistic'], { A1003: { NumberOfInteractions: 0 } });
    const refusals: unknown[] = [];
    for (const attributes of [
      { workbinTypeId: 'team-email' },
      { tenantId: 3, workbinTypeId: 'team-email' },
      { tenantId: 101 },
      { tenantId: 101, workbinTypeId: 'nothing' },
      { tenantId: 101, workbinTypeId: 'fax-in-progress' },
    ]) {
      refusals.push(await chloe.refusal('RequestWorkbinStatistic', attributes));
    }
    assert.deepEqual(refusals, [6, 7, 33, 41, 41]);
  });
});
