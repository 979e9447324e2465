import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Layout, Shown } from '../../../src/core/ladder/layout';
import { LadderView } from '../../../src/core/ladder/ladderView';
import { PhaseLayout } from '../../../src/core/ladder/phaseLayout';
import { TimeLayout } from '../../../src/core/ladder/timeLayout';
import { anySteps, BuiltLadder, finish, short, SPACING } from './ladderBuilder';

const WHOLE: Shown = { foldsQuiet: true, marks: 'all' };
const LIMITED: Shown = { foldsQuiet: false, marks: 'gaps' };

type Entry = { readonly message: number } | { readonly mark: string; readonly time: number };

/** Messages of a list and the marks that are shown, in the order of the recording. */
function entriesOf(built: BuiltLadder, list: readonly number[], shown: Shown): readonly Entry[] {
  const entries: Entry[] = [];
  let message = 0;
  built.steps.forEach((step, index) => {
    if (!('mark' in step)) {
      if (list.includes(message)) {
        entries.push({ message });
      }
      message++;
    } else if (shown.marks === 'all' || step.mark === 'gap') {
      entries.push({ mark: step.mark, time: index * SPACING });
    }
  });
  return entries;
}

/** What a layout in the order of the recording has to show, written down line by line. */
function naiveTime(built: BuiltLadder, entries: readonly Entry[], foldsQuiet: boolean): string[] {
  const lines: string[] = [];
  const begun = new Set<number>();
  let current: number | undefined;
  let fold = 0;
  const endFold = () => {
    if (fold > 0) {
      lines.push(`+ ${fold === 1 ? '' : `${fold} × `}/meta/connect`);
    }
    fold = 0;
  };
  for (const entry of entries) {
    if ('mark' in entry) {
      endFold();
      lines.push(`~ ${entry.mark}`);
      current = undefined;
      continue;
    }
    const name = built.messages.name(entry.message);
    if (foldsQuiet && name === '/meta/connect') {
      fold++;
      continue;
    }
    endFold();
    const phase = built.tracer.phaseOf(entry.message);
    if (phase !== current && phase >= 0) {
      lines.push(`# ${phase}${begun.has(phase) ? ' again' : ''}`);
      begun.add(phase);
    } else if (phase < 0 && current !== undefined && current >= 0) {
      lines.push('~ outside');
    }
    current = phase;
    lines.push(`${entry.message} ${name}`);
  }
  endFold();
  return lines;
}

function naivePhases(built: BuiltLadder, list: readonly number[], shown: Shown): string[] {
  const lines: string[] = [];
  for (let phase = 0; phase < built.tracer.phases.count; phase++) {
    const own = list.filter((message) => built.tracer.phaseOf(message) === phase);
    if (own.length > 0) {
      lines.push(
        `# ${phase}`,
        ...own.map((message) => `${message} ${built.messages.name(message)}`),
      );
    }
  }
  const outside = list.filter((message) => built.tracer.phaseOf(message) < 0);
  const entries = entriesOf(built, outside, shown);
  const firstMessage = entries.findIndex((entry) => 'message' in entry);
  const marks = firstMessage < 0 ? entries : entries.slice(0, firstMessage);
  lines.push(...marks.map((entry) => ('mark' in entry ? `~ ${entry.mark}` : '')));
  if (firstMessage >= 0) {
    lines.push('~ outside', ...naiveTime(built, entries.slice(firstMessage), shown.foldsQuiet));
  }
  return lines;
}

/** Every page, every message and every heading agree with the whole. */
function checkLookups(view: LadderView, layout: Layout, messages: number): void {
  const whole = view.rows(0, view.count);
  assert.equal(whole.length, view.count);
  const paged = whole.flatMap((_, row) => (row % 3 === 0 ? view.rows(row, 3) : []));
  assert.deepEqual(paged, whole);
  for (let message = 0; message < messages; message++) {
    const row = whole[view.rowOf(message) ?? -1];
    if (layout.stretches.slots === 0) {
      assert.equal(row, undefined);
    } else if (view.shows(message) && row?.kind === 'message') {
      assert.equal(row.message, message);
    } else {
      assert.ok(row !== undefined);
    }
  }
  const headings = whole.flatMap((row, at) =>
    row.kind === 'heading' && !row.continued ? [at] : [],
  );
  for (let row = 0; row <= whole.length; row++) {
    const before = headings.filter((heading) => heading < row).at(-1);
    const after = headings.find((heading) => heading > row);
    assert.deepEqual([view.findHeading(row, -1), view.findHeading(row, 1)], [before, after]);
  }
}

const subset = (built: BuiltLadder, seed: number): readonly number[] =>
  Array.from({ length: built.messages.count }, (_, message) => message).filter(
    (message) => ((message + 1) * 2654435761 * (seed + 1)) % 7 < 4,
  );

