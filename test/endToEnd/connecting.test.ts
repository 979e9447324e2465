import assert from 'node:assert/strict';
import { type Product, startProduct } from './support/product';
import type { Workbench } from './support/workbench';

const WORKBIN = 'team-email';

/** The tests of this suite are one path, in the order in which a person walks it. */
describe('connecting to a server in another process', () => {
  let product: Product;
  let workbench: Workbench;

  before(async () => {
    // The embedded server's agents belong to this tenant.
    product = await startProduct({ 'workbinInspector.connection.tenant': 101 });
    ({ workbench } = product);
  });

  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
  });

  after(() => product.stop());

  const statusSays = (text: string) =>
    workbench.waitFor(`the status bar to say "${text}"`, async () =>
      (await workbench.statusBar()).some((shown) => shown.includes(text)),
    );
  const workbin = (what: string, holds: (description: string) => boolean) =>
    workbench
      .tree('Workbins')
      .waitForRow(what, ({ label, description }) => label === WORKBIN && holds(description));

  it('says what to do while nothing is connected', async () => {
    await workbench.showContainer('Workbin Inspector');
    const welcome = workbench.page.locator('.welcome-view-content', { hasText: 'Not connected' });
    await welcome.getByText('Connect…').waitFor();
    await workbench.screenshot('connecting-welcome');
  });

  it('refuses an address that is none, and says why', async () => {
    await workbench.runCommand('Workbin Inspector: Connect…');
    await workbench.pick('Enter Address…');
    await workbench.answer('ftp://127.0.0.1');
    const complaint = workbench.page.locator('.quick-input-message', { hasText: 'ws:' });
    await complaint.waitFor();
  });

  it('connects as the agent that is named', async () => {
    await workbench.answer(product.simulator.address);
    await workbench.answerNext('Connect: Agent', 'A1001');
    await workbench.answerNext('Connect: Place', 'Desk-101');
    await statusSays(new URL(product.simulator.address).host);
    await workbin('the workbin of the group, not read yet', (text) => text.startsWith('not read'));
  });

  it('shows what somebody else does there', async () => {
    const tree = workbench.tree('Workbins');
    await tree.clickAction(WORKBIN, 'Get Content');
    const before = await workbin('its count', (text) => /^\d+/.test(text));
    await tree.clickAction(WORKBIN, 'Request Notifications');
    await workbin('that it is subscribed', (text) => /(^|· )subscribed/.test(text));
    product.simulator.command(`place ${WORKBIN}@Customer-Mail`);
    await workbin(
      'one more, still subscribed',
      (text) =>
        Number.parseInt(text) === Number.parseInt(before.description) + 1 &&
        /(^|· )subscribed/.test(text),
    );
  });

  it('says so when the server ends, and that it connects again', async () => {
    await product.simulator.stop();
    await statusSays('connecting again');
    await workbench.screenshot('connecting-closed');
    await workbench.runCommand('Workbin Inspector: Reconnect');
    const told = await workbench.waitFor('the failure to be told', async () =>
      (await workbench.notifications()).find((text) => text.includes('127.0.0.1')),
    );
    assert.match(told, /connect/i);
    await workbench.screenshot('connecting-refused');
  });
});
