import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EVERYTHING, type LadderQuery } from '../../../../src/core/filter/query';
import { TraceView } from '../../../../src/session/traceView/traceView';
import { short } from '../../ladder/ladderBuilder';
import { GrowingTrace } from './growingTrace';
import { matching, SMALL_LANGUAGE } from './smallLanguage';

function viewOf(grown: GrowingTrace, msPerLook = 0, search = grown.search) {
  const problems: unknown[] = [];
  const view = new TraceView({
    trace: grown.trace,
    search,
    pace: grown.pace(msPerLook),
    language: SMALL_LANGUAGE,
    onProblem: (error) => problems.push(error),
  });
  return { view, problems };
}

const all = (view: TraceView) => short(view.rows(0, view.rowCount));

/** Messages that a view shows, in its order. */
const messages = (view: TraceView) =>
  view.rows(0, view.rowCount).flatMap((row) => (row.kind === 'message' ? [row.message] : []));

const query = (filter: string, more: Partial<LadderQuery> = {}): LadderQuery => ({
  ...EVERYTHING,
  filter,
  ...more,
});

/** Lets everything that waits go on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const LOGIN = [
  [1, 'RequestAgentLogin 1'],
  [2, 'RequestAgentLogin 2'],
  [3, 'EventAck 1'],
  [4, 'EventOther'],
  [5, 'EventError 2'],
] as const;

describe('a view of a trace', () => {
  it('shows everything in the order of the recording to begin with', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown);
    await grown.say(...LOGIN);
    assert.deepEqual(all(view), short(grown.trace.ladder.rows(0, 99)));
    assert.deepEqual(view.query, { query: EVERYTHING, matches: 5 });
  });

  it('is limited to what a filter lets through, and tells where the kept message is', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown);
    await grown.say(...LOGIN);
    const answer = await view.setQuery(query('Event'), 4);
    const shown = ['# 0', '2 EventAck', '~ outside', '3 EventOther', '# 1', '4 EventError'];
    assert.deepEqual(all(view), shown);
    assert.deepEqual([answer, view.query.matches], [{ ok: true, value: 5 }, 3]);
  });

  it('shows the message nearest to one that is left out', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown);
    await grown.say(...LOGIN);
    const answers = [await view.setQuery(query('Other'), 0), await view.setQuery(query('No'), 0)];
    assert.deepEqual(answers, [
      { ok: true, value: 0 },
      { ok: true, value: undefined },
    ]);
  });

  it('stays as it was when the line is no filter', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown);
    await grown.say(...LOGIN);
    await view.setQuery(query('Other'), undefined);
    const answer = await view.setQuery(query('?'), undefined);
    assert.deepEqual(answer, { ok: false, error: { text: 'What?', at: 0, length: 1 } });
    assert.deepEqual([messages(view), view.query.query], [[3], query('Other')]);
  });

  it('stands phase after phase where that is asked for, and stays so while the trace grows', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown);
    await grown.say(...LOGIN);
    await view.setQuery(query('', { order: 'phase' }), undefined);
    const phases = ['# 0', '0 RequestAgentLogin', '2 EventAck'];
    const second = ['# 1', '1 RequestAgentLogin', '4 EventError'];
    assert.deepEqual(all(view), [...phases, ...second, '~ open', '~ outside', '3 EventOther']);
    await grown.say([6, 'RequestAgentLogin 3']);
    await settle();
    const third = ['# 2', '5 RequestAgentLogin'];
    assert.deepEqual(all(view), [
      ...phases,
      ...second,
      ...third,
      '~ open',
      '~ outside',
      '3 EventOther',
    ]);
  });

  it('looks at old messages again when outcomes have changed, and at new ones at once', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown);
    await grown.say(...LOGIN.slice(0, 2));
    await view.setQuery(query('completed'), undefined);
    const before = messages(view);
    await grown.say(...LOGIN.slice(2));
    await settle();
    assert.deepEqual([before, messages(view)], [[], [0, 2]]);
  });

  it('brings the whole phases of what matches', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown);
    await grown.say(...LOGIN.slice(0, 2));
    await view.setQuery(query('EventError', { scope: 'phases' }), undefined);
    await grown.say(...LOGIN.slice(2));
    await settle();
    assert.deepEqual(messages(view), [1, 4]);
  });

  it('is limited to a range of time, with the marks in it', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown);
    await grown.say(...LOGIN);
    await grown.gap(5);
    await view.setQuery(query('', { range: { from: 4, to: 6 } }), undefined);
    assert.deepEqual(all(view), ['3 EventOther', '# 1', '4 EventError', '~ gap']);
  });

  it('shows the query that was asked for last', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown, 3);
    await grown.say(...LOGIN);
    const answers = [
      view.setQuery(query('Event'), undefined),
      view.setQuery(query('', { order: 'phase' }), undefined),
      view.setQuery(query('Other'), undefined),
    ];
    await Promise.all(answers);
    assert.deepEqual([messages(view), view.query.query], [[3], query('Other')]);
  });

  it('lets others go first while it evaluates', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown, 1);
    await grown.say(...LOGIN, ...LOGIN, ...LOGIN);
    await view.setQuery(query('Event'), undefined);
    assert.ok(grown.yields >= 2);
  });

  it('finds text in bodies, and answers with what it has when that takes long', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown);
    await grown.say(...LOGIN);
    let open: () => void = () => undefined;
    grown.searchGate = new Promise((resolve) => (open = resolve));
    const answer = view.setQuery(query('text:"referenceId":1'), 2);
    await settle();
    grown.clock.advance(200);
    assert.deepEqual(await answer, { ok: true, value: undefined });
    const { query: asked, ...during } = view.query;
    open();
    await settle();
    const { evaluating } = view.query;
    assert.deepEqual(
      { asked, during, evaluating, shown: messages(view) },
      {
        asked: query('text:"referenceId":1'),
        during: { matches: 0, evaluating: 0 },
        evaluating: undefined,
        shown: [0, 2],
      },
    );
    await grown.say([6, 'EventX 1']);
    await settle();
    grown.clock.advance(200);
    await settle();
    assert.deepEqual(messages(view), [0, 2, 5]);
  });

  it('tells of a search that fails after the answer', async () => {
    const grown = new GrowingTrace();
    const { view, problems } = viewOf(grown);
    await grown.say(...LOGIN);
    grown.searchGate = Promise.reject(new Error('disk gone'));
    await assert.rejects(view.setQuery(query('text:a'), undefined), /disk gone/);
    assert.deepEqual(problems.map(String), ['Error: disk gone']);
  });

  it('shows what a growing trace holds as if it had been there at once', async () => {
    const step = fc.constantFrom(
      'RequestAgentLogin 1',
      'RequestAgentLogin 2',
      'EventAck 1',
      'EventError 2',
      'EventOther',
      '/meta/connect',
    );
    const asked = fc.record(
      {
        filter: fc.constantFrom('', 'Event', 'completed', 'Error', 'text:"referenceId":1'),
        scope: fc.constantFrom('messages' as const, 'phases' as const),
        order: fc.constantFrom('time' as const, 'phase' as const),
        range: fc.constantFrom({ from: 0, to: 6001 }, { from: 4000, to: 9e9 }, { from: 5, to: 5 }),
      },
      { requiredKeys: ['filter', 'scope', 'order'], noNullPrototype: true },
    );
    const steps = fc.array(step, { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, steps, steps, asked, async (one, other, last, limited) => {
        const grown = new GrowingTrace();
        const { view } = viewOf(grown);
        const names = [...one, ...other, ...last].join(' ');
        let at = 0;
        const say = (part: readonly string[]) =>
          grown.say(...part.map((message) => [(at += 2000), message] as const));
        await say(one);
        await view.setQuery(limited, undefined);
        await say(other);
        await say(last);
        await settle();
        grown.clock.advance(200);
        await settle();
        const fresh = viewOf(grown).view;
        await fresh.setQuery(limited, undefined);
        assert.deepEqual(all(view), all(fresh));
        const { lines } = grown.recording;
        const isIn = (row: number) =>
          lines[grown.trace.messages.offset(row)]!.includes('"referenceId":1');
        if (limited.order === 'time' && !(limited.filter === '' && names.includes('/meta'))) {
          assert.deepEqual(messages(view), matching(grown.trace, limited, isIn));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('find in a view', () => {
  it('goes from hit to hit and round, through names and bodies', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown);
    await grown.say(...LOGIN);
    view.startFind('eventACK');
    await settle();
    view.startFind('"referenceid":2');
    await settle();
    const { find } = view;
    const found = [undefined, 1, 4].map((from) => view.findNext(from, 1)?.message);
    const back = [undefined, 1, 3].map((from) => view.findNext(from, -1)?.message);
    assert.deepEqual(
      { find, found, back },
      { find: { text: '"referenceid":2', hits: 2 }, found: [1, 4, 1], back: [4, 4, 1] },
    );
    const marked = view
      .rows(0, 99)
      .flatMap((row) => (row.kind === 'message' && row.found ? [row.message] : []));
    assert.deepEqual(marked, [1, 4]);
  });

  it('finds what only the columns know, such as the workbin of an answer that names none', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown, 0, (_needles, _range, onLines) => {
      onLines(new Float64Array(0), 0, 1);
      return Promise.resolve();
    });
    grown.frame(1, {
      messageName: 'RequestGetWorkbinContent',
      referenceId: 1,
      workbin: { workbinTypeId: 'draft', workbinAgentId: 'kim' },
    });
    grown.frame(2, { messageName: 'EventWorkbinContent', referenceId: 1 });
    grown.frame(3, { messageName: 'EventOther', interactionId: '02DN' });
    await grown.trace.read();
    const hits = [];
    for (const text of ['draft@KIM', '2dn', 'workbincontent']) {
      view.startFind(text);
      await settle();
      hits.push([view.find?.hits, view.findNext(undefined, 1)?.message]);
    }
    assert.deepEqual(hits, [
      [2, 0],
      [1, 2],
      [2, 0],
    ]);
  });

  it('opens what hides a hit, and says when the filter hides it', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown);
    await grown.say(...LOGIN);
    view.startFind('EventAck');
    await settle();
    view.toggleFold(5);
    const shown = view.findNext(undefined, 1);
    await view.setQuery(query('Other'), undefined);
    const hidden = view.findNext(undefined, 1);
    assert.deepEqual(
      [shown, hidden],
      [
        { message: 2, row: 6, position: 0 },
        { message: 2, position: 0 },
      ],
    );
  });

  it('goes on as the trace grows, and stops', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown);
    await grown.say(...LOGIN);
    view.startFind('EventOther');
    await settle();
    await grown.say([6, 'EventOther']);
    await settle();
    grown.clock.advance(200);
    await settle();
    const { find } = view;
    view.startFind('');
    assert.deepEqual(
      [find, view.find, view.findNext(undefined, 1)],
      [{ text: 'EventOther', hits: 2 }, undefined, undefined],
    );
  });
});

describe('what a view tells besides its rows', () => {
  it('colours messages by the first rule that they fit', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown);
    await grown.say(...LOGIN);
    const problems = view.setColourRules([
      { filter: '?', colour: 0 },
      { filter: 'Ack', colour: 3 },
      { filter: 'Event', colour: 1 },
    ]);
    const colours = view.rows(0, 99).flatMap((row) => (row.kind === 'message' ? [row.colour] : []));
    assert.deepEqual(colours, [undefined, undefined, 3, 1, 1]);
    assert.deepEqual(
      problems.map(({ filter }) => filter),
      ['?'],
    );
  });

  it('counts the phases of which it shows a message', async () => {
    const grown = new GrowingTrace();
    const { view } = viewOf(grown);
    await grown.say(...LOGIN);
    const whole = await view.statistics('phase');
    await view.setQuery(query('Ack'), undefined);
    const limited = await view.statistics('phase');
    assert.deepEqual([whole.total.count, limited.total.count], [2, 1]);
  });
});
