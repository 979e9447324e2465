/**
 * The Workbins tree in the hands of a person, against the embedded server with ten thousand interactions in one
 * workbin: order, groups, marks, requests by mouse and keyboard, JSON, the way to the trace, and a recording.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { inProject } from '../environment/paths';
import { type Product, startProduct } from './support/product';
import type { TreeRow } from './support/treeView';
import type { Workbench } from './support/workbench';

const MAILS = 'email-in-progress';
const DRAFTS = 'email-draft';
const CHATS = 'chat-followup';
const MANY = 10_000;

/** Where other agents only change the drafts, once the server is told to go on. */
function scenarioFile(folder: string): string {
  const shipped = inProject('media', 'scenarios', 'first-look.wbscenario.json');
  const scenario = JSON.parse(readFileSync(shipped, 'utf8')) as {
    interactions: object[];
    happenings: object[];
  };
  scenario.interactions = [
    ...scenario.interactions,
    { template: 'chat', workbin: `${CHATS}@A1001`, count: MANY, ageMinutes: [5, 90_000] },
  ];
  scenario.happenings = [
    {
      name: 'Second thoughts',
      perMinute: 60,
      deeds: [{ do: 'change', in: [`${DRAFTS}@A1001`], set: { Priority: { $between: [1, 99] } } }],
    },
  ];
  const file = path.join(folder, 'many.wbscenario.json');
  writeFileSync(file, JSON.stringify(scenario));
  return file;
}

