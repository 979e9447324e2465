/** The trace that the harness shows: a morning of one agent, with everything that can go wrong in it. */
import type { HeadingRow, LadderRow, MarkRow, MessageRow } from '../../../src/core/ladder/rows';
import type { Outcome } from '../../../src/core/phases/model';

type MessagePart = Pick<MessageRow, 'name' | 'role'> & Partial<MessageRow>;
type HeadingPart = Pick<HeadingRow, 'phase' | 'title' | 'outcome'> & Partial<HeadingRow>;

/** Builds rows one after the other, with sequence numbers and times that only grow. */
class Story {
  readonly rows: LadderRow[] = [];
  /** Messages of the fold at a row. */
  readonly folds = new Map<number, readonly MessageRow[]>();
  private readonly outcomes = new Map<number, Outcome>();
  private time = 0;
  private messages = 0;
  private seq = 0;

  wait(ms: number): void {
    this.time += ms;
  }

  /** A frame whose messages are all folded. */
  fold(text: string, names: readonly string[]): void {
    this.seq++;
    const messages = names.map((name) =>
      this.row({ name, role: 'none', direction: 'receive', from: 1, to: 0 }),
    );
    this.folds.set(this.rows.length, messages);
    this.rows.push({ kind: 'fold', time: this.time, text, count: names.length, open: false });
  }

  mark(mark: MarkRow['mark'], text: string): void {
    this.rows.push({ kind: 'mark', mark, time: this.time, text, connection: 1 });
  }

  heading(part: HeadingPart): void {
    const rest = { late: false, live: false, notifications: 0, continued: false };
    this.rows.push({ kind: 'heading', ...rest, ...part });
    this.outcomes.set(part.phase, part.outcome);
  }

  message(afterMs: number, part: MessagePart): void {
    this.time += afterMs;
    this.seq++;
    const since = part.sinceRequestMs === undefined ? { sincePreviousMs: afterMs } : {};
    this.rows.push(this.row({ ...since, ...part }));
  }

  private row(part: MessagePart): MessageRow {
    const fromServer = part.role !== 'request' && part.role !== 'none';
    const outcome = part.phase === undefined ? undefined : this.outcomes.get(part.phase);
    return {
      kind: 'message',
      message: this.messages++,
      seq: this.seq,
      time: this.time,
      connection: 1,
      direction: fromServer ? 'receive' : 'send',
      from: fromServer ? 1 : 0,
      to: fromServer ? 0 : 1,
      ...(outcome === undefined ? {} : { outcome }),
      ...part,
    };
  }
}

const MINE = 'Personal Drafts@Agent kmiller';
const GROUP = 'Team Inbox@Agent Group Email Tier 2';

/** Rows of a trace, and the messages of its folds by their rows. */
export interface ScenarioRows {
  readonly rows: readonly LadderRow[];
  readonly folds: ReadonlyMap<number, readonly MessageRow[]>;
}

/** The realistic trace. */
export function realisticRows(): ScenarioRows {
  const story = new Story();
  opening(story);
  contents(story);
  subscription(story);
  trouble(story);
  return story;
}

function opening(story: Story): void {
  story.mark('open', 'Connection 1 opened: ws://127.0.0.1:4420 (Platform SDK JSON)');
  story.heading({ phase: 0, title: 'Registration', outcome: 'completed', durationMs: 4.2 });
  story.message(3, { name: 'RequestRegisterClient', role: 'request', reference: 1, phase: 0 });
  story.message(4.2, {
    name: 'EventAck',
    role: 'answer',
    reference: 1,
    sinceRequestMs: 4.2,
    phase: 0,
  });
  story.heading({ phase: 1, title: 'Agent Logs In', outcome: 'completed', durationMs: 11 });
  story.message(240, {
    name: 'RequestAgentLogin',
    role: 'request',
    reference: 2,
    phase: 1,
  });
  story.message(11, {
    name: 'EventAck',
    role: 'answer',
    reference: 2,
    sinceRequestMs: 11,
    phase: 1,
  });
}

function contents(story: Story): void {
  const get = 'RequestGetWorkbinContent';
  story.heading({
    phase: 2,
    title: 'Agent Gets Workbin Content',
    workbin: MINE,
    outcome: 'completed',
    durationMs: 38,
  });
  story.message(1320, {
    name: get,
    role: 'request',
    reference: 3,
    workbin: MINE,
    phase: 2,
  });
  story.message(38, {
    name: 'EventWorkbinContent',
    role: 'answer',
    reference: 3,
    workbin: MINE,
    sinceRequestMs: 38,
    phase: 2,
  });
  story.heading({
    phase: 3,
    title: 'Agent Fails to Get Workbin Content',
    workbin: 'Escalatoins@Agent kmiller',
    outcome: 'failed',
    error: 'Error_workbin_not_specified (33)',
    durationMs: 6,
  });
  story.message(812, {
    name: get,
    role: 'request',
    reference: 4,
    workbin: 'Escalatoins@Agent kmiller',
    phase: 3,
  });
  story.message(6, {
    name: 'EventError',
    role: 'answer',
    reference: 4,
    workbin: 'Escalatoins@Agent kmiller',
    error: 'Error_workbin_not_specified (33)',
    sinceRequestMs: 6,
    phase: 3,
  });
}

