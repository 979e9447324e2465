import assert from 'node:assert/strict';
import { CATALOGUE, messageById, messageByName } from '../../../src/core/protocol/catalogue';
import type { MessageType } from '../../../src/core/protocol/catalogue';
import { attributeList, COMPOUND_TYPES } from '../../../src/core/protocol/attributeTypes';
import { COMPOUNDS } from '../../../src/core/protocol/compounds';

/** A message as one line, to compare whole ones. */
function line(type: MessageType | undefined): string | undefined {
  return type && [type.id, type.kind, type.group, listText(type.attributes)].join(' | ');
}

function listText(list: MessageType['attributes']): string {
  return [...list].map(([name, type]) => `${name} ${type}`).join(', ');
}

describe('message catalogue', () => {
  it('is the whole list, ids 100 to 205, in order', () => {
    assert.deepEqual(
      CATALOGUE.map((type) => type.id),
      Array.from({ length: 106 }, (_, index) => 100 + index),
    );
  });

  it('names each message once, requests and events by their prefix', () => {
    assert.equal(new Set(CATALOGUE.map((type) => type.name)).size, 106);
    for (const type of CATALOGUE) {
      assert.match(type.name, type.kind === 'request' ? /^Request[A-Z]/ : /^Event[A-Z]/);
      assert.match(type.group, type.kind === 'request' ? /^Requests\b/ : /^Events\b/);
    }
  });

  it('gives every message its extension list and its proxy client', () => {
    for (const { name, attributes } of CATALOGUE) {
      assert.equal(attributes.get('proxyClientId'), 'int', name);
      assert.equal(attributes.get('extension'), 'KVList', name);
      assert.equal(attributes.get('referenceId') === 'int', name !== 'EventCustom', name);
    }
  });

  it('knows the messages of workbins', () => {
    const names = {
      RequestGetWorkbinContent: 113,
      RequestWorkbinNotifications: 114,
      RequestCancelWorkbinNotifications: 115,
      EventWorkbinContent: 116,
      EventWorkbinContentChanged: 117,
      EventPlacedInWorkbin: 163,
      RequestWorkbinTypesInfo: 178,
      EventWorkbinTypesInfo: 179,
      EventWorkbinStatistic: 181,
      EventTakenFromWorkbin: 182,
    };
    for (const [name, id] of Object.entries(names)) {
      assert.equal(messageByName(name)?.id, id);
      assert.equal(messageById(id)?.name, name);
    }
  });

  it('lists the attributes in the order of the SDK, under their names in JSON', () => {
    assert.equal(
      line(messageByName('RequestWorkbinNotifications')),
      '114 | request | Requests.InteractionManagement | referenceId int, proxyClientId int, ' +
        'extension KVList, workbin WorkbinInfo, reason ReasonInfo, notifyPropertyChanges int',
    );
    assert.equal(
      line(messageByName('EventWorkbinContentChanged')),
      '117 | event | Events | referenceId int, proxyClientId int, operation InteractionOperation, ' +
        'workbinContentOperation WorkbinContentOperation, workbin WorkbinInfo, ' +
        'interaction InteractionProperties, actor ActorInfo, reason ReasonInfo, ' +
        'submittedToRouterAt DateTime, extension KVList',
    );
    assert.equal(
      line(messageById(176)),
      '176 | event | Events | proxyClientId int, customMessageType int, customMessageData bytes, ' +
        'extension KVList',
    );
  });

  it('spells as Genesys spells', () => {
    assert.equal(messageById(160)?.name, 'EventInteractionSubmited');
    assert.ok(messageByName('RequestAgentLogin')?.attributes.has('donotDisturb'));
    assert.ok(COMPOUNDS.InteractionProperties.has('interactionMediatype'));
    assert.equal(messageByName('EventInteractionSubmitted'), undefined);
    assert.equal(messageByName('RequestWorkbinCancelNotifications'), undefined);
  });

  it('knows no message beyond the list, nor members that every object has', () => {
    assert.deepEqual(
      [messageById(99), messageById(206), messageByName('constructor'), messageByName('')],
      [undefined, undefined, undefined, undefined],
    );
  });

  it('lists the fields of every compound', () => {
    assert.deepEqual(Object.keys(COMPOUNDS), [...COMPOUND_TYPES]);
    assert.deepEqual(
      COMPOUND_TYPES.map((type) => COMPOUNDS[type].size),
      [5, 5, 3, 9, 14, 30, 3],
    );
    assert.equal(
      listText(COMPOUNDS.WorkbinInfo),
      'workbinTypeId string, workbinAgentId string, workbinGroupId string, ' +
        'workbinPlaceId string, workbinPlaceGroupId string',
    );
  });

  it('refuses a type that nobody defined', () => {
    assert.throws(() => attributeList('name strnig'), /"name strnig"/);
  });
});
