import assert from 'node:assert/strict';
import { LosslessNumber } from 'lossless-json';
import { enumName, enumNumber, ENUMS, isEnumType } from '../../../src/core/protocol/enums';
import { describeError, ErrorCode, errorName } from '../../../src/core/protocol/errorCodes';

describe('enumerations', () => {
  it('are read from a number or a name', () => {
    const values = [2, 'PlacedIn', new LosslessNumber('2.0')];
    for (const value of values) {
      assert.equal(enumName('WorkbinContentOperation', value), 'PlacedIn');
      assert.equal(enumNumber('WorkbinContentOperation', value), 2);
    }
    assert.equal(enumName('InteractionState', 0), 'Queued');
    assert.equal(enumNumber('InteractionState', 'Queued'), 0);
  });

  it('have no other values', () => {
    for (const value of [undefined, null, 99, 1.5, '2', 'placedIn', 'constructor', true, [2], {}]) {
      assert.equal(enumName('WorkbinContentOperation', value), undefined);
      assert.equal(enumNumber('WorkbinContentOperation', value), undefined);
    }
  });

  it('have the numbers of the SDK', () => {
    assert.deepEqual(ENUMS.WorkbinType, { Agent: 1, Place: 2, PlaceGroup: 3, AgentGroup: 4 });
    assert.deepEqual(ENUMS.WorkbinContentOperation, {
      Unknown: 0,
      TakenOut: 1,
      PlacedIn: 2,
      PropertiesChanged: 3,
    });
    assert.deepEqual(
      [
        ENUMS.InteractionOperation.Pull,
        ENUMS.InteractionOperation.PlaceInWorkbin,
        ENUMS.InteractionOperation.PartyDisconnect,
        ENUMS.InteractionClient.AgentApplication,
        ENUMS.AgentStateChangeOperation.LoggedOut,
      ],
      [5, 11, 13, 2, 5],
    );
  });

  it('are told apart from what every object has', () => {
    assert.deepEqual([isEnumType('ActorType'), isEnumType('toString')], [true, false]);
  });
});

describe('error codes', () => {
  it('are all of 0 to 100, each once', () => {
    assert.deepEqual(
      Object.values(ErrorCode),
      Array.from({ length: 101 }, (_, code) => code),
    );
  });

  it('have the names of the SDK, with and without underscore', () => {
    assert.deepEqual(
      [0, 1, 5, 33, 41, 70, 100].map((code) => errorName(code)),
      [
        'NoError',
        'ErrorNotRegistered',
        'Error_proxy_through_proxy',
        'Error_workbin_not_specified',
        'Error_workbin_inaccessible',
        'Error_already_have_media',
        'Error_already_in_the_same_queue',
      ],
    );
    assert.equal(ErrorCode.Error_client_not_logged_in, 34);
  });

  it('are described with their number, and without name when they have none', () => {
    assert.deepEqual(
      [describeError(41), describeError(101), describeError(-1), errorName(101)],
      ['Error_workbin_inaccessible (41)', '101', '-1', undefined],
    );
  });
});
