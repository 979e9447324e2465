import assert from 'node:assert/strict';
import { workbinId } from '../../../../src/simulator/workspace/workbinDirectory';
import type { CometdDesktop, Json } from '../../../support/cometdDesktop';
import { CLAIMS_DESK, DRAFTS, IN_PROGRESS, line, TEAM, WorkspaceStage } from './support';

describe('Operations of Workspace API v3', () => {
  const stage = new WorkspaceStage();
  let anna: CometdDesktop;
  beforeEach(async () => {
    await stage.start();
    anna = await stage.desktop('AnnaBerger');
  });
  afterEach(() => stage.dispose());

  const idsIn = (workbin: unknown): readonly unknown[] =>
    ((workbin as Json)['interactions'] as Json[]).map((each) => each['id']);

  const contentOf = async (id: string, ownerId?: string): Promise<readonly unknown[]> => {
    const { data } = await anna.operate(`/workbins/${id}/get-content`, { ownerId });
    return idsIn(data['workbin']);
  };

  /** Asks for an operation and returns everything that it brings, in lines. */
  const brought = async (path: string, data: Json = {}): Promise<readonly string[]> => {
    await anna.operate(path, data);
    return (await anna.drained()).map(line);
  };

  it('acknowledges a request and then sends its event, with the operationId', async () => {
    const answer = await anna.post('/workbins/get-workbins', {}, 'op-7');
    assert.deepEqual(answer, {
      status: 200,
      type: 'application/json; charset=utf-8',
      body: { status: { code: 1 }, operationId: 'op-7' },
      operationId: 'op-7',
    });
    assert.deepEqual(await anna.next(({ data }) => data['operationId'] === 'op-7'), {
      channel: '/workspace/v3/workbins',
      data: {
        name: 'EventWorkbins',
        messageType: 'WorkbinsMessage',
        operationId: 'op-7',
        workbins: [
          ['email-in-progress', 'E-mails in Progress', 'Agent'],
          ['email-draft', 'Draft E-mails', 'Agent'],
          ['workitem-in-progress', 'Work Items in Progress', 'Agent'],
          ['chat-followup', 'Chats to Follow Up', 'Agent'],
          ['team-email', 'Team E-mails', 'AgentGroup'],
          ['claims-desk', 'Claims Desk', 'PlaceGroup'],
          ['front-desk', 'Front Desk', 'Place'],
        ].map(([workbinName = '', displayName, type]) => ({
          workbinName,
          id: workbinId(workbinName),
          displayName,
          type,
        })),
      },
    });
  });

  it('names workbins by UUIDs that never change', () => {
    assert.equal(IN_PROGRESS, 'fe2f0be0-12cd-53dd-9264-1b5b9928048f');
    assert.match(DRAFTS, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.notEqual(DRAFTS, IN_PROGRESS);
  });

  it('takes any operationId, and makes one up that answer and event share', async () => {
    for (const operationId of [7, true, { a: [1] }, 'x'.repeat(1000)]) {
      assert.deepEqual((await anna.post('/workbins/get-workbins', {}, operationId)).body, {
        status: { code: 1 },
        operationId,
      });
      await anna.next(
        ({ data }) => JSON.stringify(data['operationId']) === JSON.stringify(operationId),
      );
    }
    const { body } = await anna.fetch('POST', '/workspace/v3/workbins/get-workbins');
    const made = (body as Json)['operationId'];
    assert.match(String(made), /^[0-9a-f-]{36}$/);
    await anna.next(({ data }) => data['operationId'] === made);
  });

  it('shows the content of a workbin as whole interactions', async () => {
    const { data } = await anna.operate(`/workbins/${DRAFTS}/get-content`);
    const { interactions, ...workbin } = data['workbin'] as Json;
    assert.deepEqual(
      { ...data, workbin },
      {
        name: 'EventWorkbinContent',
        messageType: 'WorkbinsMessage',
        operationId: data['operationId'],
        workbin: {
          workbinName: 'email-draft',
          id: DRAFTS,
          displayName: 'Draft E-mails',
          type: 'Agent',
        },
      },
    );
    assert.equal((interactions as Json[]).length, 3);
    assert.deepEqual((interactions as Json[]).at(-1), {
      capabilities: [],
      interactionType: 'Outbound',
      interactionSubtype: 'OutboundReply',
      id: '00001aFX8K2M01ZE',
      parentInteractionId: '00001aFX8K2M320A',
      receivedAt: '2026-05-04T09:06:59Z',
      submittedAt: '2026-05-04T09:07:00Z',
      placedInQueueAt: '2026-05-04T09:11:59Z',
      movedToQueueAt: '2026-05-04T09:11:59Z',
      submittedBy: 'EmailServer',
      submitSeq: '183',
      isHeld: false,
      isLocked: false,
      isOnline: false,
      agentId: 'A1001',
      tenantId: 101,
      queue: 'email-draft/PrivateQueue',
      workbinTypeId: 'email-draft',
      workflowState: 'Queued',
      state: 'InWorkbin',
      mediaType: 'email',
      subject: 'Your claim CL-2024-118843: what we still need',
      contactId: '000A3a5KJ2CN00VB',
      email: {
        from: 'service@insurance.example.com',
        to: ['priya.raman@example.org'],
        bodyAsPlainText: '',
      },
      ownerInformation: {
        firstName: 'Anna',
        lastName: 'Berger',
        userName: 'AnnaBerger',
        employeeId: 'A1001',
      },
      userData: [
        { key: 'Subject', type: 'str', value: 'Your claim CL-2024-118843: what we still need' },
        { key: 'FromPersonal', type: 'str', value: 'Priya Raman' },
        { key: 'FromAddress', type: 'str', value: 'priya.raman@example.org' },
        { key: 'ContactId', type: 'str', value: '000A3a5KJ2CN00VB' },
        { key: 'Priority', type: 'int', value: 30 },
        { key: 'CustomerSegment', type: 'str', value: 'gold' },
        { key: 'ServiceType', type: 'str', value: 'CustomerService' },
        { key: 'CaseId', type: 'str', value: 'CL-2024-118982' },
        { key: 'PolicyNumber', type: 'str', value: 'HH-2746-06' },
        { key: 'Language', type: 'str', value: 'en-GB' },
        { key: 'Mailbox', type: 'str', value: 'service@insurance.example.com' },
        { key: 'Header_Message-ID', type: 'str', value: '<hh-2746-06.182@mail.example.com>' },
        { key: '_AttachmentsSize', type: 'int', value: 365466 },
      ],
    });
  });

  it('shows the workbin of a named owner, of a group and of a place group', async () => {
    const fatima = await stage.desktop('A1006');
    // Fatima supervises Anna's group, and a user name stands for the agent.
    for (const ownerId of ['A1001', 'AnnaBerger']) {
      const { data } = await fatima.operate(`/workbins/${DRAFTS}/get-content`, { ownerId });
      assert.deepEqual(idsIn(data['workbin']), stage.lying('email-draft', 'A1001'));
    }
    assert.equal((await contentOf(TEAM)).length, 4);
    assert.equal((await contentOf(TEAM, 'Customer-Mail')).length, 4);
    assert.equal((await contentOf(CLAIMS_DESK)).length, 0);
    const claims = await fatima.operate(`/workbins/${CLAIMS_DESK}/get-content`);
    assert.equal(idsIn(claims.data['workbin']).length, 3);
  });

  it('tells by EventError what Interaction Server refuses, with the operationId', async () => {
    const answer = await anna.post(`/workbins/${DRAFTS}/get-content`, { ownerId: 'A1002' }, 'op-1');
    assert.equal(answer.status, 200);
    assert.deepEqual(await anna.next(({ data }) => data['operationId'] === 'op-1'), {
      channel: '/workspace/v3/workbins',
      data: {
        name: 'EventError',
        messageType: 'WorkbinsMessage',
        operationId: 'op-1',
        errorCode: 41,
        errorDescription: "Workbin 'email-draft' of Agent 'A1002' is not open to agent 'A1001'",
      },
    });
    assert.deepEqual(
      (await anna.operate(`/workbins/${DRAFTS}/subscribe`, { ownerId: 'Nobody' })).data[
        'errorCode'
      ],
      10,
    );
  });

  it('shows several workbins at once and leaves unknown ones out', async () => {
    const { data } = await anna.operate('/workbins/get-contents', {
      workbinIds: `${DRAFTS}, nothing,${IN_PROGRESS}`,
    });
    const { workbins, ...rest } = data;
    assert.deepEqual(rest, {
      name: 'EventWorkbinsContent',
      messageType: 'WorkbinsMessage',
      operationId: data['operationId'],
    });
    assert.deepEqual(
      Object.entries(workbins as Json).map(([id, workbin]) => [
        id,
        (workbin as Json)['id'],
        idsIn(workbin),
      ]),
      [
        [DRAFTS, DRAFTS, stage.lying('email-draft', 'A1001')],
        [IN_PROGRESS, IN_PROGRESS, stage.lying('email-in-progress', 'A1001')],
      ],
    );
    const list = await anna.operate('/workbins/get-contents', { workbinIds: [DRAFTS] });
    assert.deepEqual(Object.keys(list.data['workbins'] as Json), [DRAFTS]);
    const none = await anna.operate('/workbins/get-contents');
    assert.deepEqual(none.data['workbins'], {});
  });

  it('acknowledges subscribing and unsubscribing, each by its name', async () => {
    const { data: first } = await anna.operate(`/workbins/${DRAFTS}/subscribe`);
    const { data: last } = await anna.operate(`/workbins/${DRAFTS}/unsubscribe`);
    assert.deepEqual(
      [first, last],
      ['SubscribeWorkbinEvents', 'UnsubscribeWorkbinEvents'].map((operation, index) => ({
        name: 'EventAck',
        messageType: 'WorkbinsMessage',
        operationId: [first, last][index]?.['operationId'],
        operation,
        workbinId: DRAFTS,
      })),
    );
    const again = await anna.operate(`/workbins/${DRAFTS}/unsubscribe`);
    assert.deepEqual([again.data['name'], again.data['errorCode']], ['EventError', 41]);
  });

  it('pulls: the workbin changes, then the agent has the interaction', async () => {
    await anna.operate(`/workbins/${IN_PROGRESS}/subscribe`);
    await anna.drained();
    const id = stage.first('email-in-progress', 'A1001');
    const path = `/media/email/interactions/${id}/pull`;
    const changed = await anna.operate(path, { sourceId: IN_PROGRESS });
    const events = await anna.drained();
    assert.deepEqual(events.map(line), [
      `workbins EventWorkbinContentChanged Pull Remove ${IN_PROGRESS}@A1001 ${id} InWorkbin`,
      `media/email StatusChange ${id} Processing`,
    ]);
    const { interaction, ...notification } = events[0]?.data ?? {};
    assert.deepEqual(notification, {
      name: 'EventWorkbinContentChanged',
      messageType: 'WorkbinsMessage',
      operation: 'Pull',
      workbin: { id: IN_PROGRESS, owner: 'A1001' },
      workbinContentOperation: 'Remove',
    });
    assert.equal((interaction as Json)['workbinTypeId'], 'email-in-progress');
    const { interaction: handled, ...status } = changed.data;
    assert.deepEqual(status, {
      notificationType: 'StatusChange',
      messageType: 'InteractionStateChanged',
      operationId: status['operationId'],
    });
    const { assignedAt, assignedTo, capabilities, workflowState } = handled as Json;
    assert.deepEqual(
      [assignedAt, assignedTo, capabilities, workflowState],
      ['2026-05-04T09:30:00Z', 'A1001', ['place-in-queue'], 'Handling'],
    );
  });

  it('pulls a draft for composing, from where it lies or by the workbinId of the published client', async () => {
    const [first, second] = stage.lying('email-draft', 'A1001');
    assert.deepEqual(await brought(`/media/email/interactions/${first}/pull`), [
      `media/email StatusChange ${first} Composing`,
    ]);
    assert.deepEqual(
      await brought(`/media/email/interactions/${second}/pull`, { workbinId: DRAFTS }),
      [`media/email StatusChange ${second} Composing`],
    );
    // Nobody can pull it a second time, nor from another workbin.
    const failed = await brought(`/media/email/interactions/${first}/pull`);
    assert.deepEqual(failed, ['media/email EventError 30']);
    const other = stage.first('email-in-progress', 'A1001');
    assert.deepEqual(
      await brought(`/media/email/interactions/${other}/pull`, { sourceId: DRAFTS }),
      ['media/email EventError 30'],
    );
  });

  it('places an interaction back, in a workbin by name, id or private queue, and in a queue', async () => {
    await anna.operate(`/workbins/${DRAFTS}/subscribe`);
    const id = stage.first('email-draft', 'A1001');
    const media = `/media/email/interactions/${id}`;
    await anna.operate(`${media}/pull`);
    await anna.drained();
    const added = `workbins EventWorkbinContentChanged PlaceInWorkbin Add ${DRAFTS}@A1001 ${id} InWorkbin`;
    const placed = `media/email StatusChange ${id} InWorkbin`;
    assert.deepEqual(await brought(`${media}/place-in-queue`, { queue: '__BACK__' }), [
      added,
      placed,
    ]);
    for (const queue of ['email-draft', DRAFTS, 'email-draft/PrivateQueue']) {
      await brought(`${media}/pull`);
      assert.deepEqual(await brought(`${media}/place-in-queue`, { queue }), [added, placed]);
    }
    assert.deepEqual(
      await brought(`${media}/place-in-queue`, { queue: 'email-in-progress', ownerId: 'A1002' }),
      [
        `workbins EventWorkbinContentChanged PlaceInWorkbin Remove ${DRAFTS}@A1001 ${id} InWorkbin`,
        placed,
      ],
    );
    assert.ok(stage.lying('email-in-progress', 'A1002').includes(id));
    const next = stage.first('email-draft', 'A1001');
    assert.deepEqual(
      await brought(`/media/email/interactions/${next}/place-in-queue`, { queue: 'claims-intake' }),
      [
        `workbins EventWorkbinContentChanged PlaceInQueue Remove ${DRAFTS}@A1001 ${next} InWorkbin`,
        `media/email StatusChange ${next} Queued`,
      ],
    );
  });

  it('puts attached data in place while it places, and refuses what cannot be placed', async () => {
    const id = stage.first('email-draft', 'A1001');
    const path = `/media/email/interactions/${id}/place-in-queue`;
    const { data } = await anna.operate(path, {
      queue: 'email-in-progress',
      addedProperties: [{ key: '__proto__', type: 'str', value: 'own' }],
      changedProperties: [{ key: 'Priority', type: 'int', value: 99 }],
    });
    const { userData } = data['interaction'] as { readonly userData: readonly Json[] };
    assert.deepEqual(
      userData.filter(({ key }) => key === 'Priority' || key === '__proto__'),
      [
        { key: 'Priority', type: 'int', value: 99 },
        { key: '__proto__', type: 'str', value: 'own' },
      ],
    );
    assert.deepEqual(await brought(path, { queue: 'nowhere' }), [
      'media/email StatusChange ' + id + ' InWorkbin',
      'media/email EventError 21',
    ]);
    assert.deepEqual(await brought(path, {}), ['media/email EventError 20']);
    assert.deepEqual(await brought(path, { queue: '__BACK__' }), ['media/email EventError 89']);
    assert.deepEqual(await brought(path, { queue: 'email-in-progress' }), [
      'media/email EventError 100',
    ]);
  });

  it('adds an interaction to a workbin and takes it out of the one where it lay', async () => {
    await anna.operate(`/workbins/${DRAFTS}/subscribe`);
    await anna.operate(`/workbins/${IN_PROGRESS}/subscribe`);
    await anna.drained();
    const interactionId = stage.first('email-draft', 'A1001');
    assert.deepEqual(await brought(`/workbins/${IN_PROGRESS}/add-interaction`, { interactionId }), [
      `workbins EventWorkbinContentChanged PlaceInWorkbin Remove ${DRAFTS}@A1001 ${interactionId} InWorkbin`,
      `workbins EventWorkbinContentChanged PlaceInWorkbin Add ${IN_PROGRESS}@A1001 ${interactionId} InWorkbin`,
      `media/email StatusChange ${interactionId} InWorkbin`,
    ]);
    assert.ok((await contentOf(IN_PROGRESS)).includes(interactionId));
    assert.ok(!(await contentOf(DRAFTS)).includes(interactionId));
  });

  it('shows the details of an interaction', async () => {
    const id = stage.first('email-draft', 'A1001');
    const { data } = await anna.operate(`/workbins/interactions/${id}/get-details`);
    const content = await anna.operate(`/workbins/${DRAFTS}/get-content`);
    const [first] = (content.data['workbin'] as Json)['interactions'] as Json[];
    assert.deepEqual(data, {
      name: 'EventGetInteractionDetails',
      messageType: 'WorkbinsMessage',
      operationId: data['operationId'],
      interaction: first,
    });
  });

  it('moves interactions to the workbin of a colleague, two events with one operationId each', async () => {
    await anna.operate(`/workbins/${DRAFTS}/subscribe`);
    const ben = await stage.desktop('BenCarter');
    await ben.operate(`/workbins/${IN_PROGRESS}/subscribe`);
    await Promise.all([anna.drained(), ben.drained()]);
    const [first = '', second = ''] = stage.lying('email-draft', 'A1001');
    const answer = await anna.post(
      '/media-management/move-to-workbin',
      { interactions: [first, second], workbinId: IN_PROGRESS, ownerId: 'A1002' },
      'move-1',
    );
    assert.deepEqual(answer.body, { status: { code: 1 }, operationId: 'move-1' });
    const end = await anna.next(({ channel }) => channel.endsWith('/media-management'));
    assert.deepEqual(end.data, {
      notificationType: 'MoveToWorkbin',
      operationId: 'move-1',
      messageType: 'SnapshotMessage',
    });
    const events = await anna.drained();
    assert.deepEqual(events.map(line), [
      `workbins EventWorkbinContentChanged Pull Remove ${DRAFTS}@A1001 ${first} InWorkbin`,
      `media/email StatusChange ${first} InWorkbin`,
      `workbins EventWorkbinContentChanged Pull Remove ${DRAFTS}@A1001 ${second} InWorkbin`,
      `media/email StatusChange ${second} InWorkbin`,
      'media-management MoveToWorkbin',
    ]);
    assert.deepEqual(
      events.map(({ data }) => data['operationId']),
      [undefined, 'move-1', undefined, 'move-1', 'move-1'],
    );
    assert.deepEqual(
      (await ben.drained()).map(line),
      [first, second].map(
        (id) =>
          `workbins EventWorkbinContentChanged PlaceInWorkbin Add ${IN_PROGRESS}@A1002 ${id} InWorkbin`,
      ),
    );
  });

  it('stops moving at the first interaction that may not be moved', async () => {
    const [first = ''] = stage.lying('email-draft', 'A1001');
    const foreign = stage.first('email-in-progress', 'A1002');
    const answer = await anna.post(
      '/media-management/move-to-workbin',
      { interactions: [first, foreign], workbinId: IN_PROGRESS },
      'move-2',
    );
    assert.equal(answer.status, 200);
    assert.deepEqual((await anna.drained()).map(line), [
      `media/email StatusChange ${first} InWorkbin`,
      'media-management EventError 30',
    ]);
  });

  it('answers 500 for an unknown workbin, in words and without an event', async () => {
    const id = stage.first('email-draft', 'A1001');
    const answers = [
      await anna.post('/workbins/nothing/get-content'),
      await anna.post('/workbins/nothing/subscribe'),
      await anna.post('/workbins/nothing/unsubscribe'),
      await anna.post('/workbins/nothing/add-interaction', { interactionId: id }),
      await anna.post(`/media/email/interactions/${id}/pull`, { sourceId: 'nothing' }),
      await anna.post('/media-management/move-to-workbin', { interactions: [id], workbinId: 'x' }),
      // A workbin type that is not active.
      await anna.post(`/workbins/${workbinId('fax-in-progress')}/get-content`),
    ];
    for (const { status, type, body } of answers) {
      assert.deepEqual(
        [status, type, body],
        [500, 'text/plain; charset=utf-8', 'Internal Server Error'],
      );
    }
    assert.deepEqual(await anna.drained(), []);
  });

  it('answers 500 with a status for an unknown interaction, without an event', async () => {
    const email = stage.first('email-draft', 'A1001');
    const answers = [
      [await anna.post('/workbins/interactions/none/get-details'), 'none'],
      [await anna.post('/media/email/interactions/none/pull'), 'none'],
      [await anna.post(`/media/chat/interactions/${email}/pull`), email],
      [await anna.post('/media/email/interactions/none/place-in-queue'), 'none'],
      [await anna.post(`/workbins/${DRAFTS}/add-interaction`, { interactionId: 'none' }), 'none'],
      [await anna.post(`/workbins/${DRAFTS}/add-interaction`), ''],
      [
        await anna.post('/media-management/move-to-workbin', {
          interactions: [email, 'none'],
          workbinId: IN_PROGRESS,
        }),
        'none',
      ],
    ] as const;
    for (const [{ status, body }, id] of answers) {
      assert.deepEqual(
        [status, body],
        [500, { status: { code: 500, message: `There is no interaction '${id}'.` } }],
      );
    }
    assert.deepEqual(await anna.drained(), []);
  });

  it('answers 501 for functions that it does not have', async () => {
    for (const path of [
      `/workbins/${DRAFTS}/no-such-function`,
      `/workbins/${DRAFTS}`,
      `/workbins/${DRAFTS}/get-content/more`,
      '/workbins',
      '/workbins/interactions/x/no-such-function',
      '/media/email/interactions/x/no-such-function',
      '/media/email/ready',
      '/media-management/get-snapshot',
    ]) {
      const { status, type, body } = await anna.post(path);
      assert.deepEqual(
        [status, type, body],
        [501, 'text/plain; charset=utf-8', 'Not Implemented'],
        path,
      );
    }
  });
});
