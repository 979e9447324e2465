import assert from 'node:assert/strict';
import { OpenRows } from '../../../src/host/workbins/openRows';
import type {
  OwnerNode,
  ServerNode,
  WorkbinNode,
  WorkbinTreeNode,
} from '../../../src/host/workbins/workbinNodes';

const server: ServerNode = { kind: 'server', id: 's', server: 's' };
const owner: OwnerNode = { kind: 'owner', id: 'o', parent: server, owner: 'A1001' };
const workbin: WorkbinNode = {
  kind: 'workbin',
  id: 'w',
  parent: owner,
  key: 'k',
  server: 's',
  type: 'email-draft',
  owner: 'A1001',
};
const note: WorkbinTreeNode = { kind: 'note', id: 'n', parent: workbin, text: 'Empty' };

describe('the open rows of the tree', () => {
  it('are servers and groups at first, and no workbins', () => {
    const rows = new OpenRows();
    assert.deepEqual(
      [server, owner, workbin].map((node) => rows.isOpen(node)),
      [true, true, false],
    );
  });

  it('let a row below a closed one be stood for by that one', () => {
    const rows = new OpenRows();
    assert.equal(rows.nearestOpen(note), workbin);
    rows.set(workbin, true);
    assert.equal(rows.nearestOpen(note), note);
    rows.set(owner, false);
    assert.equal(rows.nearestOpen(note), owner);
    rows.set(server, false);
    assert.equal(rows.nearestOpen(note), server);
  });
});
