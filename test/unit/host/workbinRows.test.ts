import assert from 'node:assert/strict';
import {
  changedRows,
  groupId,
  serverId,
  workbinId,
  type TreeStamp,
} from '../../../src/host/workbins/workbinRows';

function tree(rows: readonly string[], all = 'trace'): TreeStamp {
  const workbins = rows.map((row) => {
    const [server = '', group = '', key = '', stamp = ''] = row.split(' ');
    return { server, group, key, stamp };
  });
  return { all, servers: [...new Set(workbins.map(({ server }) => server))], workbins };
}

const BEFORE = tree(['s1 anna w1 0', 's1 anna w2 0', 's1 ben w3 0', 's2 anna w4 0']);

describe('the rows of the tree to ask anew', () => {
  it('are none when nothing has changed', () => {
    assert.deepEqual(changedRows(BEFORE, tree(BEFORE.workbins.map(rowText))), []);
  });

  it('are the workbins that stand otherwise', () => {
    const after = tree(['s1 anna w1 0', 's1 anna w2 1', 's1 ben w3 0', 's2 anna w4 7']);
    assert.deepEqual(changedRows(BEFORE, after), [workbinId('w2'), workbinId('w4')]);
  });

  it('are the owner whose workbins are others', () => {
    const after = tree([
      's1 anna w1 5',
      's1 anna w2 0',
      's1 anna w5 0',
      's1 ben w3 1',
      's2 anna w4 0',
    ]);
    assert.deepEqual(changedRows(BEFORE, after), [groupId('s1', 'anna'), workbinId('w3')]);
  });

  it('are the server whose owners are others', () => {
    const after = tree(['s1 anna w1 0', 's1 anna w2 0', 's2 anna w4 0']);
    assert.deepEqual(changedRows(BEFORE, after), [serverId('s1')]);
  });

  it('are all of them when servers come or go, or when what concerns all has changed', () => {
    assert.equal(changedRows(BEFORE, tree(['s1 anna w1 0'])), 'all');
    assert.equal(changedRows(BEFORE, { ...BEFORE, all: 'other' }), 'all');
  });
});

function rowText({ server, group, key, stamp }: TreeStamp['workbins'][number]): string {
  return [server, group, key, stamp].join(' ');
}
