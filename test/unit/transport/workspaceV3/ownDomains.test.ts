import assert from 'node:assert/strict';
import { getDomain } from '../../../../src/transport/workspaceV3/ownDomains';

describe('the domain of a host', () => {
  it('is what its own and its neighbours’ names end in; addresses and single names have none', () => {
    const hosts = [
      'gws.example.com',
      'example.com',
      'a.b.c.local',
      'localhost',
      '10.0.0.7',
      '::1',
      '',
    ];
    assert.deepEqual(hosts.map(getDomain), [
      'example.com',
      'example.com',
      'c.local',
      null,
      null,
      null,
      null,
    ]);
  });
});
