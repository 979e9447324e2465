import assert from 'node:assert/strict';
import {
  connectsAlike,
  profileOf,
  SavedServers,
  usualName,
  type SavedServer,
} from '../../../src/host/servers/savedServers';
import { createMemory } from '../../support/extensionMemory';

function server(id: string, more: Partial<SavedServer> = {}): SavedServer {
  return {
    id,
    name: `Server ${id}`,
    server: `https://${id}.example/`,
    agent: 'A1001',
    place: 'P1',
    tenant: 3,
    clientName: 'Desk',
    signIn: 'token',
    caFile: '/ca.pem',
    rejectUnauthorized: false,
    ...more,
  };
}

const ids = (servers: SavedServers): readonly string[] => servers.all.map(({ id }) => id);

describe('the servers that are kept', () => {
  it('come back as they were, also to another window', async () => {
    const memory = createMemory();
    const servers = new SavedServers(memory);
    assert.equal(servers.begun, false);
    await servers.put(server('one'));
    await servers.put(server('two'));
    assert.deepEqual(new SavedServers(memory).all, [server('one'), server('two')]);
    assert.equal(servers.begun, true);
  });

  it('keep their place when they are changed, and have it again when a removal is undone', async () => {
    const servers = new SavedServers(createMemory());
    for (const id of ['one', 'two', 'three']) {
      await servers.put(server(id));
    }
    await servers.put(server('two', { name: 'Other' }));
    assert.deepEqual(ids(servers), ['one', 'two', 'three']);
    assert.equal(servers.find('two')?.name, 'Other');
    await servers.remove('two');
    assert.deepEqual(ids(servers), ['one', 'three']);
    await servers.put(server('two'), 1);
    assert.deepEqual(ids(servers), ['one', 'two', 'three']);
  });

  it('have no password on disk, whatever the entry was made from', async () => {
    const memory = createMemory();
    const servers = new SavedServers(memory);
    const withPassword = { ...server('one'), password: 'a-secret', token: 'a-secret' };
    await servers.put(withPassword);
    assert(!JSON.stringify(memory.get('servers')).includes('a-secret'));
    assert.deepEqual(servers.all, [server('one')]);
  });

  it('are read with care: what is none is left out, what is missing is as usual', () => {
    const servers = new SavedServers(
      createMemory([
        { id: 'bare', server: 'ws://one.example', agent: 'A1' },
        { id: 'file', server: 'file:///etc/passwd', agent: 'A1' },
        { id: 'named', server: 'https://user:secret@one.example/', agent: 'A1' },
        { id: 7, server: 'ws://one.example', agent: 'A1' },
        { ...server('odd'), tenant: 'x', signIn: 'x', caFile: 5, rejectUnauthorized: 'no' },
        'text',
        null,
      ]),
    );
    assert.deepEqual(servers.all, [
      {
        id: 'bare',
        name: 'one.example',
        server: 'ws://one.example',
        agent: 'A1',
        place: '',
        tenant: 1,
        clientName: 'Workbin Inspector',
        signIn: 'form',
        caFile: '',
        rejectUnauthorized: true,
      },
      { ...server('odd'), tenant: 1, signIn: 'form', caFile: '', rejectUnauthorized: true },
    ]);
  });

  it('say how they are connected', () => {
    const { caFile, ...profile } = profileOf(server('one', { server: 'wss://one.example' }));
    assert.equal(caFile, '/ca.pem');
    assert.deepEqual(profile, {
      name: 'Server one',
      dialect: 'platform-sdk-json',
      server: 'wss://one.example',
      agent: 'A1001',
      place: 'P1',
      tenant: 3,
      clientName: 'Desk',
      signIn: 'token',
      rejectUnauthorized: false,
    });
    assert(!('caFile' in profileOf(server('one', { caFile: '' }))));
  });

  it('are called as their host, and as their agent too where that is taken', () => {
    const others = [server('one', { name: 'one.example' })];
    assert.equal(usualName('https://one.example/', 'A2', []), 'one.example');
    assert.equal(usualName('https://one.example/', 'A2', others), 'one.example A2');
  });

  it('connect alike whatever they are called, and not where anything else differs', () => {
    const one = profileOf(server('1'));
    assert.equal(connectsAlike(one, { ...one, name: 'Staging' }), true);
    assert.equal(connectsAlike(one, { ...one, place: 'P2' }), false);
    assert.equal(connectsAlike(undefined, one), false);
  });
});
