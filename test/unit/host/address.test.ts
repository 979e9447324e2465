import assert from 'node:assert/strict';
import {
  checkAddress,
  checkOrigins,
  checkPort,
  dialectOf,
} from '../../../src/host/sessions/address';

describe('the address of a server', () => {
  it('is one of HTTP or WebSocket, with or without TLS, port and path', () => {
    for (const text of [
      'ws://host',
      'wss://host.example:7120/ixn?x=1',
      ' ws://[::1]:80/ ',
      'http://host/gateway/workspace/v3',
      'https://host',
    ]) {
      assert.deepEqual(checkAddress(text), { ok: true, value: text.trim() });
    }
  });

  it('is refused otherwise, each for its reason', () => {
    const reasons = (
      [
        '',
        'host:7120',
        'tcp://host:7120',
        'ftp://host/',
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

  it('tells what is spoken there', () => {
    assert.deepEqual(['ws://h', 'wss://h', 'http://h', 'https://h'].map(dialectOf), [
      'platform-sdk-json',
      'platform-sdk-json',
      'workspace-v3',
      'workspace-v3',
    ]);
  });
});

describe('the port of a tap', () => {
  it('is one that needs no rights, or any free one when nothing is written', () => {
    const ports = ['', ' 8123 ', '1024', '65535', '0'].map((text) => checkPort(text));
    assert.deepEqual(
      ports,
      [0, 8123, 1024, 65535, 0].map((value) => ({ ok: true, value })),
    );
  });

  it('is refused when it is none', () => {
    for (const text of ['80', '65536', '-1', '8e3', '0x2000', '80 90', 'http']) {
      assert.equal(checkPort(text).ok, false, text);
    }
  });
});

describe('the origins that may use a tap', () => {
  it('are origins and hosts, each once, between commas, blanks or semicolons', () => {
    const text = 'https://desk.example:8443/path, desk.example desk.example;[::1]';
    assert.deepEqual(checkOrigins(text), {
      ok: true,
      value: ['https://desk.example:8443', 'desk.example', '[::1]'],
    });
    assert.deepEqual(checkOrigins('  '), { ok: true, value: [] });
  });

  it('are refused by name when one of them is none', () => {
    for (const wrong of ['ws://desk.example', 'https://', 'http://me:secret@desk', '*', 'a/b']) {
      const checked = checkOrigins(`desk.example, ${wrong}`);
      assert(!checked.ok, wrong);
      assert(checked.error.message.includes(`“${wrong}”`), checked.error.message);
    }
  });
});
