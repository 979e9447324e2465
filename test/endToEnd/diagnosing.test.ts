import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type Product, startProduct } from './support/product';
import type { Workbench } from './support/workbench';

/** The tests of this suite are one path, in the order in which a person walks it. */
describe('diagnosing a connection', () => {
  let product: Product;
  let workbench: Workbench;
  const gateway = createServer((_, response) => response.writeHead(502).end());

  before(async () => {
    product = await startProduct({ 'workbinInspector.connection.tenant': 101 }, [
      '--workspace-port',
      '0',
    ]);
    ({ workbench } = product);
    gateway.listen(0, '127.0.0.1');
    await once(gateway, 'listening');
  });

  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
  });

  after(async () => {
    gateway.closeAllConnections();
    gateway.close();
    await product.stop();
  });

  const fill = async (address: string, agent: string) => {
    await workbench.pick('Enter Address…');
    await workbench.answer(address);
    await workbench.answerNext('Connect: Agent', agent);
    await workbench.answerNext('Connect: Place', 'Desk-101');
  };
  /** Waits until the diagnosis of a host is in front and holds this; resolves with its text. */
  const diagnosis = async (of: string, holds: RegExp): Promise<string> => {
    const { page } = workbench;
    await page.locator('.tab.active', { hasText: of }).waitFor();
    return workbench.waitFor(`the diagnosis of ${of} to say ${String(holds)}`, async () => {
      const lines = await page.locator('.editor-group-container .view-line').allTextContents();
      // The editor has its own kinds of space.
      const text = lines.join('\n').replaceAll(/[^\S\n]+/g, ' ');
      return holds.test(text) && text;
    });
  };
  const hostOf = (address: string) => new URL(address).host;

  it('shows that every step to a good server passes', async () => {
    await workbench.runCommand('Workbin Inspector: Diagnose Connection…');
    await fill(product.simulator.address, 'A1001');
    const text = await diagnosis(hostOf(product.simulator.address), /✓ Login/);
    assert.match(text, /A1001 gets in at ws:.*: every step passed\./);
    assert.match(text, /✓ TCP passed/);
    await workbench.screenshot('diagnosis-passed');
  });

  it('is offered when connecting fails, and names the step that does', async () => {
    const address = `ws://127.0.0.1:${(gateway.address() as AddressInfo).port}/`;
    await workbench.runCommand('Workbin Inspector: Connect…');
    await fill(address, 'A1001');
    await workbench.page.getByRole('button', { name: 'Diagnose…' }).click();
    const text = await diagnosis(hostOf(address), /✗ WebSocket/);
    assert.match(text, /HTTP 502\s+instead of a WebSocket/);
    assert.match(text, /– Login not reached/);
    await workbench.screenshot('diagnosis-failed');
    for (const theme of [
      'Default Light Modern',
      'Default High Contrast',
      'Default High Contrast Light',
      'Default Dark Modern',
    ] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`diagnosis-failed ${theme}`);
    }
  });

  it('asks again for a password that was refused', async () => {
    const address = product.simulator.workspaceAddress ?? '';
    await workbench.runCommand('Workbin Inspector: Diagnose Connection…');
    await workbench.pick('Enter Address…');
    await workbench.answer(address);
    await workbench.answerNext('Connect: User', 'AnnaBerger');
    await workbench.answerNext('Connect: Place', 'Desk-101');
    await workbench.answerNext('Connect: Password', 'mistyped');
    await diagnosis(hostOf(address), /✗ Sign-In/);
    await workbench.runCommand('Workbin Inspector: Diagnose Connection…');
    await workbench.pick('AnnaBerger');
    await workbench.answerNext('Connect: Password', 'A1001');
    await diagnosis(hostOf(address), /✓ Sign-In/);
  });

  it('names an agent that the server does not know', async () => {
    await workbench.runCommand('Workbin Inspector: Diagnose Connection…');
    await fill(product.simulator.address, 'nobody');
    await diagnosis(hostOf(product.simulator.address), /✗ Login[^]*Error_unknown_agent_in_request/);
  });
});
