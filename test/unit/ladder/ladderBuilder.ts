/** Small traces for ladders, drawn from random steps, and ladders as short texts. */
import fc from 'fast-check';
import type { Work } from '../../../src/core/base/work';
import { Ladder } from '../../../src/core/ladder/ladder';
import { Lifelines } from '../../../src/core/ladder/lifelines';
import type { LadderRow } from '../../../src/core/ladder/rows';
import { Tracer } from '../../../src/core/phases/tracer';
import { MessageColumns } from '../../../src/core/trace/messageColumns';
import type { OtherRecord } from '../../../src/core/trace/records';

/** Milliseconds from step to step. */
export const SPACING = 2000;

/** A message by its name and reference, or a mark. */
export type Step =
  | { readonly name: string; readonly reference?: number; readonly errorCode?: number }
  | { readonly mark: 'open' | 'close' | 'gap' };

export class BuiltLadder {
  readonly messages = new MessageColumns();
  readonly tracer = new Tracer(this.messages, { answerTimeLimitMs: 1e9 });
  readonly ladder = new Ladder(this.messages, this.tracer, new Lifelines());
  readonly steps: Step[] = [];

  constructor(steps: readonly Step[]) {
    steps.forEach((step) => this.add(step));
  }

  /** Steps are too far apart for an answer to wait for its request: phases of rows do not change later. */
  add(step: Step): void {
    const time = this.steps.length * SPACING;
    const seq = this.steps.push(step);
    if ('mark' in step) {
      this.ladder.addRecord(recordOf(step.mark, seq, time));
      return;
    }
    const direction = step.name.startsWith('Request') ? 'send' : 'receive';
    const head = { kind: 'frame', seq, time, connection: 1, direction } as const;
    const row = this.messages.count;
    this.messages.add({ ...head, hints: [step] }, { offset: seq, length: 1 });
    this.tracer.add(row);
    this.ladder.addMessage(row);
  }
}

function recordOf(mark: 'open' | 'close' | 'gap', seq: number, time: number): OtherRecord {
  const stamp = { seq, time } as const;
  switch (mark) {
    case 'open':
      return {
        ...stamp,
        kind: 'open',
        connection: 1,
        dialect: 'platform-sdk-json',
        server: 'ws://127.0.0.1/',
        application: 'Desktop',
      };
    case 'close':
      return { ...stamp, kind: 'close', connection: 1, by: 'server', reason: '' };
    case 'gap':
      return { ...stamp, kind: 'gap', reason: 'missed' };
  }
}

const names = [
  'RequestAgentLogin',
  'RequestGetWorkbinContent',
  'EventAck',
  'EventWorkbinContent',
  'EventOther',
  '/meta/connect',
];

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record(
      { name: fc.constantFrom(...names), reference: fc.nat({ max: 4 }) },
      { requiredKeys: ['name'], noNullPrototype: true },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      { mark: fc.constantFrom('open' as const, 'close' as const, 'gap' as const) },
      { noNullPrototype: true },
    ),
  },
);

export const anySteps = fc.array(anyStep, { maxLength: 40 });

export function short(rows: readonly LadderRow[]): readonly string[] {
  return rows.map((row) => {
    switch (row.kind) {
      case 'fold':
        return `${row.open ? '-' : '+'} ${row.text}`;
      case 'message':
        return `${row.inFold === undefined ? '' : `  ${row.inFold}: `}${row.message} ${row.name}`;
      case 'heading':
        return `# ${row.phase}${row.continued ? ' again' : ''}${row.open === false ? ' …' : ''}`;
      case 'mark':
        return `~ ${row.mark}`;
    }
  });
}

/** Runs work to its end. */
export function finish<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) {
      return step.value;
    }
  }
}
