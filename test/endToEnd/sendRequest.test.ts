/** Sending a request that a person writes: by the form and as JSON, in a real VS Code with the VSIX installed. */
import assert from 'node:assert/strict';
import { CATALOGUE } from '../../src/core/protocol/catalogue';
import { startSimulator } from '../environment/simulatorProcess';
import { waitForEqual } from '../environment/waiting';
import { violationsIn } from './support/accessibility';
import { startProduct, type Product } from './support/product';
import type { Theme, Workbench } from './support/workbench';

const THEMES: readonly (readonly [Theme, string])[] = [
  ['Default Light Modern', 'light'],
  ['Default High Contrast', 'hc-dark'],
  ['Default High Contrast Light', 'hc-light'],
  ['Default Dark Modern', 'dark'],
];

describe('sending a request', () => {
  let product: Product;
  let stopServer: () => Promise<void>;
  let workbench: Workbench;
  /** Of the same server's Workspace API v3, which carries fewer attributes. */
  let webAddress: string;

  before(async () => {
    const simulator = await startSimulator(['--workspace-port', '0']);
    webAddress = simulator.workspaceAddress ?? '';
    product = await startProduct({
      'workbinInspector.connection.server': simulator.address,
      'workbinInspector.connection.connectOnShow': true,
      'workbinInspector.connection.tenant': 101,
      'workbinInspector.connection.agent': 'A1001',
      'workbinInspector.connection.place': 'Desk-101',
    });
    stopServer = () => simulator.stop();
    workbench = product.workbench;
    await workbench.showContainer('Workbin Inspector');
    await workbench
      .tree('Workbins')
      .waitForRow('a workbin', ({ description }) => description.startsWith('not read'));
    // What is said once about recordings would stand in every picture.
    await workbench.page.getByRole('button', { name: 'OK', exact: true }).click();
  });

  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
  });

  after(async () => {
    await product.stop();
    await stopServer();
  });

  const form = () => workbench.webview();
  const field = (path: string) =>
    form().locator(`[data-path="${path}"] :is(input, select)`).first();
  const violations = async (page = '.wi-request') => {
    const inner = await form().locator(page).elementHandle();
    const frame = await inner.ownerFrame();
    assert(frame, 'the page stands in a frame');
    return violationsIn(frame);
  };
  const dialog = () => workbench.page.locator('.monaco-dialog-box');
  const value = () => form().getByRole('textbox', { name: 'Value' });
  const sent = () => form().locator('.wi-sent__row');

  it('opens a form for the requests of the catalogue', async () => {
    await workbench.runCommand('Workbin Inspector: Send Request…');
    await form().getByText('Begins the phase “Agent Gets Workbin Content”').waitFor();
    await form().locator('.wi-request__connection', { hasText: 'A1001' }).waitFor();
    const picker = form().getByRole('combobox', { name: 'Request', exact: true });
    await picker.click();
    const requests = CATALOGUE.filter(({ kind }) => kind === 'request').length;
    await waitForEqual(() => form().getByRole('option').count(), requests);
    await picker.fill('pull');
    await picker.press('Enter');
    await form().locator('[data-path="$.viewId"]').waitFor();
    await picker.fill('workbincontent');
    await picker.press('Enter');
    await form().locator('[data-path="$.workbin"]').waitFor();
  });

  it('shows what is wrong at its field and sends nothing', async () => {
    await field('$.proxyClientId').fill('seven');
    await form().getByRole('button', { name: 'Send', exact: true }).click();
    const control = field('$.proxyClientId');
    await workbench.waitFor(
      'the field to be marked',
      async () => (await control.getAttribute('aria-invalid')) === 'true',
    );
    const error = (await control.getAttribute('aria-describedby'))!;
    assert.match(await form().locator(`#${error}`).innerText(), /Write an integer/);
    await waitForEqual(() => sent().count(), 0);
    await waitForEqual(() => dialog().count(), 0);
    await workbench.screenshot('request-problem-dark');
    await control.fill('');
  });

  it('marks what most likely is missing, asks once, and sends it anyway', async () => {
    const send = form().getByRole('button', { name: /^Send/ });
    await send.click();
    await form().getByText('Nothing says which type of workbin.', { exact: true }).waitFor();
    await form().getByText('it can be sent as it is.').waitFor();
    await waitForEqual(() => send.textContent(), 'Send Anyway');
    assert.equal(await dialog().count(), 0);
    for (const [theme, name] of THEMES) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`request-missing-${name}`);
      assert.deepEqual(await violations(), [], theme);
    }
    await field('$.workbin.workbinTypeId').fill('email-draft');
    await waitForEqual(() => send.textContent(), 'Send');
    await form()
      .getByText('Nothing says which type of workbin.', { exact: true })
      .waitFor({ state: 'hidden' });
    await send.click();
    await form()
      .getByText('Nothing says whose workbin: name one owner.', { exact: true })
      .waitFor();
    await send.click();
    await dialog().waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await form().getByText('Nothing was sent.').waitFor();
  });

  it('asks before the first request to a server that is not the embedded one', async () => {
    const known = form().getByRole('combobox', { name: 'Known workbin' });
    await known.click();
    await known.fill('email-draft@A1001');
    await known.press('Enter');
    await waitForEqual(() => field('$.workbin.workbinAgentId').inputValue(), 'A1001');
    await field('$.workbin.workbinAgentId').press('Control+Enter');
    await dialog().waitFor();
    assert.match(await dialog().innerText(), /can move, change or stop interactions of customers/);
    await workbench.screenshot('request-consent-dark');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await form().getByText('Nothing was sent.').waitFor();
    await waitForEqual(() => sent().count(), 0);
  });

  it('sends it, shows the answer, and does not ask again', async () => {
    await form().getByRole('button', { name: 'Send', exact: true }).click();
    await dialog().getByRole('button', { name: 'Send', exact: true }).click();
    await sent().filter({ hasText: 'EventWorkbinContent' }).waitFor();
    await field('$.workbin.workbinTypeId').fill('no-such-type');
    await field('$.referenceId').fill('4711');
    await form().getByRole('button', { name: 'Send', exact: true }).click();
    await sent()
      .filter({ hasText: /Error_workbin_inaccessible \(41\)[^]*reference 4711/ })
      .waitFor();
    await waitForEqual(
      () => form().getByRole('combobox', { name: 'Known workbin' }).inputValue(),
      '',
    );
    await field('$.proxyClientId').fill('seven');
    await field('$.proxyClientId').press('Tab');
    for (const [theme, name] of THEMES) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`request-form-${name}`);
      assert.deepEqual(await violations(), [], theme);
    }
    await field('$.proxyClientId').fill('');
    await form().getByRole('combobox', { name: 'Request', exact: true }).click();
    await workbench.screenshot('request-choices-dark');
    assert.deepEqual(await violations(), [], 'the list of requests');
    await workbench.page.keyboard.press('Escape');
    const { page } = workbench;
    const size = page.viewportSize()!;
    await page.setViewportSize({ width: 860, height: 900 });
    await workbench.screenshot('request-narrow-dark');
    await page.setViewportSize(size);
  });

  it('keeps what was sent for each request, until it is reset', async () => {
    const picker = form().getByRole('combobox', { name: 'Request', exact: true });
    await picker.fill('RequestPull');
    await picker.press('Enter');
    await form().getByRole('button', { name: 'Add Entry to pullParameters' }).click();
    await workbench.page.keyboard.type('id');
    await form().getByRole('textbox', { name: 'Value' }).fill('none');
    await workbench.screenshot('request-list-dark');
    await picker.fill('RequestGetWorkbinContent');
    await picker.press('Enter');
    await waitForEqual(() => field('$.workbin.workbinTypeId').inputValue(), 'no-such-type');
    await waitForEqual(() => field('$.referenceId').inputValue(), '4711');
    await form().getByRole('button', { name: 'Reset' }).click();
    await workbench.waitFor(
      'an empty form',
      async () => (await field('$.workbin.workbinTypeId').inputValue()) === '',
    );
  });

  it('shows a request that was sent in the trace', async () => {
    await sent().filter({ hasText: '4711' }).getByRole('button', { name: /^Show/ }).click();
    const selected = form().locator('.wi-row[aria-selected="true"]');
    await selected.filter({ hasText: 'RequestGetWorkbinContent' }).waitFor();
    await form().locator('.wi-row', { hasText: 'Agent Fails to Get Workbin Content' }).waitFor();
    await workbench.screenshot('request-in-trace-dark');
  });

  it('tells requests that no documented phase begins with from phases, in every theme', async () => {
    const heading = form()
      .locator('.wi-row--heading', { hasText: /^RequestWorkbinTypesInfo/ })
      .first();
    await heading.getByText('No phase model').waitFor();
    const documented = form().locator('.wi-row--heading', { hasText: /^Agent Logs In/ });
    assert.equal(await documented.getByText('No phase model').isVisible(), false);
    await heading.click();
    await form()
      .locator('.wi-phase', { hasText: /our reading/ })
      .waitFor();
    await form().getByText('No documented phase begins with this request').first().waitFor();
    for (const [theme, name] of THEMES) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`no-phase-model-${name}`);
      assert.deepEqual(await violations('.wi-ladder'), [], theme);
    }
    await form().locator('.wi-row__name', { hasText: 'RequestGetWorkbinContent' }).last().click();
  });

  it('opens the form with a request of the trace, to be sent again', async () => {
    await form()
      .locator('.wi-row[aria-selected="true"]', { hasText: 'RequestGetWorkbinContent' })
      .click({ button: 'right' });
    await workbench.screenshot('request-again-menu-dark');
    await form().getByRole('menuitem', { name: 'Send Again…', exact: true }).click();
    await sent().first().waitFor();
    await workbench.waitFor(
      'what was sent',
      async () => (await field('$.workbin.workbinTypeId').inputValue()) === 'no-such-type',
    );
    // A reference is given anew.
    await waitForEqual(() => field('$.referenceId').inputValue(), '');
    const before = await sent().count();
    await form().getByRole('button', { name: 'Send', exact: true }).click();
    await workbench.waitFor('the answer', async () => (await sent().count()) === before + 1);
  });

  it('edits a request as JSON, with mistakes at their line, and sends it from there', async () => {
    const { page } = workbench;
    await page.locator('.tabs-container .tab', { hasText: 'Send Request' }).click();
    // Its page was gone meanwhile: what was sent stands there again.
    await sent().filter({ hasText: 'reference 4711' }).waitFor();
    await field('$.workbin.workbinTypeId').fill('email-draft');
    await field('$.workbin.workbinAgentId').fill('A1001');
    await field('$.proxyClientId').fill('0');
    await form().getByRole('button', { name: 'Edit as JSON' }).click();
    const tab = page.locator('.tabs-container .tab', { hasText: '.wbrequest.json' });
    await tab.waitFor();
    const lines = page.locator('.monaco-editor .view-line');
    await lines.filter({ hasText: 'workbinTypeId' }).waitFor();
    await lines.filter({ hasText: 'proxyClientId' }).click();
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('"none"');
    // The schema is the editor's own check, at the value.
    await page
      .locator('.monaco-editor .squiggly-warning, .monaco-editor .squiggly-error')
      .first()
      .waitFor();
    const send = page.getByRole('button', { name: 'Send Request of This File' });
    await send.click();
    await workbench.waitFor('the refusal', async () =>
      (await workbench.notifications()).some((text) => text.includes('has mistakes')),
    );
    await page.locator('.monaco-editor .squiggly-error').first().waitFor();
    await workbench.screenshot('request-json-dark');
    await lines.filter({ hasText: 'proxyClientId' }).click();
    await page.keyboard.press('End');
    for (let letter = 0; letter < 6; letter++) {
      await page.keyboard.press('Backspace');
    }
    await page.keyboard.type('0');
    await send.click();
    await workbench.waitFor('the answer', async () =>
      (await workbench.notifications()).some((text) =>
        /RequestGetWorkbinContent: EventWorkbinContent \(\d+ ms\)/.test(text),
      ),
    );
  });

  it('shows a request that is JSON in the form', async () => {
    const { page } = workbench;
    await page.getByRole('button', { name: 'Edit as Form' }).click();
    await sent().first().waitFor();
    await workbench.waitFor(
      'what the file holds',
      async () => (await field('$.proxyClientId').inputValue()) === '0',
    );
    await waitForEqual(() => field('$.workbin.workbinTypeId').inputValue(), 'email-draft');
    await waitForEqual(() => field('$.workbin.workbinAgentId').inputValue(), 'A1001');
  });

  it('keeps what is filled in while a session that carries less of it is in front', async () => {
    const { page } = workbench;
    await workbench.runCommand('Workbin Inspector: Add Server…');
    await workbench.answerNext('Add Server: Address', webAddress);
    await workbench.answerNext('Add Server: User', 'A1002');
    await workbench.answerNext('Add Server: Place', '');
    await workbench.answerNext('Add Server: Name', 'Web');
    await workbench.pick('Save and Connect');
    await workbench.answerNext('Connect: Password', 'A1002');
    await form().getByText('Sent as POST').waitFor();
    await waitForEqual(() => field('$.proxyClientId').count(), 0);
    await workbench.screenshot('request-over-workspace-dark');
    const servers = workbench.tree('Servers');
    const first = await servers.waitForRow('the first server', ({ label, description }) => {
      return label !== 'Web' && description.startsWith('connected');
    });
    await servers.row(first.label).click();
    await field('$.proxyClientId').waitFor();
    await waitForEqual(() => field('$.proxyClientId').inputValue(), '0');
    await page.locator('.tabs-container .tab', { hasText: 'Send Request' }).click();
  });

  it('holds what is filled in when it is left, and but for secrets when the window is loaded anew', async () => {
    const { page } = workbench;
    await form().getByRole('button', { name: 'Add Entry to extension' }).click();
    await page.keyboard.type('password');
    await value().fill('hunter2');
    await page.locator('.tabs-container .tab', { hasText: '.wbrequest.json' }).click();
    await page.locator('.monaco-editor .view-line').first().waitFor();
    await page.locator('.tabs-container .tab', { hasText: 'Send Request' }).click();
    await value().waitFor();
    await waitForEqual(() => value().inputValue(), 'hunter2');
    await workbench.reload();
    await value().waitFor();
    assert.deepEqual(
      [await field('$.proxyClientId').inputValue(), await value().inputValue()],
      ['0', ''],
    );
    await form().locator('.wi-request__connection', { hasText: 'A1001' }).waitFor();
  });

  it('leaves secrets out of the JSON, which VS Code keeps copies of, and says so', async () => {
    const { page } = workbench;
    await value().fill('hunter2');
    await form().getByRole('button', { name: 'Edit as JSON' }).click();
    const lines = page.locator('.monaco-editor .view-line');
    await lines.filter({ hasText: /"password":\s*""/ }).waitFor();
    await waitForEqual(() => lines.filter({ hasText: 'hunter2' }).count(), 0);
    await workbench.waitFor('what was left out', async () =>
      (await workbench.notifications()).some((text) => text.includes('were left out')),
    );
    await workbench.screenshot('request-json-secrets-dark');
  });
});
