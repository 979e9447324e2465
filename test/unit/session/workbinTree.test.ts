import assert from 'node:assert/strict';
import { WorkbinTree } from '../../../src/session/workbinTree';
import { summarise } from '../../../src/core/workbins/interaction';
import { playScenario, type PlayedScenario } from '../../support/scenario';

const SERVER = 'ws://127.0.0.1:7001/';
const DRAFT = `${SERVER} draft@A1001`;
const TEAM = `${SERVER} team@Mail`;
const draft = '"workbin": {"workbinTypeId": "draft", "workbinAgentId": "A1001"}';
const team = '"workbin": {"workbinTypeId": "team", "workbinGroupId": "Mail"}';

/** Rows of the messages: 0 to 9. */
const SCENARIO = `
  0  open
  1  > RequestGetWorkbinContent {"referenceId": 1, ${draft}}
  2  < EventWorkbinContent {"referenceId": 1, "interactions": {"i1": {"Subject": "One"}, "i2": {"Subject": "Two"}}}
  3  > RequestWorkbinNotifications {"referenceId": 2, ${draft}}
  4  < EventAck {"referenceId": 2}
  5  < EventWorkbinContentChanged {${draft}, "workbinContentOperation": "PlacedIn", "interaction": {"interactionId": "i3"}}
  6  < EventWorkbinContentChanged {${draft}, "workbinContentOperation": "TakenOut", "interaction": {"interactionId": "i1"}}
  7  > RequestWorkbinNotifications {"referenceId": 3, ${team}}
  8  < EventAck {"referenceId": 3}
  9  < EventWorkbinContentChanged {${team}, "workbinContentOperation": "PlacedIn", "interaction": {"interactionId": "i4"}}
 10  > RequestCancelWorkbinNotifications {"referenceId": 4, ${draft}}
 11  < EventAck {"referenceId": 4}
`;

async function play(text = SCENARIO): Promise<PlayedScenario & { readonly tree: WorkbinTree }> {
  const played = await playScenario(text);
  return { ...played, tree: new WorkbinTree(played.trace) };
}

async function held(tree: WorkbinTree, key: string, end?: number): Promise<readonly string[]> {
  return [...(await tree.contents(key, end)).interactions.keys()];
}