function subscription(story: Story): void {
  const title = 'Agent Requests Workbin Notification';
  const change: MessagePart = {
    name: 'EventWorkbinContentChanged',
    role: 'notification',
    workbin: GROUP,
  };
  story.heading({
    phase: 4,
    title,
    workbin: GROUP,
    outcome: 'completed',
    durationMs: 9,
    live: true,
    notifications: 1204,
  });
  story.message(2100, {
    name: 'RequestWorkbinNotifications',
    role: 'request',
    reference: 5,
    workbin: GROUP,
    phase: 4,
  });
  story.message(9, {
    name: 'EventAck',
    role: 'answer',
    reference: 5,
    workbin: GROUP,
    sinceRequestMs: 9,
    phase: 4,
  });
  story.message(4310, {
    ...change,
    interactionId: '00012aEXAMPLE0001',
    sinceRequestMs: 4319,
    phase: 4,
  });
  story.message(880, {
    ...change,
    interactionId: '00012aEXAMPLE0002',
    sinceRequestMs: 5199,
    phase: 4,
  });
  story.heading({
    phase: 5,
    title: 'Agent Pulls Interaction',
    outcome: 'unanswered',
    durationMs: 10_000,
  });
  story.message(400, {
    name: 'RequestPull',
    role: 'request',
    reference: 6,
    phase: 5,
  });
  story.heading({
    phase: 4,
    title,
    workbin: GROUP,
    outcome: 'completed',
    live: true,
    notifications: 1204,
    continued: true,
  });
  story.message(95, {
    ...change,
    interactionId: '00012aEXAMPLE0003',
    sinceRequestMs: 5694,
    phase: 4,
  });
  story.mark('outside', 'Outside any documented phase');
  story.message(60, {
    ...change,
    role: 'unmatched',
    workbin: 'Follow-Ups@Place 7001',
    problem: 'No subscription for this workbin is live.',
  });
}

function trouble(story: Story): void {
  story.heading({
    phase: 6,
    title: 'Agent Cancels Workbin Notifications',
    workbin: 'Follow-Ups@Place 7001',
    outcome: 'failed',
    error: 'Error_unknown_workbin (86)',
    durationMs: 3.4,
    late: true,
  });
  story.message(700, {
    name: 'RequestCancelWorkbinNotifications',
    role: 'request',
    reference: 7,
    workbin: 'Follow-Ups@Place 7001',
    phase: 6,
  });
  story.message(3.4, {
    name: 'EventError',
    role: 'answer',
    reference: 7,
    workbin: 'Follow-Ups@Place 7001',
    error: 'Error_unknown_workbin (86)',
    sinceRequestMs: 3.4,
    phase: 6,
  });
  story.mark('outside', 'Outside any documented phase');
  story.message(10, {
    name: '(undecodable frame, 214 bytes)',
    role: 'none',
    from: 1,
    to: 0,
    direction: 'receive',
    problem: 'Not JSON: unexpected end of text at 214.',
  });
  story.message(10, {
    name: '<img src=x onerror="document.title=1">',
    role: 'duplicate',
    reference: 'op-7f3e12aa94',
    sinceRequestMs: 63.4,
  });
  story.heading({
    phase: 7,
    title: 'Place Interaction in Workbin',
    workbin: MINE,
    outcome: 'interrupted',
    durationMs: 512,
  });
  story.message(1500, {
    name: 'RequestPlaceInWorkbin',
    role: 'request',
    reference: 8,
    workbin: MINE,
    phase: 7,
  });
  story.message(3, {
    name: '202 Accepted',
    role: 'accepted',
    reference: 8,
    workbin: MINE,
    sinceRequestMs: 3,
    phase: 7,
  });
  story.wait(509);
  story.mark('close', 'Connection 1 closed by the server: 1006, no close frame');
  story.mark('gap', 'Gap: 412 frames were not recorded while recording was paused (12.4 s)');
  story.mark('open', 'Connection 2 opened: ws://127.0.0.1:4420 (Platform SDK JSON)');
  story.fold('/meta/handshake, 3 × /meta/connect, /meta/subscribe', [
    '/meta/handshake',
    '/meta/connect',
    '/meta/connect',
    '/meta/subscribe',
    '/meta/connect',
  ]);
  story.heading({ phase: 8, title: 'Registration', outcome: 'open' });
  story.message(12_400, { name: 'RequestRegisterClient', role: 'request', reference: 1, phase: 8 });
  story.mark('end', 'End of the recording');
}

function syntheticOutcome(phase: number): Outcome {
  return phase % 7 === 3 ? 'failed' : 'completed';
}

/** Row `index` of a trace of any length: a subscription with changes, and a heading every 25 rows. */
export function syntheticRow(index: number): LadderRow {
  const phase = Math.floor(index / 25);
  if (index % 25 === 0) {
    return {
      kind: 'heading',
      phase,
      title: 'Agent Requests Workbin Notification',
      workbin: GROUP,
      outcome: syntheticOutcome(phase),
      late: false,
      live: phase % 7 !== 3,
      durationMs: (phase % 40) + 2,
      notifications: 22,
      continued: phase % 3 === 2,
    };
  }
  const request = index % 25 === 1;
  return {
    kind: 'message',
    message: index,
    seq: index + 1,
    time: index * 12.5,
    connection: 1,
    direction: request ? 'send' : 'receive',
    from: request ? 0 : 1,
    to: request ? 1 : 0,
    name: request
      ? 'RequestWorkbinNotifications'
      : index % 25 === 2
        ? 'EventAck'
        : 'EventWorkbinContentChanged',
    role: request ? 'request' : index % 25 === 2 ? 'answer' : 'notification',
    ...(index % 25 < 3 ? { reference: phase } : {}),
    workbin: GROUP,
    ...(request ? { sincePreviousMs: 12.5 } : { sinceRequestMs: (index % 25) * 12.5 }),
    phase,
    outcome: syntheticOutcome(phase),
  };
}
