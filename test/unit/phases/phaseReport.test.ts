import assert from 'node:assert/strict';
import type { Work } from '../../../src/core/base/work';
import { PHASE_MODELS } from '../../../src/core/phases/models';
import { phaseReport, type PhaseReport } from '../../../src/core/phases/phaseReport';
import { messageByName } from '../../../src/core/protocol/catalogue';
import { traceRows, type TestRow } from '../../support/rows';

const WORKBIN = 'drafts@A1001';

function done<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) {
      return step.value;
    }
  }
}

function report(rows: readonly TestRow[], phase: number, isWeb = false): PhaseReport {
  return done(phaseReport(traceRows(rows), phase, isWeb));
}

const send = (at: number, name: string, reference: number): TestRow => ({
  at,
  direction: 'send',
  name,
  reference,
  ...(name.includes('Workbin') ? { workbin: WORKBIN } : {}),
});
const receive = (at: number, name: string, reference?: number): TestRow => ({
  at,
  direction: 'receive',
  name,
  ...(reference === undefined ? {} : { reference }),
  ...(name === 'EventWorkbinContentChanged' ? { workbin: WORKBIN } : {}),
});

const SIGNING_IN = [
  send(0, 'RequestRegisterClient', 1),
  receive(5, 'EventAck', 1),
  send(10, 'RequestAgentLogin', 2),
  receive(20, 'EventAck', 2),
];
const SUBSCRIBED = [
  ...SIGNING_IN,
  send(100, 'RequestWorkbinNotifications', 3),
  receive(112.5, 'EventAck', 3),
  receive(200, 'EventWorkbinContentChanged'),
  receive(250, 'EventMessagePing'),
  receive(300, 'EventWorkbinContentChanged'),
  receive(301, 'EventAck', 3),
];

