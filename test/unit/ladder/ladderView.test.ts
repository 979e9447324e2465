import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LadderView } from '../../../src/core/ladder/ladderView';
import { PhaseLayout } from '../../../src/core/ladder/phaseLayout';
import { anySteps, BuiltLadder, finish, short } from './ladderBuilder';

function build(...names: readonly string[]): BuiltLadder {
  return new BuiltLadder(names.map((name, reference) => ({ name, reference })));
}

const whole = (view: LadderView) => short(view.rows(0, view.count));

describe('folds of quiet messages', () => {
  it('are one line that opens to its messages and closes again', () => {
    const names = ['/meta/handshake', '/meta/connect', '/meta/connect', 'EventX', '/meta/connect'];
    const view = build(...names).ladder.view();
    const closed = ['+ /meta/handshake, 2 × /meta/connect', '3 EventX', '+ /meta/connect'];
    assert.deepEqual(whole(view), closed);
    view.toggle(0);
    assert.deepEqual(whole(view), [
      '- /meta/handshake, 2 × /meta/connect',
      '  0: 0 /meta/handshake',
      '  1: 1 /meta/connect',
      '  2: 2 /meta/connect',
      '3 EventX',
      '+ /meta/connect',
    ]);
    view.toggle(0);
    assert.deepEqual(whole(view), closed);
  });

  it('open for a message that is to be shown, once', () => {
    const view = build('/meta/connect', 'EventX', '/meta/connect', 'EventY').ladder.view();
    const moved = [view.openFor(2), view.openFor(2), view.openFor(3)];
    assert.deepEqual(
      { moved, row: view.rowOf(2), rows: view.count, inside: view.inside, told: view.generation },
      { moved: [true, false, false], row: 3, rows: 5, inside: 1, told: 1 },
    );
  });

  it('grow while they are open', () => {
    const built = build('EventX', '/meta/connect');
    const view = built.ladder.view();
    view.toggle(1);
    built.add({ name: '/meta/connect' });
    built.add({ name: 'EventY' });
    assert.deepEqual(whole(view), [
      '0 EventX',
      '- 2 × /meta/connect',
      '  0: 1 /meta/connect',
      '  1: 2 /meta/connect',
      '3 EventY',
    ]);
  });

  it('show a failed meta message on its own', () => {
    const { ladder } = new BuiltLadder([{ name: '/meta/connect', errorCode: 402 }]);
    assert.equal(ladder.rows(0, 1)[0]?.kind, 'message');
  });
});

describe('a phase', () => {
  it('closes to its heading, and opens again', () => {
    const view = build('RequestAgentLogin', '/meta/connect', 'RequestAgentLogin').ladder.view();
    const open = whole(view);
    view.toggle(0);
    assert.deepEqual(whole(view), ['# 0 …', '# 1', '2 RequestAgentLogin']);
    assert.equal(view.inside, -2);
    view.toggle(0);
    assert.deepEqual(whole(view), open);
  });

  it('opens for a message that it hides, with the fold inside it', () => {
    const view = build('RequestAgentLogin', '/meta/connect', 'RequestAgentLogin').ladder.view();
    view.toggle(0);
    assert.deepEqual([view.rowOf(1), view.openFor(1), view.rowOf(1)], [0, true, 3]);
  });

  it('stays closed when the ladder is laid out again', () => {
    const { ladder } = new BuiltLadder([
      { name: 'RequestAgentLogin', reference: 1 },
      { name: 'RequestAgentLogin', reference: 2 },
      { name: 'EventAck', reference: 1 },
    ]);
    const shown = { foldsQuiet: true, marks: 'all' } as const;
    const before = finish(PhaseLayout.make(ladder.sources, 2, shown));
    const after = finish(PhaseLayout.make(ladder.sources, 3, shown));
    const view = new LadderView(ladder.contents, before);
    view.toggle(0);
    const generation = view.generation;
    view.replace(after, true);
    assert.deepEqual(whole(view), ['# 0 …', '# 1', '1 RequestAgentLogin']);
    assert.ok(view.generation > generation);
  });
});

describe('whatever is opened and closed', () => {
  it('keeps every page consistent and every message findable', () => {
    fc.assert(
      fc.property(anySteps, fc.array(fc.nat(60)), anySteps, (steps, toggles, more) => {
        const built = new BuiltLadder(steps);
        const view = built.ladder.view();
        toggles.forEach((row) => view.toggle(row));
        more.forEach((step) => built.add(step));
        const all = view.rows(0, view.count + 5);
        assert.equal(all.length, view.count);
        assert.deepEqual(
          all.flatMap((_, row) => (row % 3 === 0 ? view.rows(row, 3) : [])),
          all,
        );
        for (let message = 0; message < built.messages.count; message++) {
          const row = all[view.rowOf(message) ?? -1]!;
          assert(row.kind === 'message' ? row.message === message : isClosed(row));
        }
        for (let message = 0; message < built.messages.count; message++) {
          view.openFor(message);
          const [shown] = view.rows(view.rowOf(message) ?? -1, 1);
          assert(shown?.kind === 'message' && shown.message === message);
        }
      }),
    );
  });

  it('hides and shows exactly what stands below the toggled line', () => {
    fc.assert(
      fc.property(anySteps, fc.nat(60), (steps, row) => {
        const view = new BuiltLadder(steps).ladder.view();
        const before = view.rows(0, view.count);
        view.toggle(row);
        const after = view.rows(0, view.count);
        const line = after[row];
        const isClosed = line?.kind === 'heading' && line.open === false;
        const hidden = isClosed ? before.length - after.length : 0;
        const added = line?.kind === 'fold' && line.open ? line.count : 0;
        assert.deepEqual(after.slice(0, row), before.slice(0, row));
        assert.deepEqual(after.slice(row + 1 + added), before.slice(row + 1 + hidden));
        const untilNext = before
          .slice(row + 1)
          .findIndex(({ kind }) => kind === 'heading' || kind === 'mark');
        assert.ok(hidden === 0 || hidden === (untilNext < 0 ? before.length - row - 1 : untilNext));
      }),
    );
  });
});

function isClosed(row: { readonly kind: string; readonly open?: boolean }): boolean {
  return row.open === false;
}
