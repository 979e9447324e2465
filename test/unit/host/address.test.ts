import assert from 'node:assert/strict';
import { checkAddress } from '../../../src/host/address';

describe('the address of a server', () => {
  it('is a WebSocket address, with or without TLS, port and path', () => {
    for (const text of ['ws://host', 'wss://host.example:7120/ixn?x=1', ' ws://[::1]:80/ ']) {
      assert.deepEqual(checkAddress(text), { ok: true, value: text.trim() });
    }
  });

  it('is refused otherwise, each for its reason', () => {
    const reasons = (
      [
        '',
        'host:7120',
        'tcp://host:7120',
        'http://host/',
        'ws://',
        'ws://me:secret@host/',
        'ws://host/#part',
        'javascript:alert(1)',
      ] as const
    ).map((text) => {
      const checked = checkAddress(text);
      return checked.ok ? 'taken' : checked.error.code;
    });
    assert.deepEqual(reasons, [
      'no-address',
      'wrong-protocol',
      'wrong-protocol',
      'wrong-protocol',
      'no-address',
      'secret',
      'fragment',
      'wrong-protocol',
    ]);
  });
});
