import assert from 'node:assert/strict';
import {
  oldWorkbinOf,
  OWNER_KINDS,
  workbinInfo,
  workbinName,
  workbinOf,
  workbinOfInteraction,
  workbinOfProperties,
} from '../../../src/core/protocol/workbin';

const INFO_OWNERS = {
  Agent: 'workbinAgentId',
  Place: 'workbinPlaceId',
  PlaceGroup: 'workbinPlaceGroupId',
  AgentGroup: 'workbinGroupId',
};

describe('workbins in messages', () => {
  for (const ownerKind of OWNER_KINDS) {
    const workbin = { type: 'drafts', ownerKind, owner: 'O1' };
    const info = { workbinTypeId: 'drafts', [INFO_OWNERS[ownerKind]]: 'O1' };

    it(`are written and read as WorkbinInfo of an owner of kind ${ownerKind}`, () => {
      assert.deepEqual(workbinInfo(workbin), info);
      assert.deepEqual(workbinOf(info), workbin);
    });

    it(`are read from interaction properties for an owner of kind ${ownerKind}`, () => {
      const key = `Workbin${ownerKind}Id`;
      assert.deepEqual(workbinOfProperties({ Workbin: 'drafts', [key]: 'O1' }), workbin);
      const list = [
        { key: 'Workbin', type: 'str', value: 'drafts' },
        { key, type: 'str', value: 'O1' },
      ];
      assert.deepEqual(workbinOfProperties(list), workbin);
    });

    it(`are read from an interaction for an owner of kind ${ownerKind}`, () => {
      const key = `interaction${ownerKind === 'AgentGroup' ? 'Group' : ownerKind}Id`;
      const interaction = { interactionWorkbinTypeId: 'drafts', [key]: 'O1' };
      assert.deepEqual(workbinOfInteraction(interaction), workbin);
    });

    it(`are read from OldWorkbinInfo for an owner of kind ${ownerKind}`, () => {
      const key = `oldWorkbin${ownerKind === 'AgentGroup' ? 'Group' : ownerKind}Id`;
      assert.deepEqual(oldWorkbinOf({ oldWorkbinTypeId: 'drafts', [key]: 'O1' }), workbin);
    });
  }

  it('belong to the agent, then the agent group, the place group, the place, of several owners', () => {
    const owners = ['workbinPlaceId', 'workbinPlaceGroupId', 'workbinGroupId', 'workbinAgentId'];
    const seen = owners.map((_, last) => {
      const given = owners.slice(0, last + 1).map((owner) => [owner, owner] as const);
      return workbinOf({ workbinTypeId: 'drafts', ...Object.fromEntries(given) })?.owner;
    });
    assert.deepEqual(seen, owners);
  });

  it('are none without type or owner, with empty ones, or with other types', () => {
    const infos = [
      undefined,
      null,
      'drafts',
      [],
      {},
      { workbinTypeId: 'drafts' },
      { workbinAgentId: 'A1' },
      { workbinTypeId: '', workbinAgentId: 'A1' },
      { workbinTypeId: 'drafts', workbinAgentId: '' },
      { workbinTypeId: 7, workbinAgentId: 'A1' },
      { workbinTypeId: 'drafts', workbinAgentId: 7 },
    ];
    assert.deepEqual(
      infos.map(workbinOf),
      infos.map(() => undefined),
    );
  });

  it('pass over an empty owner', () => {
    const info = { workbinTypeId: 'drafts', workbinAgentId: '', workbinGroupId: 'Team' };
    assert.deepEqual(workbinOf(info), { type: 'drafts', ownerKind: 'AgentGroup', owner: 'Team' });
  });

  it('tell the group of a message from the group of a property list', () => {
    assert.equal(workbinOf({ workbinTypeId: 'drafts', workbinAgentGroupId: 'Team' }), undefined);
    assert.equal(workbinOfProperties({ Workbin: 'drafts', WorkbinGroupId: 'Team' }), undefined);
  });

  it('are named by type and owner', () => {
    assert.equal(workbinName({ type: 'drafts', owner: 'A1' }), 'drafts@A1');
  });
});
