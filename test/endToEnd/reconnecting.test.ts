import { type SimulatorProcess, startSimulator } from '../environment/simulatorProcess';
import { type Product, startProduct } from './support/product';
import type { Workbench } from './support/workbench';

const WORKBIN = 'team-email';

/** The tests of this suite are one path, in the order in which a person walks it. */
describe('a server that goes away and comes back', () => {
  let product: Product;
  let workbench: Workbench;
  let again: SimulatorProcess | undefined;

  before(async () => {
    // The embedded server's agents belong to this tenant.
    product = await startProduct({ 'workbinInspector.connection.tenant': 101 });
    ({ workbench } = product);
  });

  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
  });

  after(async () => {
    await again?.stop();
    await product.stop();
  });

  const statusSays = (text: string) =>
    workbench.waitFor(
      `the status bar to say "${text}"`,
      async () => (await workbench.statusBar()).some((shown) => shown.includes(text)),
      40_000,
    );
  const workbin = (what: string, holds: (description: string) => boolean) =>
    workbench
      .tree('Workbins')
      .waitForRow(what, ({ label, description }) => label === WORKBIN && holds(description));
  const host = () => new URL(product.simulator.address).host;

  it('is looked at: a workbin is read and its notifications are requested', async () => {
    await workbench.showContainer('Workbin Inspector');
    await workbench.runCommand('Workbin Inspector: Connect…');
    await workbench.pick('Enter Address…');
    await workbench.answer(product.simulator.address);
    await workbench.answerNext('Connect: Agent', 'A1001');
    await workbench.answerNext('Connect: Place', 'Desk-101');
    await workbin('the workbin', (text) => text.startsWith('not read'));
    const tree = workbench.tree('Workbins');
    await tree.clickAction(WORKBIN, 'Get Content');
    await workbin('its count', (text) => /^\d+/.test(text));
    await tree.clickAction(WORKBIN, 'Request Notifications');
    await workbin('that it is subscribed', (text) => /(^|· )subscribed/.test(text));
    await workbench.runCommand('Workbin Inspector: Open Trace');
  });

  it('goes away: the status bar says that it is looked for, and no question is asked', async () => {
    await product.simulator.stop();
    await statusSays(host());
    await statusSays('connecting again');
    await workbench.screenshot('reconnecting-away');
  });

  it('comes back: it is connected, read and subscribed as before, and sees what happens', async () => {
    again = await startSimulator(['--port', new URL(product.simulator.address).port]);
    await workbench.runCommand('Workbin Inspector: Reconnect').catch(() => undefined);
    await workbench.waitFor(
      'the end of the search',
      async () =>
        !(await workbench.statusBar()).some((shown) => shown.includes('connecting again')),
      40_000,
    );
    const before = await workbin(
      'its count, subscribed',
      (text) => /^\d+.*subscribed/.test(text) && !text.includes('out of date'),
    );
    again.command(`place ${WORKBIN}@Customer-Mail`);
    await workbin(
      'one more',
      (text) => Number.parseInt(text) === Number.parseInt(before.description) + 1,
    );
  });

  it('has left a gap, which the ladder shows', async () => {
    const view = workbench.webview();
    const gap = view.getByText(/The connection was lost; notifications between/).first();
    await gap.waitFor();
    await gap.scrollIntoViewIfNeeded();
    await workbench.screenshot('reconnecting-gap');
  });
});
