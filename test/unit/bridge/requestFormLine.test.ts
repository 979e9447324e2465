import assert from 'node:assert/strict';
import type { RequestFormMethods, RequestFormNotification } from '../../../src/bridge/requestForm';
import { createFormHostPeer, createFormViewPeer } from '../../../src/bridge/requestFormLine';
import { Emitter } from '../../../src/core/base/event';

const NO_TIMER = () => ({ dispose: () => undefined });

function line(send: RequestFormMethods['send']) {
  const toHost = new Emitter<unknown>();
  const toView = new Emitter<unknown>();
  const problems: string[] = [];
  const told: RequestFormNotification[] = [];
  const nothing = () => Promise.resolve();
  const state = {
    known: {
      interaction: [],
      workbinType: [],
      agent: [],
      agentGroup: [],
      place: [],
      placeGroup: [],
      view: [],
    },
    workbins: [],
  };
  const host = createFormHostPeer({
    channel: { post: (envelope) => toView.fire(envelope), onMessage: toHost.event },
    timer: NO_TIMER,
    onProblem: (text) => problems.push(text),
    methods: {
      open: () => Promise.resolve({ state, sent: [] }),
      kept: () => Promise.resolve(undefined),
      forget: nothing,
      send,
      hold: nothing,
      copyJson: nothing,
      editJson: nothing,
      showInTrace: nothing,
      connect: nothing,
    },
  });
  const view = createFormViewPeer({
    channel: { post: (envelope) => toHost.fire(envelope), onMessage: toView.event },
    timer: NO_TIMER,
    onNotification: (notification) => told.push(notification),
  });
  return { host, view, toHost, toView, problems, told, state };
}

describe('the line between request form and host', () => {
  it('carries calls, answers, refusals and notifications', async () => {
    const { host, view, told, state } = line((request) =>
      request === 'RequestPull'
        ? Promise.resolve({ kind: 'cancelled' })
        : Promise.reject(new Error('Not connected.')),
    );
    assert.deepEqual(await view.methods.open(), { state, sent: [] });
    assert.deepEqual(await view.methods.send('RequestPull', { viewId: 'v' }), {
      kind: 'cancelled',
    });
    await assert.rejects(view.methods.send('RequestHold', {}), /Not connected/);
    host.notify({ notify: 'choose', value: { request: 'RequestPull' } });
    assert.deepEqual(told, [{ notify: 'choose', value: { request: 'RequestPull' } }]);
  });

  it('lets nothing through to the host but calls of the form', () => {
    const { toHost, problems } = line(() => assert.fail('it was called'));
    const bad = [
      null,
      'send',
      { id: -1, method: 'send', args: [] },
      { id: 1, method: 'send', args: ['EventAck', {}] },
      { id: 2, method: 'send', args: ['RequestPull', { a: 1 }] },
      { id: 3, method: 'send', args: ['RequestPull'] },
      { id: 4, method: 'constructor', args: [] },
      { id: 5, method: 'showInTrace', args: [-1] },
      { id: 6, method: 'send', args: 'RequestPull' },
    ];
    bad.forEach((envelope) => toHost.fire(envelope));
    assert.equal(problems.length, bad.length);
  });

  it('settles what waits when an end goes', async () => {
    const { host, view, toView, told } = line(() => new Promise(() => undefined));
    const waiting = view.methods.send('RequestPull', {});
    toView.fire({ notify: 'other', value: {} });
    toView.fire('noise');
    host.dispose();
    await assert.rejects(waiting, /closed/);
    view.dispose();
    await assert.rejects(view.methods.open(), /closed/);
    assert.deepEqual(told, []);
  });
});
