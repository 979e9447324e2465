import assert from 'node:assert/strict';
import { type Product, startProduct } from './support/product';
import type { Workbench } from './support/workbench';

const SERVER = 'Embedded Interaction Server';

/** The tests of this suite are one path, in the order in which a person walks it. */
describe('the embedded server', () => {
  let product: Product;
  let workbench: Workbench;

  before(async () => {
    product = await startProduct();
    ({ workbench } = product);
    await workbench.showContainer('Workbin Inspector');
  });

  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
  });

  after(() => product.stop());

  const tree = () => workbench.tree('Workbins');
  const item = (text: string) =>
    workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  const titled = (title: string) =>
    workbench.page.locator('.quick-input-widget:visible .quick-input-title', { hasText: title });

  it('starts with the scenario that is chosen, and goes by its name', async () => {
    await workbench.runCommand(`Workbin Inspector: Start ${SERVER} and Connect…`);
    await titled('Start Embedded Server: Scenario').waitFor();
    await item('First Look').waitFor();
    await workbench.screenshot('embedded-scenarios-dark');
    await workbench.pick('Storm Day');
    await tree().waitForRow(
      'the server',
      ({ level, description }) => level === 1 && description.startsWith('Storm Day · connected'),
    );
    await workbench.tree('Servers').waitForRow('its row', ({ label }) => label === SERVER);
  });

  it('does what goes wrong on purpose, as often as was chosen, and tells what is chosen', async () => {
    await workbench.runCommand('Workbin Inspector: Embedded Server Faults…');
    await titled('Embedded Server Faults').waitFor();
    await workbench.screenshot('embedded-faults-dark');
    await workbench.pick('Answer With a False Error');
    await titled('Answer With a False Error').waitFor();
    await workbench.pick('the next time only');
    const workbin = await tree().waitForRow(
      'a workbin that is not read',
      ({ level, description }) => level === 3 && description.startsWith('not read'),
    );
    const read = () =>
      tree().waitForRow(
        'its count',
        ({ label, description }) => label === workbin.label && /^\d/.test(description),
      );
    await tree().clickAction(workbin.label, 'Get Content');
    await workbench.waitFor('the error to be told', async () =>
      (await workbench.notifications()).some((text) => /error/i.test(text)),
    );
    await tree().clickAction(workbin.label, 'Get Content');
    await read();
    await workbench.runCommand('Workbin Inspector: Embedded Server Faults…');
    await item('Answer With a False Error').waitFor();
    assert.match(await item('Answer With a False Error').innerText(), /the next time only|never/);
    await workbench.answerNext('Embedded Server Faults', 'No Faults Any More');
  });

  it('is as quick as was chosen, and says which speed it has', async () => {
    await workbench.runCommand('Workbin Inspector: Embedded Server Speed…');
    await workbench.pick('Nothing happens by itself');
    await workbench.runCommand('Workbin Inspector: Embedded Server Speed…');
    await item('Nothing happens by itself').waitFor();
    assert.match(await item('Nothing happens by itself').innerText(), /now/);
    await workbench.page.keyboard.press('Escape');
  });

  it('stops when it is told to', async () => {
    await workbench.runCommand(`Workbin Inspector: Stop ${SERVER}`);
    await workbench
      .tree('Servers')
      .waitForRow(
        'that it does not run',
        ({ label, description }) => label === SERVER && description === 'not running',
      );
  });
});
