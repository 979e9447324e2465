import assert from 'node:assert/strict';
import { RECENT_MS, RecentlyChanged } from '../../../src/session/recentChanges';
import { playScenario } from '../../support/scenario';

const KEY = 'ws://127.0.0.1:7001/ draft@A1001';
const draft = '"workbin": {"workbinTypeId": "draft", "workbinAgentId": "A1001"}';
const change = (operation: string, id: string): string =>
  `EventWorkbinContentChanged {${draft}, "workbinContentOperation": "${operation}", "interaction": {"interactionId": "${id}"}}`;

const SCENARIO = `
  0      open
  1000   < ${change('PlacedIn', 'i1')}
  2000   < ${change('PropertiesChanged', 'i0')}
  20000  < ${change('TakenOut', 'i1')}
  21000  < ${change('PlacedIn', 'i2')}
  22000  < ${change('PropertiesChanged', 'i2')}
`;

describe('what has just changed in a workbin', () => {
  it('is what came, changed and went within half a minute, and until when that is so', async () => {
    const { trace } = await playScenario(SCENARIO);
    const recent = new RecentlyChanged(trace);
    const at = async (end: number, now: number) => {
      const { marks, taken, until } = await recent.before(
        KEY,
        trace.workbins.rowsFor(KEY, end),
        now,
      );
      return { marks: Object.fromEntries(marks), taken, until };
    };
    assert.deepEqual(await at(2, 2000), {
      marks: { i1: 'new', i0: 'changed' },
      taken: [],
      until: 1000 + RECENT_MS,
    });
    const all = { marks: { i0: 'changed', i2: 'new' }, taken: ['i1'], until: 1000 + RECENT_MS };
    assert.deepEqual(await at(5, 22_000), all);
    assert.deepEqual(await at(5, 40_000), {
      marks: { i2: 'new' },
      taken: ['i1'],
      until: 20_000 + RECENT_MS,
    });
    assert.deepEqual(await at(5, 60_000), { marks: {}, taken: [], until: undefined });
  });
});
