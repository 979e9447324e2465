/**
 * A person's path in a real VS Code with the VSIX installed: mark a message and write a note on it, copy it, take the
 * ladder out as a picture and as diagrams, and find bookmark and note again after the window was loaded anew.
 */
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { inProject } from '../environment/paths';
import { waitForEqual } from '../environment/waiting';
import { startProduct, type Product } from './support/product';
import type { Workbench } from './support/workbench';

const RECORDING = 'v1-complete.wbtrace';

/** The tests of this suite are one path, in the order in which a person walks it. */
describe('bookmarks, notes, copies and exports of a recording', () => {
  let product: Product;
  let workbench: Workbench;

  before(async () => {
    product = await startProduct({ 'breadcrumbs.enabled': false });
    ({ workbench } = product);
    const fixture = inProject('test', 'format', 'fixtures', RECORDING);
    copyFileSync(fixture, inWorkspace(RECORDING));
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await workbench.openFile(RECORDING);
    await row('EventWorkbinContent').waitFor();
  });

  afterEach(async function () {
    await workbench.screenshotOfFailure(this.currentTest);
  });

  after(() => product.stop());

  const inWorkspace = (name: string): string => path.join(product.profile.workspace, name);
  const view = () => workbench.webview();
  const row = (name: string) => view().locator('.wi-row--message', { hasText: name }).first();
  const marked = () => view().locator('.wi-row[data-bookmarked]');
  /** What the view is limited to, as it stands on the screen. */
  const limits = async () => ({
    filter: await view().getByRole('combobox', { name: 'Filter' }).inputValue(),
    scope: await view().getByRole('radio', { name: 'Whole phases' }).isChecked(),
    order: await view().getByRole('radio', { name: 'By phase' }).isChecked(),
    range: await view().locator('.wi-strip__range').getAttribute('style'),
    rows: await view().locator('.wi-row').allInnerTexts(),
    hidden: await view().getByText('1 hidden').count(),
    selected: await view().locator('.wi-row[aria-selected="true"]').allInnerTexts(),
  });
  const choose = (entry: string) =>
    view().getByRole('menuitem', { name: entry, exact: true }).click();
  const clipboard = (holds: string) =>
    workbench.waitFor(`the clipboard to hold ${holds}`, async () => {
      const text = await workbench.page.evaluate(() => navigator.clipboard.readText());
      return text.includes(holds) ? text : undefined;
    });

  /** Chooses a form from the list that has opened, and the file that is proposed if there is one; returns its path. */
  async function exportAs(form: string, extension = ''): Promise<string> {
    await workbench.answerNext('Export Ladder', form);
    const file = inWorkspace(`v1-complete.${extension}`);
    if (extension !== '') {
      // The dialogue fills in its proposal a moment after it has opened.
      const input = workbench.page.locator('.quick-input-widget:visible .quick-input-box input');
      await workbench.waitFor('the proposed file', async () => (await input.inputValue()) === file);
      await workbench.waitFor('the file', async () => {
        // The dialogue may still be busy with its proposal, and takes no answer then.
        if (await input.isVisible()) {
          await input.press('Enter');
          await input.waitFor({ state: 'hidden', timeout: 1000 }).catch(() => undefined);
        }
        return existsSync(file);
      });
    }
    return file;
  }

  it('marks a message by the menu of its row and writes a note on it', async () => {
    await row('EventWorkbinContent').click({ button: 'right' });
    await choose('Bookmark');
    await marked().waitFor();
    await workbench.page.keyboard.press('n');
    await view().locator('.wi-note__text').fill('Where the drafts came back');
    await workbench.page.keyboard.press('Control+Enter');
    await view().locator('.wi-row__note', { hasText: 'Where the drafts' }).waitFor();
    const kept = await workbench.waitFor('the file beside the recording', () => {
      const file = inWorkspace(`${RECORDING}.notes.json`);
      const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
      return text.includes('drafts') ? text : undefined;
    });
    const { version, messages } = JSON.parse(kept) as {
      version: number;
      messages: { seq: number; place: number; bookmarked: boolean }[];
    };
    assert.equal(version, 1);
    assert.deepEqual(
      messages.map(({ seq, place, bookmarked }) => ({ seq, place, bookmarked })),
      [{ seq: 5, place: 0, bookmarked: true }],
    );
  });

  it('lists it among the bookmarks, and goes there', async () => {
    await row('RequestRegisterClient').click();
    await workbench.runCommand('Workbin Inspector: Show Bookmarks and Notes…');
    await workbench.pick('Where the drafts came back');
    await view().locator('.wi-row[data-bookmarked][aria-selected="true"]').waitFor();
  });

  it('shows bookmarked messages alone where the filter asks for them', async () => {
    const filter = view().getByRole('combobox', { name: 'Filter' });
    await filter.fill('is:bookmarked');
    await filter.press('Enter');
    await row('RequestRegisterClient').waitFor({ state: 'detached' });
    await waitForEqual(() => view().locator('.wi-row--message').count(), 1);
    await filter.fill('');
    await filter.press('Enter');
    await row('RequestRegisterClient').waitFor();
  });

  it('copies a message as JSON, as Markdown and as a row', async () => {
    await row('EventError').click({ button: 'right' });
    await choose('Copy as JSON');
    const { messageName, referenceId } = JSON.parse(await clipboard('"messageName"')) as {
      readonly [name: string]: unknown;
    };
    assert.deepEqual({ messageName, referenceId }, { messageName: 'EventError', referenceId: 8 });
    await workbench.runCommand('Workbin Inspector: Copy Messages as Markdown');
    assert.match(await clipboard('### EventError'), /\| referenceId \| 8 \|/);
    await workbench.runCommand('Workbin Inspector: Copy Messages as Rows');
    assert.match(await clipboard('0.012250\t'), /^0\.012250\t6\tEventError\t.*\t8\t/);
  });

  it('copies the phase of a message as a Mermaid diagram', async () => {
    await row('EventWorkbinContent').click({ button: 'right' });
    await choose('Export Phase…');
    await exportAs('Mermaid');
    const text = await clipboard('sequenceDiagram');
    assert.match(text, /P0->>P1: RequestGetWorkbinContent<br\/>E-Mail Entwürfe@Jürgen/);
    assert.match(text, /Note right of P1: Where the drafts came back/);
    assert.doesNotMatch(text, /RequestRegisterClient/);
  });

  it('writes all that is shown as an SVG file that a browser shows', async () => {
    await workbench.runCommand('Workbin Inspector: Export Ladder…');
    const file = await exportAs('SVG File', 'svg');
    const page = await product.browser.newPage();
    try {
      await page.goto(`file://${file}`);
      const names = await page.locator('.name').allTextContents();
      assert.deepEqual(names.slice(0, 2), ['RequestRegisterClient', 'EventAck']);
      await waitForEqual(() => page.locator('path.mark').count(), 1);
    } finally {
      await page.close();
    }
  });

  it('writes selected rows as a PlantUML file, beside the one before', async () => {
    await row('RequestRegisterClient').click();
    await view().locator('.wi-row:focus').waitFor();
    // The line in between says that the answer is outside of phases.
    await workbench.page.keyboard.press('Shift+ArrowDown');
    await workbench.page.keyboard.press('Shift+ArrowDown');
    await view().locator('.wi-row[aria-selected="true"]').nth(2).waitFor();
    await workbench.runCommand('Workbin Inspector: Export Selected Rows…');
    const file = await exportAs('PlantUML File', 'puml');
    const text = readFileSync(file, 'utf8');
    assert.match(
      text,
      /^@startuml\n[^]*P0 -> P1 : RequestRegisterClient[^]*P1 -->> P0 : EventAck[^]*\n@enduml\n$/,
    );
    assert.doesNotMatch(text, /RequestGetWorkbinContent/);
  });

  it('shows the workbin of a message in the tree', async () => {
    await row('EventWorkbinContent').click({ button: 'right' });
    await choose('Reveal in Workbins');
    await workbench
      .tree('Workbins')
      .waitForRow('the workbin', ({ label }) => label === 'E-Mail Entwürfe');
  });

  it('has bookmark and note again after the window was loaded anew, and takes them back', async () => {
    await workbench.screenshot('exporting-dark');
    await workbench.reload();
    await marked().waitFor();
    await view().locator('.wi-row__note', { hasText: 'Where the drafts' }).waitFor();
    await marked().click();
    await workbench.page.keyboard.press('b');
    await marked().waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('Control+z');
    await marked().waitFor();
  });

  it('leaves lifelines hidden when the filter is cleared', async () => {
    await view().getByRole('button', { name: 'Agent desktop', exact: true }).focus();
    await workbench.page.keyboard.press('Delete');
    await view().getByText('1 hidden').waitFor();
    const filter = view().getByRole('combobox', { name: 'Filter' });
    await filter.fill('name:Nothing');
    await filter.press('Enter');
    await view()
      .getByText(/^No message matches .* between the lifelines/)
      .waitFor();
    await workbench.screenshot('exporting-no-match-dark');
    await view().getByRole('button', { name: 'Clear Filter', exact: true }).last().click();
    await row('RequestRegisterClient').waitFor();
    await waitForEqual(() => view().getByText('1 hidden').count(), 1);
  });

  it('is limited and ordered as before after the window was loaded anew', async () => {
    const filter = view().getByRole('combobox', { name: 'Filter' });
    await filter.fill('name:EventWorkbinContent or name:EventError');
    await filter.press('Enter');
    await row('RequestRegisterClient').waitFor({ state: 'detached' });
    await view().getByRole('radio', { name: 'Whole phases' }).check({ force: true });
    await view().getByRole('radio', { name: 'By phase' }).check({ force: true });
    await view().getByRole('slider', { name: 'Time in the session' }).focus();
    await workbench.page.keyboard.press('Home');
    for (let part = 0; part < 9; part++) {
      await workbench.page.keyboard.press('Shift+PageDown');
    }
    await view().locator('.wi-strip__range').waitFor();
    await row('RequestGetWorkbinContent').click();
    const before = await limits();
    assert.deepEqual(
      [before.filter, before.scope, before.order, before.hidden],
      ['name:EventWorkbinContent or name:EventError', true, true, 1],
    );
    await workbench.reload();
    await row('RequestGetWorkbinContent').waitFor();
    await workbench.screenshot('exporting-reloaded-dark');
    await waitForEqual(limits, before);
  });

  it('says without alarm what cannot be done as things stand', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Workbin Inspector: Save Recording As…');
    const told = workbench.page.locator('.notification-list-item', { hasText: 'No trace is open' });
    await told.locator('.codicon-info').waitFor();
    await waitForEqual(() => told.getByRole('button', { name: 'Show Log' }).count(), 0);
  });
});