describe('a ladder in the order of the recording', () => {
  it('shows every message below the line that it belongs to', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const built = new BuiltLadder(steps);
        const all = subset(built, -1);
        const drawn = short(built.ladder.rows(0, built.ladder.count));
        assert.deepEqual(drawn, naiveTime(built, entriesOf(built, all, WHOLE), true));
        checkLookups(built.ladder.view(), built.ladder.layout, built.messages.count);
      }),
    );
  });

  it('limited to a list shows its messages alone, and gaps', () => {
    fc.assert(
      fc.property(anySteps, fc.nat({ max: 20 }), fc.boolean(), (steps, seed, isWhole) => {
        const built = new BuiltLadder(steps);
        const shown = isWhole ? WHOLE : LIMITED;
        const list = subset(built, seed);
        const layout = new TimeLayout(built.ladder.sources, list, shown);
        finish(layout.grow(built.messages.count));
        const view = new LadderView(built.ladder.contents, layout);
        const expected = naiveTime(built, entriesOf(built, list, shown), shown.foldsQuiet);
        assert.deepEqual(short(view.rows(0, view.count)), expected);
        checkLookups(view, layout, built.messages.count);
      }),
    );
  });

  it('grown bit by bit is the same as laid out at once', () => {
    fc.assert(
      fc.property(anySteps, anySteps, fc.nat({ max: 20 }), (steps, more, seed) => {
        const built = new BuiltLadder(steps);
        const list: number[] = [];
        const layout = new TimeLayout(built.ladder.sources, list, LIMITED);
        const grow = () => {
          list.push(...subset(built, seed).slice(list.length));
          finish(layout.grow(built.messages.count));
        };
        grow();
        for (const step of more) {
          built.add(step);
          grow();
        }
        const view = new LadderView(built.ladder.contents, layout);
        const expected = naiveTime(built, entriesOf(built, list, LIMITED), false);
        assert.deepEqual(short(view.rows(0, view.count)), expected);
      }),
    );
  });

  it('leaves out the marks beyond a range of time', () => {
    const built = new BuiltLadder([
      { mark: 'open' },
      { name: 'EventOther' },
      { mark: 'gap' },
      { mark: 'close' },
    ]);
    const range = { from: 2 * SPACING, to: 3 * SPACING };
    const layout = new TimeLayout(built.ladder.sources, [], { ...WHOLE, range });
    finish(layout.grow(1));
    const view = new LadderView(built.ladder.contents, layout);
    assert.deepEqual(short(view.rows(0, 9)), ['~ gap']);
  });

  it('is found by time: the first message then or after it, or the last row', () => {
    const answered = [
      { name: 'RequestAgentLogin', reference: 1 },
      { name: 'EventAck', reference: 1 },
    ];
    const view = new BuiltLadder([...answered, { name: 'EventOther' }]).ladder.view();
    const rows = [-5, 0, 0.5, 1, 2, 2.1].map((time) => view.rowAtTime(time * SPACING));
    assert.deepEqual(rows, [1, 1, 2, 2, 4, 4]);
  });
});

describe('a ladder in the order of phases', () => {
  it('shows phase after phase, and at the end what belongs to none', () => {
    fc.assert(
      fc.property(anySteps, fc.nat({ max: 20 }), fc.boolean(), (steps, seed, isWhole) => {
        const built = new BuiltLadder(steps);
        const shown = isWhole ? WHOLE : LIMITED;
        const list = subset(built, isWhole ? -1 : seed);
        const { sources, contents } = built.ladder;
        const end = built.messages.count;
        const layout = finish(PhaseLayout.make(sources, end, shown, isWhole ? undefined : list));
        const view = new LadderView(contents, layout);
        assert.deepEqual(short(view.rows(0, view.count)), naivePhases(built, list, shown));
        checkLookups(view, layout, built.messages.count);
      }),
    );
  });

  it('shows the nearest message of the phase for one that is left out', () => {
    const built = new BuiltLadder([
      { name: 'RequestAgentLogin', reference: 1 },
      { name: 'RequestAgentLogin', reference: 2 },
      { name: 'EventAck', reference: 1 },
      { name: 'EventAck', reference: 2 },
      { name: 'EventOther' },
    ]);
    const layout = finish(PhaseLayout.make(built.ladder.sources, 5, LIMITED, [0, 3, 4]));
    const view = new LadderView(built.ladder.contents, layout);
    assert.deepEqual(short(view.rows(0, 9)), [
      '# 0',
      '0 RequestAgentLogin',
      '# 1',
      '3 EventAck',
      '~ outside',
      '4 EventOther',
    ]);
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((message) => view.rowOf(message)),
      [1, 3, 1, 3, 5],
    );
    assert.deepEqual(
      [0, 0.5, 1, 1.1].map((time) => view.rowAtTime(time * SPACING)),
      [0, 2, 2, 4],
    );
  });
});
