import assert from 'node:assert/strict';
import { Emitter } from '../../../src/core/base/event';
import { GrowingRows } from '../../../src/host/recordings/growingRows';
import type { Trace } from '../../../src/session/trace';

/** A session's trace as far as rows need it. */
function createTrace(path: string) {
  const changed = new Emitter<void>();
  const messages = { count: 0 };
  const grow = (): void => {
    messages.count++;
    changed.fire();
  };
  const trace = { path, messages, onDidChange: changed.event } as unknown as Trace;
  return { session: { trace }, grow };
}

function create(traces: readonly ReturnType<typeof createTrace>[]) {
  const changed = new Emitter<void>();
  const seen = new Emitter<void>();
  const view = { visible: true, onDidChangeVisibility: seen.event };
  const sessions = { all: traces, onDidChange: changed.event };
  const drawn: string[] = [];
  let due: (() => void)[] = [];
  const waits: number[] = [];
  const rows = new GrowingRows({
    sessions,
    view,
    redraw: (path) => drawn.push(path),
    timer: (delayMs, run) => {
      waits.push(delayMs);
      due.push(run);
      return { dispose: () => (due = due.filter((other) => other !== run)) };
    },
  });
  const pass = (): void => due.splice(0).forEach((run) => run());
  const show = (visible: boolean): void => {
    view.visible = visible;
    seen.fire();
  };
  const hold = (all: readonly ReturnType<typeof createTrace>[]): void => {
    sessions.all = all;
    changed.fire();
  };
  return { rows, drawn, waits, pass, show, hold };
}

describe('the rows of what is being recorded', () => {
  it('are drawn anew once a second at most, and only those that have grown', () => {
    const [one, other] = [createTrace('/1'), createTrace('/2')];
    const { drawn, waits, pass } = create([one, other]);
    pass();
    pass();
    drawn.length = 0;
    for (let message = 0; message < 1000; message++) {
      one.grow();
    }
    assert.deepEqual(drawn, ['/1']);
    pass();
    assert.deepEqual(drawn, ['/1', '/1']);
    pass();
    assert.deepEqual(drawn, ['/1', '/1']);
    assert.deepEqual(new Set(waits), new Set([1000]));
  });

  it('are left alone while nobody sees them, and drawn as soon as somebody does', () => {
    const one = createTrace('/1');
    const { drawn, pass, show } = create([one]);
    show(false);
    pass();
    pass();
    drawn.length = 0;
    one.grow();
    pass();
    assert.deepEqual(drawn, []);
    pass();
    show(true);
    assert.deepEqual(drawn, ['/1']);
  });

  it('are those of sessions that are held', () => {
    const [one, other] = [createTrace('/1'), createTrace('/2')];
    const { rows, drawn, pass, hold } = create([one]);
    hold([other]);
    pass();
    pass();
    drawn.length = 0;
    one.grow();
    other.grow();
    assert.deepEqual(drawn, ['/2']);
    rows.dispose();
    other.grow();
    pass();
    assert.deepEqual(drawn, ['/2']);
  });
});
