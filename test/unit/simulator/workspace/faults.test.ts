import assert from 'node:assert/strict';
import { runCommand } from '../../../../src/simulator/consoleCommands';
import type { Event } from '../../../support/cometdDesktop';
import { DRAFTS, WorkspaceStage } from './support';

describe('Faults of single events of Workspace API v3', () => {
  const stage = new WorkspaceStage();
  beforeEach(() => stage.start());
  afterEach(() => stage.dispose());

  const fault = (line: string): Promise<unknown> =>
    runCommand(stage.sdk.simulator, `fault ${line}`, true);
  const change = (): void => {
    assert.ok(stage.sdk.simulator.placeAsOtherAgent('email-draft@A1001').ok);
    assert.ok(stage.sdk.simulator.pullAsOtherAgent('email-draft@A1001').ok);
  };
  const changes = (events: readonly Event[]): readonly unknown[] =>
    events.map(({ data }) => data['workbinContentOperation']);

  it('sends notifications twice and out of their order', async () => {
    const anna = await stage.desktop('A1001');
    await anna.operate(`/workbins/${DRAFTS}/subscribe`);
    await anna.drained();
    await fault('duplicateNotification next');
    change();
    assert.deepEqual(changes(await anna.drained()), ['Add', 'Add', 'Remove']);
    await fault('reorderNotifications always');
    change();
    assert.deepEqual(changes(await anna.drained()), ['Remove', 'Add']);
  });

  it('forgets subscriptions without a word', async () => {
    const anna = await stage.desktop('A1001');
    await anna.operate(`/workbins/${DRAFTS}/subscribe`);
    await anna.drained();
    await fault('forgetSubscriptions next');
    change();
    change();
    assert.deepEqual(changes(await anna.drained()), []);
    await anna.operate(`/workbins/${DRAFTS}/subscribe`);
    await anna.drained();
    change();
    assert.deepEqual(changes(await anna.drained()), ['Add', 'Remove']);
  });

  it('says of an operation that was done that it failed', async () => {
    const anna = await stage.desktop('A1001');
    await fault('falseError next');
    const { data } = await anna.operate(`/workbins/${DRAFTS}/subscribe`);
    assert.deepEqual([data['name'], data['errorCode']], ['EventError', 28]);
    await anna.drained();
    change();
    assert.deepEqual(changes(await anna.drained()), ['Add', 'Remove']);
  });

  it('drops the event that answers an operation, and delays one', async () => {
    const anna = await stage.desktop('A1001');
    await fault('dropAnswer next');
    const post = (operationId: string): Promise<unknown> =>
      anna.post(`/workbins/${DRAFTS}/get-content`, {}, operationId);
    await post('one');
    await post('two');
    const answered = (events: readonly Event[]): readonly unknown[] =>
      events.map(({ data }) => data['operationId']);
    assert.deepEqual(answered(await anna.drained()), ['two']);
    await fault('delayAnswer next');
    await post('three');
    assert.deepEqual(answered(await anna.drained()), []);
    stage.sdk.clock.advance(2000);
    assert.deepEqual(answered(await anna.drained()), ['three']);
  });
});