describe('what a phase expects beside what came', () => {
  it('has the request, its answer, the notifications, and what was not expected', () => {
    const { source, needs, ...told } = report(SUBSCRIBED, 2);
    assert.match(source, /^Genesys Events and Models Reference/);
    assert.equal(needs.length, 3);
    assert.deepEqual(told, {
      phase: 2,
      title: 'Agent Requests Workbin Notification',
      outcome: 'completed',
      late: false,
      workbin: WORKBIN,
      reference: 3,
      request: {
        message: 4,
        seq: 5,
        name: 'RequestWorkbinNotifications',
        time: 100,
        sinceRequestMs: 0,
      },
      expected: [
        { name: 'EventAck', means: 'success' },
        { name: 'EventError', means: 'failure', when: 'the agent or the workbin is unknown' },
      ],
      accepted: { count: 0 },
      answer: { message: 5, seq: 6, name: 'EventAck', time: 112.5, sinceRequestMs: 12.5 },
      moreAnswers: [],
      more: { count: 0 },
      duplicates: {
        count: 1,
        first: { message: 9, seq: 10, name: 'EventAck', time: 301, sinceRequestMs: 201 },
        last: { message: 9, seq: 10, name: 'EventAck', time: 301, sinceRequestMs: 201 },
      },
      followedBy: [
        {
          name: 'EventWorkbinContentChanged',
          means: 'success',
          reading: 'its name is from Platform SDK',
        },
      ],
      endedBy: 'Agent Cancels Workbin Notifications',
      live: true,
      notifications: {
        count: 2,
        first: {
          message: 6,
          seq: 7,
          name: 'EventWorkbinContentChanged',
          time: 200,
          sinceRequestMs: 100,
        },
        last: {
          message: 8,
          seq: 9,
          name: 'EventWorkbinContentChanged',
          time: 300,
          sinceRequestMs: 200,
        },
      },
      timeLimitMs: 1000,
      endTime: 112.5,
    });
  });

  it('names the events of a web tier only where one is on the other side', () => {
    const rows = [send(0, 'RequestGetWorkbinContent', 1)];
    const names = (isWeb: boolean) => report(rows, 0, isWeb).expected.map(({ name }) => name);
    assert.deepEqual(
      [names(false), names(true)],
      [
        ['EventWorkbinContent', 'EventError'],
        ['EventWorkbinContent', 'EventWorkbinsContent', 'EventError', 'HttpError'],
      ],
    );
  });

  it('tells which events the source of the model does not name, and from where our reading is', () => {
    const rows = [send(0, 'RequestPlaceInWorkbin', 1)];
    const { expected, moreAnswers } = report(rows, 0, true);
    const told = [...expected, ...moreAnswers].map(({ name, reading }) => [name, reading]);
    assert.deepEqual(told, [
      ['EventAck', undefined],
      ['InteractionStateChanged', 'from Workspace API v3'],
      ['SnapshotMessage', 'from Workspace API v3'],
      ['EventError', 'as other requests are refused'],
      ['HttpError', 'from Workspace API v3'],
      ['InteractionStateChanged', 'from Workspace API v3'],
      ['SnapshotMessage', 'from Workspace API v3'],
    ]);
  });

  it('marks as a reading every event of a model that Interaction Server has no message for', () => {
    const unmarked = PHASE_MODELS.flatMap(({ id, success, failure, readings }) =>
      [...success, ...failure.map(({ event }) => event)]
        .filter((name) => messageByName(name) === undefined && readings?.[name] === undefined)
        .map((name) => `${id}: ${name}`),
    );
    assert.deepEqual(unmarked, []);
  });

  it('says of a request that no documented model begins with that it has none', () => {
    const of = (name: string) => {
      const { title, undocumented } = report([send(0, name, 1)], 0);
      return [title, undocumented];
    };
    assert.deepEqual(
      [of('RequestWorkbinStatistic'), of('RequestPull')],
      [
        ['RequestWorkbinStatistic', true],
        ['Agent Pulls Interaction', undefined],
      ],
    );
  });

  it('says what the trace tells of what the server must know, and what it does not', () => {
    const standings = (rows: readonly TestRow[], phase: number) =>
      report(rows, phase).needs.map(({ need, standing, message }) => [need, standing, message]);
    assert.deepEqual(standings(SUBSCRIBED, 2), [
      ['registered client', 'met', 0],
      ['logged-in agent', 'met', 2],
      ['known workbin', 'unseen', undefined],
    ]);
    const after = [
      ...SUBSCRIBED,
      send(400, 'RequestAgentLogout', 4),
      receive(410, 'EventAck', 4),
      send(500, 'RequestCancelWorkbinNotifications', 5),
    ];
    assert.deepEqual(standings(after, 4), [
      ['registered client', 'met', 0],
      ['logged-in agent', 'ended', 10],
      ['known workbin', 'met', 4],
      ['live subscription', 'met', 4],
    ]);
  });

  it('tells the needs of a phase that failed as those of the phase that was begun', () => {
    const rows = [
      send(0, 'RequestGetWorkbinContent', 1),
      { ...receive(5, 'EventError', 1), errorCode: 41 },
    ];
    const { title, outcome, needs } = report(rows, 0);
    assert.deepEqual(
      { title, outcome, needs: needs.map(({ standing }) => standing) },
      {
        title: 'Agent Fails to Get Workbin Content',
        outcome: 'failed',
        needs: ['unseen', 'unseen', 'unseen'],
      },
    );
  });

  it('has no answer while it is open, and none that came too late counts as missing', () => {
    const open = report([send(0, 'RequestGetWorkbinContent', 1)], 0);
    const late = report(
      [send(0, 'RequestGetWorkbinContent', 1), receive(3000, 'EventWorkbinContent', 1)],
      0,
    );
    assert.deepEqual(
      [open.outcome, open.answer, open.endTime, late.outcome, late.late, late.answer?.message],
      ['open', undefined, undefined, 'completed', true, 1],
    );
  });
});
