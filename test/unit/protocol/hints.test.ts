import assert from 'node:assert/strict';
import { LosslessNumber } from 'lossless-json';
import { hintOf } from '../../../src/core/protocol/hints';

const WORKBIN = { workbinTypeId: 'drafts', workbinAgentId: 'A1' };
const INTERACTION = {
  interactionId: 'i1',
  interactionWorkbinTypeId: 'outbox',
  interactionGroupId: 'Team',
};

describe('hints', () => {
  it('tell what every view needs of a request', () => {
    assert.deepEqual(
      hintOf({
        name: 'RequestPlaceInWorkbin',
        attributes: { referenceId: 7, proxyClientId: 12, interactionId: 'i1', workbin: WORKBIN },
      }),
      {
        name: 'RequestPlaceInWorkbin',
        reference: 7,
        proxyClientId: 12,
        workbin: 'drafts@A1',
        interactionId: 'i1',
      },
    );
  });

  it('tell the error code', () => {
    assert.deepEqual(
      hintOf({ name: 'EventError', attributes: { referenceId: 7, errorCode: 41 } }),
      { name: 'EventError', reference: 7, errorCode: 41 },
    );
  });

  it('take the workbin of the message before the one of its interaction', () => {
    const attributes = { workbin: WORKBIN, interaction: INTERACTION };
    assert.deepEqual(hintOf({ name: 'EventPlacedInWorkbin', attributes }), {
      name: 'EventPlacedInWorkbin',
      workbin: 'drafts@A1',
      interactionId: 'i1',
    });
  });

  it('take the workbin of a reporting event from its interaction', () => {
    const attributes = { interaction: INTERACTION };
    assert.deepEqual(hintOf({ name: 'EventTakenFromWorkbin', attributes }), {
      name: 'EventTakenFromWorkbin',
      workbin: 'outbox@Team',
      interactionId: 'i1',
    });
  });

  it('take the workbin of a submit from its own fields', () => {
    assert.deepEqual(hintOf({ name: 'RequestSubmit', attributes: { ...WORKBIN } }), {
      name: 'RequestSubmit',
      workbin: 'drafts@A1',
    });
  });

  it('leave out what is of a wrong type, out of range, or empty', () => {
    const attributes = {
      referenceId: '7',
      proxyClientId: new LosslessNumber('1e400'),
      errorCode: 4_294_967_296,
      interactionId: '',
      workbin: 'drafts@A1',
      interaction: [],
    };
    assert.deepEqual(hintOf({ name: 'EventError', attributes }), { name: 'EventError' });
  });

  it('cut long texts at 256 characters, never inside a character', () => {
    const long = `${'x'.repeat(255)}\u{1f4e7}${'x'.repeat(100_000)}`;
    const hint = hintOf({
      name: long,
      attributes: { interactionId: `y${long}`, workbin: { ...WORKBIN, workbinTypeId: long } },
    });
    assert.deepEqual(hint, {
      name: 'x'.repeat(255),
      interactionId: `y${'x'.repeat(255)}`,
      workbin: 'x'.repeat(255),
    });
  });
});