/** The tests of this suite are one path, in the order in which a person walks it. */
describe('the Workbins tree', () => {
  let folder: string;
  let product: Product;
  let workbench: Workbench;
  /** An interaction in the drafts. */
  let mail = { label: '', id: '' };

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'workbins-tree-'));
    const settings = {
      'workbinInspector.connection.tenant': 101,
      // Nothing but what is looked at on the pictures.
      'breadcrumbs.enabled': false,
      'workbench.startupEditor': 'none',
      // No rows above rows, where the mouse is to find what lies below.
      'workbench.tree.enableStickyScroll': false,
    };
    product = await startProduct(settings, ['--scenario', scenarioFile(folder), '--speed', '0']);
    ({ workbench } = product);
    await workbench.showContainer('Workbin Inspector');
    await workbench.runCommand('Workbin Inspector: Connect…');
    await workbench.pick('Enter Address…');
    await workbench.answer(product.simulator.address);
    await workbench.answerNext('Connect: Agent', 'A1001');
    await workbench.answerNext('Connect: Place', 'Desk-101');
  });

  // Each step begins where the one before has ended. Mocha's own bail would leave out all, and silently, where a test
  // of another file has failed.
  let hasFailed = false;
  beforeEach(function () {
    if (hasFailed) {
      this.skip();
    }
  });

  afterEach(async function () {
    hasFailed ||= this.currentTest?.state === 'failed';
    await workbench.screenshotOfFailure(this.currentTest);
  });

  after(async () => {
    await product.stop();
    rmSync(folder, { recursive: true });
  });

  const tree = () => workbench.tree('Workbins');
  const row = (what: string, holds: (row: TreeRow) => boolean) => tree().waitForRow(what, holds);
  const described = (label: string, holds: (description: string) => boolean) =>
    row(label, (each) => each.label === label && holds(each.description));
  const labels = async (level: number) =>
    (await tree().rows()).filter((each) => each.level === level).map(({ label }) => label);
  const choose = async (command: string, ...picks: readonly string[]) => {
    await workbench.runCommand(`Workbin Inspector: ${command}`);
    for (const pick of picks) {
      await workbench.pick(pick);
    }
  };
  const fromMenu = async (label: string, title: string) => {
    await tree().row(label).click({ button: 'right' });
    await take(title);
  };
  /** A click that comes too soon after the menu counts as that which opened it: then it is clicked again. */
  const take = (title: string) =>
    workbench.waitFor(`the menu to take ${title}`, async () => {
      await menuItem(title)
        .click({ timeout: 1000 })
        .catch(() => undefined);
      return (await workbench.page.locator('.monaco-menu').count()) === 0;
    });
  /** Rows above may still come, so that a click hits another row: then it is clicked again. */
  const open = (label: string) =>
    workbench.waitFor(`what is in ${label}`, async () => {
      const found = tree().row(label);
      if ((await found.getAttribute('aria-expanded')) === 'false') {
        await found.locator('.monaco-tl-twistie').click();
      }
      const rows = await tree().rows();
      return rows[rows.findIndex((each) => each.label === label) + 1]?.level === 4;
    });
  const menuItem = (title: string) =>
    workbench.page.locator('.monaco-menu .action-item', { hasText: title }).last();

  it('shows owners of each kind, and that a type is inactive and why', async () => {
    await described('A1001', (text) => text.startsWith('agent'));
    await described('Desk-101', (text) => text.startsWith('place'));
    await described('Customer-Mail', (text) => text.startsWith('agent group'));
    await described('Service-Floor', (text) => text.startsWith('place group'));
    await described('fax-in-progress', (text) => text.startsWith('inactive'));
    const told = await tree().row('fax-in-progress').getAttribute('aria-label');
    assert.match(told ?? '', /listed this workbin type as not active \(EventWorkbinTypesInfo/);
  });

  it('sorts what a workbin holds, by keyboard and in the menu of the view, which marks the choice', async () => {
    await open(MAILS);
    await described(MAILS, (text) => /^\d+/.test(text));
    await choose('Sort Interactions of Workbins…', 'Subject');
    const sorted = await workbench.waitFor('the order', async () => {
      const found = await labels(4);
      const wanted = [...found].sort(new Intl.Collator(undefined, { numeric: true }).compare);
      return found.length > 3 && found.join() === wanted.join() && found;
    });
    const pane = workbench.page.locator('.pane-header', { hasText: 'Workbins' });
    await pane.hover();
    await pane.locator('.action-label[aria-label^="More Actions"]').click();
    await menuItem('Sort By').hover();
    await menuItem('✓ Subject').waitFor();
    await workbench.screenshot('workbins-sort-menu-dark');
    await take('Descending');
    await workbench.waitFor(
      'the other order',
      async () => (await labels(4)).join() === [...sorted].reverse().join(),
    );
    await choose('Sort Interactions of Workbins…', 'As Told by the Server');
  });

  it('groups by type, by media and not at all, and keeps what is open', async () => {
    await choose('Group Workbins…', 'Workbin Type');
    await workbench.waitFor('the types', async () => (await labels(2)).includes(MAILS));
    await choose('Group Workbins…', 'No Groups');
    await workbench.waitFor('workbins', async () => (await labels(2)).includes(`${MAILS}@A1001`));
    await choose('Group Workbins…', 'Owner, and Interactions by Media');
    await described('email', (text) => /^\d+$/.test(text));
    await workbench.screenshot('workbins-by-media-dark');
    await workbench.runCommand('Workbin Inspector: Group Workbins…');
    await workbench.answer('Owner');
    await workbench.waitFor('what was open', async () => {
      const rows = await tree().rows();
      const mails = rows.findIndex(({ label }) => label === MAILS);
      return mails >= 0 && rows[mails + 1]?.level === 4 && rows[mails]?.level === 3;
    });
  });

  it('marks what has just changed, where property changes were asked for', async () => {
    await open(DRAFTS);
    await described(DRAFTS, (text) => /^\d+/.test(text));
    await fromMenu(DRAFTS, 'Request Notifications with Property Changes');
    await described(DRAFTS, (text) => /(^|· )subscribed/.test(text));
    product.simulator.command('speed 60');
    await described(DRAFTS, (text) => /~\d+/.test(text));
    product.simulator.command('speed 0');
    await row('a changed draft', ({ description }) => description.startsWith('changed · '));
    product.simulator.command(`place ${DRAFTS}@A1001`);
    await row('a new draft', ({ description }) => description.startsWith('new · '));
    await workbench.screenshot('workbins-tree-dark');
    await workbench.setTheme('Default Light Modern');
    await workbench.screenshot('workbins-tree-light');
    await workbench.setTheme('Default High Contrast');
    await workbench.screenshot('workbins-tree-hc-dark');
    await workbench.setTheme('Default High Contrast Light');
    await workbench.screenshot('workbins-tree-hc-light');
    await workbench.setTheme('Default Dark Modern');
  });

  it('tells the main properties of an interaction as a table', async () => {
    const before = await described(DRAFTS, (text) => /^\d+/.test(text));
    const count = Number.parseInt(before.description) + 1;
    product.simulator.command(`place ${DRAFTS}@A1001`);
    await described(DRAFTS, (text) => Number.parseInt(text) === count);
    const first = await row('a draft', ({ description }) => description.startsWith('new · '));
    const hover = workbench.page
      .locator('.monaco-hover', { hasText: first.label })
      .locator('table');
    // A row that is drawn anew under the mouse loses its tooltip until the mouse comes again.
    await workbench.waitFor('the table', async () => {
      await tree().row(DRAFTS).hover();
      await tree()
        .row(first.label)
        .hover({ position: { x: 120, y: 10 } });
      return hover.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
    });
    const properties = await hover.innerText();
    assert.match(properties, /Media\s+email/);
    mail = { label: first.label, id: /Id\s+(\w+)/.exec(properties)?.[1] ?? '' };
    await workbench.screenshot('workbins-tooltip-dark');
    await workbench.page.keyboard.press('Escape');
  });

  it('pulls an interaction by its icon after asking, places it back, and places it again by keyboard', async () => {
    const before = await described(DRAFTS, (text) => /^\d+/.test(text));
    const count = Number.parseInt(before.description);
    const { page } = workbench;
    const pulled = (text: string) => Number.parseInt(text) === count - 1 && text.includes('−1');
    await tree().clickAction(mail.label, 'Pull Interaction');
    const dialog = page.locator('.monaco-dialog-box', { hasText: `Pull ${mail.id}?` });
    await dialog.waitFor();
    await workbench.screenshot('workbins-consent-dark');
    await dialog.getByRole('button', { name: 'Pull', exact: true }).click();
    await described(DRAFTS, pulled);
    await workbench.waitFor('the notification', async () =>
      (await workbench.notifications()).some((text) => text.includes(`You hold ${mail.id} now.`)),
    );
    await workbench.screenshot('workbins-held-dark');
    await page.getByRole('button', { name: 'Place Back' }).click();
    await described(DRAFTS, (text) => Number.parseInt(text) === count);
    await tree().clickAction(mail.label, 'Pull Interaction');
    await described(DRAFTS, pulled);
    await tree().row(DRAFTS).click();
    await page.keyboard.press('Shift+F10');
    await menuItem('Place an Interaction in This Workbin').waitFor();
    await workbench.screenshot('workbins-menu-dark');
    await page.keyboard.press('Escape');
    await choose('Place an Interaction in This Workbin…');
    await workbench.answerNext('Place an Interaction in', mail.id);
    await described(DRAFTS, (text) => Number.parseInt(text) === count);
  });

  it('opens an interaction as JSON', async () => {
    const [label = ''] = await labels(4);
    await tree().clickAction(label, 'Open as JSON');
    await workbench.page.locator('.monaco-editor .view-line', { hasText: '"Subject"' }).waitFor();
    assert.match((await workbench.editors()).join(), /after message \d+/);
    await workbench.screenshot('workbins-json-dark');
  });

  it('stays quick and complete with ten thousand interactions', async () => {
    const began = Date.now();
    await open(CHATS);
    await described(CHATS, (text) => Number.parseInt(text) >= MANY);
    const tookMs = Date.now() - began;
    assert(tookMs < 15_000, `${tookMs} ms until ${MANY} interactions could be seen`);
    const more = tree().row('Show 500 More…');
    await workbench.page.keyboard.press('End');
    await more.waitFor();
    await workbench.screenshot('workbins-many-dark');
    await more.click();
    await workbench.waitFor('the next page', async () => (await more.count()) === 0);
    await workbench.page.keyboard.press('Home');
    await tree().row(CHATS).waitFor();
    await fromMenu(CHATS, 'Find Interaction in This Workbin');
    await workbench.answerNext('Find Interaction in', '98100');
    const found = workbench.page.locator('.monaco-list-row.selected .label-name');
    await found.filter({ hasText: '98100' }).waitFor();
    await workbench.screenshot('workbins-found-dark');
  });

  it('leads to the message, and shows a recording with the reason why it cannot ask', async () => {
    await workbench.page.keyboard.press('Home');
    await tree().row(DRAFTS).waitFor();
    await choose('Stop Session');
    await tree().row(DRAFTS).waitFor({ state: 'detached' });
    await workbench.tree('Recordings').rowAt(0).click();
    await tree().clickAction(DRAFTS, 'Show in Trace');
    await workbench
      .webview()
      .locator('.wi-row[aria-selected="true"]', { hasText: 'EventWorkbinContentChanged' })
      .waitFor();
    await tree().row(DRAFTS).click({ button: 'right' });
    const reason = menuItem('Requests Need the Live Session');
    await reason.waitFor();
    assert((await reason.getAttribute('class'))?.includes('disabled'));
    await workbench.screenshot('workbins-recording-dark');
  });
});