describe('the workbin tree of a trace', () => {
  it('has the workbins that messages named, with their subscriptions', async () => {
    const { tree } = await play();
    const workbin = (name: string, subscribed: boolean): object => {
      const [type, owner] = name.split('@');
      return { key: `${SERVER} ${name}`, server: SERVER, type, owner, subscribed };
    };
    assert.deepEqual(tree.workbins(1), [workbin('draft@A1001', false)]);
    assert.deepEqual(tree.workbins(4), [workbin('draft@A1001', true)]);
    assert.deepEqual(tree.workbins(), [workbin('draft@A1001', false), workbin('team@Mail', true)]);
  });

  it('tells what a workbin holds after any message, forward and backward', async () => {
    const { tree } = await play();
    const ends = [2, 5, 6, undefined, 5, 2, 1];
    const found = [];
    for (const end of ends) {
      found.push(await held(tree, DRAFT, end));
    }
    assert.deepEqual(found, [
      ['i1', 'i2'],
      ['i1', 'i2', 'i3'],
      ['i2', 'i3'],
      ['i2', 'i3'],
      ['i1', 'i2', 'i3'],
      ['i1', 'i2'],
      [],
    ]);
  });

  it('goes back through thousands of changes to what it held then', async () => {
    const changes = Array.from({ length: 3000 }, (_, at) => {
      const operation = at % 3 === 2 ? 'TakenOut' : 'PlacedIn';
      const id = at % 3 === 2 ? `i${at - 1}` : `i${at}`;
      return `${at + 3} < EventWorkbinContentChanged {${draft}, "workbinContentOperation": "${operation}", "interaction": {"interactionId": "${id}"}}`;
    });
    const { tree } = await play(`
  0  open
  1  > RequestGetWorkbinContent {"referenceId": 1, ${draft}}
  2  < EventWorkbinContent {"referenceId": 1, "interactions": {}}
${changes.join('\n')}`);
    const counts = [];
    for (const end of [undefined, 3001, 2999, 602, 2, 1802]) {
      counts.push((await held(tree, DRAFT, end)).length);
    }
    assert.deepEqual(
      counts,
      [1000, 1001, 999, 200, 0, 600].map((count) => count),
    );
  });

  it('answers overtaken calls with what the last one asked for', async () => {
    const { tree } = await play();
    const calls = [undefined, 2, 5].map((end) => held(tree, DRAFT, end));
    assert.deepEqual(await Promise.all(calls), [
      ['i1', 'i2', 'i3'],
      ['i1', 'i2', 'i3'],
      ['i1', 'i2', 'i3'],
    ]);
  });

  it('says that contents are not read where only changes are known', async () => {
    const { tree } = await play();
    const { read, interactions } = await tree.contents(TEAM);
    assert.deepEqual({ read, ids: [...interactions.keys()] }, { read: false, ids: ['i4'] });
  });

  it('keeps the properties of interactions', async () => {
    const { tree } = await play();
    const contents = await tree.contents(DRAFT, 2);
    assert.deepEqual([...contents.interactions.values()].map(summarise), [
      { id: 'i1', subject: 'One' },
      { id: 'i2', subject: 'Two' },
    ]);
  });

  it('reads no line twice while it goes forward', async () => {
    const { tree, recording } = await play();
    const lines: number[] = [];
    const line = recording.line.bind(recording);
    recording.line = (position) => {
      lines.push(position.offset);
      return line(position);
    };
    for (const end of [2, 3, 5, 6, 8, 10]) {
      await tree.contents(DRAFT, end);
    }
    assert.deepEqual(lines, [...new Set(lines)]);
    assert.equal(lines.length, 3);
  });

  it('starts over at a new content event', async () => {
    const { tree } = await play(`${SCENARIO}
 12  > RequestGetWorkbinContent {"referenceId": 5, ${draft}}
 13  < EventWorkbinContent {"referenceId": 5, "interactions": {"i9": {}}}
`);
    assert.deepEqual(await held(tree, DRAFT, 10), ['i2', 'i3']);
    assert.deepEqual(await held(tree, DRAFT), ['i9']);
  });

  it('rejects where the recording cannot be read, and goes on when it can', async () => {
    const { tree, recording } = await play();
    const line = recording.line.bind(recording);
    recording.line = () => Promise.resolve('{"kind":');
    await assert.rejects(tree.contents(DRAFT));
    recording.line = line;
    assert.deepEqual(await held(tree, DRAFT), ['i2', 'i3']);
  });

  it('adds at the end what the server lists, and knows the kinds of owners from there', async () => {
    const { tree } = await play();
    tree.setListed(SERVER, [
      { type: 'draft', ownerKind: 'Agent', owner: 'A1001' },
      { type: 'front', ownerKind: 'Place', owner: 'Desk' },
    ]);
    assert.deepEqual(
      tree.workbins().map(({ type, ownerKind }) => [type, ownerKind]),
      [
        ['draft', 'Agent'],
        ['front', 'Place'],
        ['team', undefined],
      ],
    );
    assert.deepEqual(
      tree.workbins(1).map(({ type }) => type),
      ['draft'],
    );
  });

  it('finds out from messages whose a workbin is that no list named', async () => {
    const { tree } = await play();
    assert.deepEqual(await tree.identify(TEAM), {
      type: 'team',
      ownerKind: 'AgentGroup',
      owner: 'Mail',
    });
    assert.equal(await tree.identify('nowhere draft@A1001'), undefined);
  });

  it('takes the first @ of a name for the one between type and owner', async () => {
    const { tree } = await play(`
  0  open
  1  > RequestGetWorkbinContent {"workbin": {"workbinTypeId": "draft", "workbinAgentId": "ann@example.com"}}
`);
    assert.deepEqual(
      tree.workbins().map(({ type, owner }) => ({ type, owner })),
      [{ type: 'draft', owner: 'ann@example.com' }],
    );
  });
});
