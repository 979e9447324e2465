import assert from 'node:assert/strict';
import fc from 'fast-check';
import { completeFilter } from '../../../src/core/filter/completeFilter';
import { FIELDS } from '../../../src/core/filter/fields';
import { parseFilter } from '../../../src/core/filter/parseFilter';
import { traceRows, type TestRow } from '../../support/rows';

const message = (name: string, more: Partial<TestRow> = {}): TestRow => ({
  at: 0,
  direction: 'receive',
  name,
  ...more,
});

const INDEX = traceRows([
  message('EventAck'),
  message('EventError', { errorCode: 43, workbin: 'draft box@Kim' }),
  message('EventError', { errorCode: 41, workbin: 'email@Kim' }),
  message('EventError', { errorCode: 43, workbin: 'email@Kim' }),
  message('__proto__'),
  message('RequestPull', { direction: 'send', reference: 1 }),
]);

/** The lines that completions make of a line with a `|` where the caret is. */
function completed(marked: string, most = 3): readonly string[] {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { from, to, items } = completeFilter(text, caret, INDEX);
  return items.slice(0, most).map((item) => text.slice(0, from) + item.text + text.slice(to));
}

describe('completion of filters', () => {
  it('offers fields, with what they mean, and words that join', () => {
    const { items } = completeFilter('', 0, INDEX);
    assert.deepEqual(
      items.slice(0, 16).map(({ text }) => text),
      [...FIELDS.map(({ name }) => `${name}:`), 'not '],
    );
    assert.ok(items.every(({ detail }) => detail !== ''));
    assert.deepEqual(completed('name:EventAck |'), [
      'name:EventAck and ',
      'name:EventAck or ',
      'name:EventAck not ',
    ]);
    assert.deepEqual(completed('n|', 2), ['not ', 'name:']);
    assert.deepEqual(completed('(out|) or a'), ['(outcome:) or a']);
    assert.deepEqual(completed('a o|'), ['a or ', 'a outcome:', 'a owner:']);
    assert.deepEqual(completed('na|m:EventAck'), ['name:EventAck']);
  });

  it('offers values that the trace holds, the most common first, quoted where they must be', () => {
    assert.deepEqual(completed('name:|'), ['name:EventError', 'name:EventAck', 'name:__proto__']);
    assert.deepEqual(completed('name:ack|'), ['name:EventAck']);
    assert.deepEqual(completed('workbin:|'), ['workbin:email@Kim', 'workbin:"draft box@Kim"']);
    assert.deepEqual(completed('owner:K| and a'), ['owner:Kim and a']);
    assert.deepEqual(completed('not (workbin:"dr|")'), ['not (workbin:"draft box@Kim")']);
    assert.deepEqual(completed('workbin:"dr| and a'), ['workbin:"draft box@Kim" and a']);
    assert.deepEqual(completed('code:|'), [
      'code:Error_unknown_interaction',
      'code:Error_workbin_inaccessible',
    ]);
    assert.deepEqual(completed('eventa|'), ['name:EventAck']);
  });

  it('offers what a field knows by itself', () => {
    assert.deepEqual(completed('outcome:f|'), ['outcome:failed']);
    assert.deepEqual(completed('latency:|'), ['latency:>200ms', 'latency:>1s', 'latency:>10s']);
    assert.deepEqual(completed('latency:>|'), ['latency:>200ms', 'latency:>1s', 'latency:>10s']);
    assert.deepEqual(completed('phase:pulls|'), ['phase:"Agent Pulls Interaction"']);
    assert.deepEqual(completed('finding:|'), []);
  });

  it('says how common a value is', () => {
    const { items } = completeFilter('code:', 5, INDEX);
    assert.deepEqual(
      items.map(({ detail }) => detail),
      ['Error_unknown_interaction (43), 2 messages', 'Error_workbin_inaccessible (41), 1 message'],
    );
  });

  it('looks at a sample of a large trace, and yet offers what is rare', () => {
    const many = Array.from({ length: 50_000 }, (_, at) =>
      message(at === 777 ? 'EventRare' : 'EventAck', { at }),
    );
    const { items } = completeFilter('name:', 5, traceRows(many));
    assert.deepEqual(
      items.map(({ text, detail }) => [text, detail]),
      [
        ['EventAck', 'about 50,000 messages'],
        ['EventRare', 'rare'],
      ],
    );
  });

  it('makes lines that are understood, wherever the caret is', () => {
    const lines = [
      'name:EventAck and (workbin:"draft box@Kim" or outcome:failed) not latency:>1s',
      'code:43 "free text" -dir:send',
      'phase:pull at:[1s TO 5s] role:answer',
    ];
    const place = fc
      .constantFrom(...lines)
      .chain((line) => fc.tuple(fc.constant(line), fc.nat(line.length)));
    fc.assert(
      fc.property(place, ([line, caret]) => {
        const { from, to, items } = completeFilter(line, caret, INDEX);
        assert.ok(
          from >= 0 && from <= caret && to >= caret && to <= line.length,
          `${from} ${caret} ${to}`,
        );
        for (const { text } of items.filter(({ kind }) => kind === 'value')) {
          const whole = line.slice(0, from) + text + line.slice(to);
          const parsed = parseFilter(whole);
          assert.ok(parsed.ok, `${whole}: ${parsed.ok ? '' : parsed.error.text}`);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('takes any line and caret', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('"', "'", ':', '(', ')', '[', ' ', 'name', 'at', '-', '>', '\\'),
        }),
        fc.integer(),
        (line, caret) => {
          const { from, to } = completeFilter(line, caret, INDEX);
          assert.ok(from >= 0 && from <= to && to <= line.length, `${from} ${to}`);
        },
      ),
    );
  });
});
