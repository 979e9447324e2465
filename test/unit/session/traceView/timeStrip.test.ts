import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NEVER_CANCELLED } from '../../../../src/core/base/cancellation';
import { TimeStripMaker } from '../../../../src/session/traceView/timeStripMaker';
import { GrowingTrace } from './growingTrace';

describe('the strip of a session', () => {
  it('counts messages, phases and failures in the part that they stand in', async () => {
    const step = fc.tuple(
      fc.nat({ max: 900 }),
      fc.constantFrom('RequestAgentLogin 1', 'RequestAgentLogin 2', 'EventError 1', 'EventOther'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step), fc.integer({ min: 1, max: 9 }), async (steps, parts) => {
        const grown = new GrowingTrace();
        let at = 0;
        await grown.say(...steps.map(([wait, message]) => [(at += wait), message] as const));
        const { messages, tracer } = grown.trace;
        const rows = Array.from({ length: messages.count }, (_, row) => row);
        const list = rows.filter((row) => row % 2 === 0);
        const strip = await new TimeStripMaker(grown.trace, grown.pace()).make(
          parts,
          list,
          NEVER_CANCELLED,
        );
        const count = (some: readonly number[]) => {
          const counts = new Array<number>(parts).fill(0);
          for (const row of some) {
            const edges = counts.slice(1).map((_, before) => (at * (before + 1)) / parts);
            counts[edges.filter((edge) => edge <= messages.time(row)).length]!++;
          }
          return counts;
        };
        const phases = Array.from({ length: tracer.phases.count }, (_, phase) => phase);
        const failed = phases.filter((phase) =>
          ['failed', 'unanswered', 'interrupted'].includes(tracer.phases.outcome(phase)),
        );
        const requests = (some: readonly number[]) =>
          some.map((phase) => tracer.phases.requestRow(phase));
        assert.deepEqual(strip, {
          from: 0,
          to: at,
          matching: count(list),
          messages: count(rows),
          phases: count(requests(phases)),
          failures: count(requests(failed)),
          marks: [{ time: 0, kind: 'open' }],
        });
      }),
    );
  });

  it('has one mark of each kind in a part at most', async () => {
    const grown = new GrowingTrace();
    for (const at of [1, 2, 60, 100]) {
      await grown.gap(at);
    }
    const strip = await new TimeStripMaker(grown.trace, grown.pace()).make(
      2,
      undefined,
      NEVER_CANCELLED,
    );
    assert.deepEqual(strip.marks, [
      { time: 0, kind: 'open' },
      { time: 1, kind: 'gap' },
      { time: 60, kind: 'gap' },
    ]);
  });

  it('shows failures that came later', async () => {
    const grown = new GrowingTrace();
    await grown.say([0, 'RequestAgentLogin 1']);
    const maker = new TimeStripMaker(grown.trace, grown.pace());
    const before = await maker.make(1, undefined, NEVER_CANCELLED);
    await grown.say([10, 'EventError 1']);
    const after = await maker.make(1, undefined, NEVER_CANCELLED);
    assert.deepEqual([before.failures, after.failures], [[0], [1]]);
  });

  it('has no length in a trace without messages', async () => {
    const grown = new GrowingTrace();
    const strip = await new TimeStripMaker(grown.trace, grown.pace()).make(
      1,
      undefined,
      NEVER_CANCELLED,
    );
    const none = { matching: [0], messages: [0], phases: [0], failures: [0] };
    assert.deepEqual(strip, { from: 0, to: 0, ...none, marks: [{ time: 0, kind: 'open' }] });
  });
});
