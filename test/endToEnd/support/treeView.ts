import { setTimeout as pause } from 'node:timers/promises';
import { errors, type Locator, type Page } from 'playwright-core';
import { waitFor } from '../../environment/waiting';

/** One visible row of a tree, as a person reads it. */
export interface TreeRow {
  /** 1 for what stands at the left. */
  readonly level: number;
  readonly label: string;
  /** The paler text behind the label; empty when there is none. */
  readonly description: string;
  /** Absent when the row has nothing below it. */
  readonly expanded?: boolean;
}

const CLICKED_AGAIN_MS = 3_000;
/** A tree that is filled step by step takes less between two steps. */
const SETTLED_MS = 250;

/** A native tree in a side bar. Only rows that are on screen exist. */
export class TreeView {
  private readonly tree: Locator;

  /** @param title the view's name in package.json, as `Workbins`. */
  constructor(page: Page, title: string) {
    this.tree = page.locator(`.pane-body .monaco-list[aria-label^="${title}"]`);
  }

  /** The rows from top to bottom; empty while the view is not shown. */
  rows(): Promise<readonly TreeRow[]> {
    return this.read('.monaco-list-row');
  }

  /** Of these, what is selected. */
  selected(): Promise<readonly TreeRow[]> {
    return this.read('.monaco-list-row.selected');
  }

  private async read(selector: string): Promise<readonly TreeRow[]> {
    const rows = await this.tree.locator(selector).evaluateAll((elements) =>
      elements
        .map((element) => ({
          index: Number(element.getAttribute('data-index')),
          level: Number(element.getAttribute('aria-level')),
          label: element.querySelector('.label-name')?.textContent ?? '',
          description: element.querySelector('.label-description')?.textContent ?? '',
          expanded: element.getAttribute('aria-expanded'),
        }))
        .sort((a, b) => a.index - b.index),
    );
    return rows.map(({ level, label, description, expanded }) => ({
      level,
      label,
      description,
      ...(expanded === null ? {} : { expanded: expanded === 'true' }),
    }));
  }

  /** Waits until a row fulfils the condition, and returns it. */
  async waitForRow(what: string, condition: (row: TreeRow) => boolean): Promise<TreeRow> {
    return waitFor(`${what} in the tree`, async () => (await this.rows()).find(condition));
  }

  /** The row whose label begins so; for clicks and menus. */
  row(label: string): Locator {
    const escaped = label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return this.tree
      .locator('.monaco-list-row')
      .filter({
        has: this.tree.page().locator('.label-name', { hasText: new RegExp(`^${escaped}`) }),
      })
      .first();
  }

  /** The row at a place among those on screen, from 0. */
  rowAt(index: number): Locator {
    return this.tree.locator(`.monaco-list-row[data-index="${String(index)}"]`);
  }

  /** Opens the row, unless it is open. */
  expand(label: string): Promise<void> {
    return this.turn(label, 'true');
  }

  /** Closes the row, unless it is closed. */
  collapse(label: string): Promise<void> {
    return this.turn(label, 'false');
  }

  private async turn(label: string, expanded: 'true' | 'false'): Promise<void> {
    const row = this.row(label);
    const isTurned = async (): Promise<boolean> =>
      (await row.getAttribute('aria-expanded')) === expanded;
    // A tree that is being drawn anew loses a click now and then: whoever sees nothing happen clicks again.
    let clicked = -Infinity;
    await waitFor(`${label} to open or close`, async () => {
      if (!(await isTurned()) && performance.now() - clicked > CLICKED_AGAIN_MS) {
        await this.settled();
        await row.locator('.monaco-tl-twistie').click();
        clicked = performance.now();
      }
      return isTurned();
    });
  }

  /** Waits until rows come and go no more: one that moves away under the mouse would leave the click to another. */
  private async settled(): Promise<void> {
    let before = '';
    await waitFor('the rows to stay where they are', async () => {
      const now = (await this.rows()).map(({ label }) => label).join('\n');
      const isSettled = now === before;
      before = now;
      if (!isSettled) {
        await pause(SETTLED_MS);
      }
      return isSettled;
    });
  }

  /** Clicks one of the icons that a row shows under the mouse, by its title. */
  async clickAction(label: string, title: string): Promise<void> {
    const row = this.row(label);
    const action = row.locator(`.action-label[aria-label^="${title}"]`);
    await waitFor(`${title} of ${label} to be clicked`, async () => {
      try {
        await this.settled();
        await row.hover({ timeout: 3_000 });
        await action.click({ timeout: 3_000 });
        return true;
      } catch (error) {
        if (!(error instanceof errors.TimeoutError)) {
          throw error;
        }
        // The tooltip of another row lies over it: away with the mouse, and once more.
        await this.tree.page().mouse.move(0, 0);
        return false;
      }
    });
  }
}
