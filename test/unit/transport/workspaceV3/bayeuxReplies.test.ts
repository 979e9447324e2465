import assert from 'node:assert/strict';
import fc from 'fast-check';
import { completeReplies, readReplies } from '../../../../src/transport/workspaceV3/bayeuxReplies';

function read(value: unknown) {
  return readReplies({ kind: 'text', text: JSON.stringify(value) });
}

describe('Replies of a Bayeux server', () => {
  it('keeps what is a message, and an advice only as far as it can be followed', () => {
    assert.deepEqual(
      read([
        7,
        { channel: 'no-slash' },
        { channel: `/${'a'.repeat(600)}` },
        { channel: '/a', id: 3, data: { x: 1 } },
        {
          channel: '/b',
          id: 'i',
          advice: { reconnect: 'retry', timeout: 1e9, interval: -4, hosts: [] },
        },
        { channel: '/c', advice: { reconnect: 'never', timeout: 'long' } },
      ]),
      {
        ok: true,
        value: [
          { channel: '/a', data: { x: 1 } },
          { channel: '/b', id: 'i', advice: { reconnect: 'retry', timeout: 120_000, interval: 0 } },
          { channel: '/c', advice: {} },
        ],
      },
    );
  });

  it('takes a single message for a batch of one', () => {
    assert.deepEqual(read({ channel: '/a' }), { ok: true, value: [{ channel: '/a' }] });
  });

  it('never throws, and gives only messages with a channel, whatever JSON comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const replies = read(value);
        assert(!replies.ok || replies.value.every((each) => typeof each['channel'] === 'string'));
      }),
    );
  });

  it('adds a failure for each request that has no reply', () => {
    const requests = [
      { id: '1', channel: '/meta/connect' },
      { id: '2', channel: '/meta/subscribe', subscription: '/a' },
    ];
    const replies = [{ id: '1', channel: '/meta/connect', successful: true }];
    assert.deepEqual(completeReplies(requests, replies), [
      ...replies,
      {
        id: '2',
        channel: '/meta/subscribe',
        subscription: '/a',
        successful: false,
        error: 'The response holds no reply to it',
      },
    ]);
  });
});
