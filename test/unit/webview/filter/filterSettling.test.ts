import assert from 'node:assert/strict';
import { FilterSettling } from '../../../../src/webview/filter/filterSettling';

/** What is remembered, and a timer that runs out when it is told to. */
function create(): {
  settling: FilterSettling;
  remembered: string[];
  pass: () => void;
} {
  const remembered: string[] = [];
  let waiting: (() => void) | undefined;
  const settling = new FilterSettling(
    (_delayMs, run) => {
      waiting = run;
      return {
        dispose: () => {
          waiting = waiting === run ? undefined : waiting;
        },
      };
    },
    (filter) => remembered.push(filter),
  );
  return { settling, remembered, pass: () => waiting?.() };
}

describe('filters that somebody settles on', () => {
  it('are those that were confirmed, also where one goes on with the other', () => {
    const { settling, remembered, pass } = create();
    for (const line of ['na', 'name:', 'name:a']) {
      settling.write(line);
    }
    settling.settle('name:a');
    settling.write('name:ab');
    settling.settle('name:ab ');
    pass();
    settling.leave();
    assert.deepEqual(remembered, ['name:a', 'name:ab']);
  });

  it('are those that stand for a while', () => {
    const { settling, remembered, pass } = create();
    settling.write('code:1');
    settling.write('code:12');
    pass();
    settling.leave();
    assert.deepEqual(remembered, ['code:12']);
  });

  it('are none that was thrown away', () => {
    const { settling, remembered, pass } = create();
    settling.write('ref:2');
    settling.drop();
    pass();
    settling.leave();
    assert.deepEqual(remembered, []);
  });

  it('are those that were left standing, but for an empty line', () => {
    const { settling, remembered } = create();
    settling.write('ref:2');
    settling.leave();
    settling.write(' ');
    settling.leave();
    settling.settle('');
    assert.deepEqual(remembered, ['ref:2']);
  });
});
