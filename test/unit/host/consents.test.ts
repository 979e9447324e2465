import assert from 'node:assert/strict';
import { Consents, type Sender } from '../../../src/host/requests/consents';
import { createMemory } from '../../support/extensionMemory';

const PRODUCTION = 'wss://production.example/';

function sender(agent: string, server = PRODUCTION, isEmbedded = false): Sender {
  return { session: {}, profile: { server, agent }, isEmbedded };
}

describe('consent to sending', () => {
  const quiet = (): undefined => undefined;

  it('is due for every session on a server that is not the embedded one', () => {
    const consents = new Consents(createMemory(), quiet);
    assert.equal(consents.has(sender('A1001')), false);
    assert.equal(consents.has(sender('A1001', 'ws://127.0.0.1:1/', true)), true);
    assert.equal(consents.any, false);
  });

  it('for one session is none for another, also of the same agent', async () => {
    const consents = new Consents(createMemory(), quiet);
    const [first, second, other] = [sender('A1001'), sender('A1001'), sender('A1002')];
    await consents.give(first, false);
    assert.deepEqual(
      [first, second, other].map((each) => consents.has(each)),
      [true, false, false],
    );
    await consents.give(other, false);
    assert.deepEqual(
      [first, second, other].map((each) => consents.has(each)),
      [true, false, true],
    );
  });

  it('for good holds for the agent on that server, in other sessions and windows too', async () => {
    const memory = createMemory();
    await new Consents(memory, quiet).give(sender('A1001'), true);
    const later = new Consents(memory, quiet);
    assert.equal(later.any, true);
    assert.equal(later.has(sender('A1001')), true);
    assert.equal(later.has(sender('A1002')), false);
    assert.equal(later.has(sender('A1001', 'wss://staging.example/')), false);
  });

  it('is taken back in every session at once', async () => {
    const consents = new Consents(createMemory(), quiet);
    const [first, second] = [sender('A1001'), sender('A1002')];
    await consents.give(first, false);
    await consents.give(second, true);
    await consents.clear();
    assert.deepEqual(
      [consents.has(first), consents.has(second), consents.any],
      [false, false, false],
    );
  });

  it('for good is forgotten with its server, and remembered when that comes back', async () => {
    const consents = new Consents(createMemory(), quiet);
    const { profile } = sender('A1001');
    assert.equal(await consents.forget(profile), false);
    await consents.remember(profile);
    await consents.remember({ server: PRODUCTION, agent: 'A1002' });
    assert.equal(await consents.forget(profile), true);
    assert.equal(consents.has(sender('A1001')), false);
    assert.equal(consents.has(sender('A1002')), true);
    await consents.remember(profile);
    assert.equal(consents.has(sender('A1001')), true);
  });

  it('tells of each change, so that menus offer to take it back', async () => {
    const told: boolean[] = [];
    const consents: Consents = new Consents(createMemory(), () => told.push(consents.any));
    await consents.give(sender('A1001'), false);
    await consents.clear();
    assert.deepEqual(told, [true, false]);
  });

  it('is asked for where memory holds what nobody here wrote', () => {
    const consents = new Consents(createMemory({ 0: 'x' }), quiet);
    assert.equal(consents.has(sender('A1001')), false);
    assert.equal(consents.any, false);
  });

  it('for good is kept for fifty accounts, the newest', async () => {
    const consents = new Consents(createMemory(), quiet);
    for (let agent = 0; agent <= 50; agent++) {
      await consents.remember({ server: PRODUCTION, agent: `A${agent}` });
    }
    assert.deepEqual(
      ['A0', 'A1', 'A50'].map((agent) => consents.has(sender(agent))),
      [false, true, true],
    );
  });
});
