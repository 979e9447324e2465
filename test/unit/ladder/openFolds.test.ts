import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Ladder } from '../../../src/core/ladder/ladder';
import { Lifelines } from '../../../src/core/ladder/lifelines';
import { OpenFolds } from '../../../src/core/ladder/openFolds';
import type { LadderRow } from '../../../src/core/ladder/rows';
import { traceRows } from '../../support/rows';

function ladderOf(names: readonly string[]): Ladder {
  const rows = names.map((name, at) => {
    const direction = name.startsWith('Request') ? 'send' : 'receive';
    return { at, direction, name, reference: at } as const;
  });
  const { messages, tracer } = traceRows(rows);
  const ladder = new Ladder(messages, tracer, new Lifelines());
  names.forEach((_, message) => ladder.addMessage(message));
  return ladder;
}

const short = (rows: readonly LadderRow[]) =>
  rows.map((row) => {
    switch (row.kind) {
      case 'fold':
        return `${row.open ? '-' : '+'} ${row.text}`;
      case 'message':
        return `${row.inFold === undefined ? '' : `  ${row.inFold}: `}${row.message} ${row.name}`;
      default:
        return row.kind;
    }
  });

describe('folds of quiet messages', () => {
  it('are one line that opens to its messages and closes again', () => {
    const view = new OpenFolds(
      ladderOf(['/meta/handshake', '/meta/connect', '/meta/connect', 'EventX', '/meta/connect']),
    );
    const closed = ['+ /meta/handshake, 2 × /meta/connect', '3 EventX', '+ /meta/connect'];
    assert.deepEqual(short(view.rows(0, 9)), closed);
    view.toggle(0);
    assert.deepEqual(short(view.rows(0, 9)), [
      '- /meta/handshake, 2 × /meta/connect',
      '  0: 0 /meta/handshake',
      '  1: 1 /meta/connect',
      '  2: 2 /meta/connect',
      '3 EventX',
      '+ /meta/connect',
    ]);
    view.toggle(0);
    assert.deepEqual(short(view.rows(0, 9)), closed);
  });

  it('open for a message that is to be shown, once', () => {
    const view = new OpenFolds(ladderOf(['/meta/connect', 'EventX', '/meta/connect', 'EventY']));
    const moved = [view.openFor(2), view.openFor(2), view.openFor(3)];
    assert.deepEqual(
      { moved, row: view.rowOf(2), rows: view.count, inside: view.inside, told: view.generation },
      { moved: [true, false, false], row: 3, rows: 5, inside: 1, told: 1 },
    );
  });

  it('are passed on the way from phase to phase', () => {
    const view = new OpenFolds(
      ladderOf([
        'RequestAgentLogin',
        '/meta/connect',
        '/meta/connect',
        'RequestGetWorkbinContent',
        '/meta/connect',
      ]),
    );
    view.openFor(4);
    view.openFor(1);
    const whole = view.rows(0, view.count);
    const headings = whole.flatMap(({ kind }, row) => (kind === 'heading' ? [row] : []));
    assert.deepEqual(headings, [0, 5]);
    const found = (step: 1 | -1) => whole.map((_, row) => view.findHeading(row, step));
    const none = undefined;
    assert.deepEqual(found(1), [5, 5, 5, 5, 5, none, none, none, none]);
    assert.deepEqual(found(-1), [none, 0, 0, 0, 0, 0, 5, 5, 5]);
  });

  it('show a failed meta message on its own', () => {
    const row = { at: 0, direction: 'receive', name: '/meta/connect', errorCode: 402 } as const;
    const { messages, tracer } = traceRows([row]);
    const ladder = new Ladder(messages, tracer, new Lifelines());
    ladder.addMessage(0);
    assert.equal(ladder.rows(0, 1)[0]?.kind, 'message');
  });

  it('keep every message findable and every page consistent, whichever are open', () => {
    const names = fc.array(fc.constantFrom('/meta/connect', 'EventX'), { maxLength: 40 });
    fc.assert(
      fc.property(names, fc.array(fc.nat(60)), (all, toggles) => {
        const view = new OpenFolds(ladderOf(all));
        toggles.forEach((row) => view.toggle(row % Math.max(1, view.count)));
        const whole = view.rows(0, view.count);
        const paged = whole.flatMap((_, row) => (row % 3 === 0 ? view.rows(row, 3) : []));
        assert.deepEqual(paged, whole);
        all.forEach((_, message) => {
          const row = whole[view.rowOf(message)]!;
          assert(
            row.kind === 'message' ? row.message === message : row.kind === 'fold' && !row.open,
          );
        });
      }),
    );
  });
});
