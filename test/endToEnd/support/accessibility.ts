import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';
import { inProject } from '../../environment/paths';

/** What the checker says of one rule that is broken. */
interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

interface Checker {
  run(context: Document, options: object): Promise<{ readonly violations: readonly Violation[] }>;
}

/** Which rules of accessibility a page breaks, and where, in words; empty: none. */
export async function violationsIn(page: Page | Frame): Promise<readonly string[]> {
  // The page's own policy keeps foreign scripts out; what the debugger evaluates it lets through.
  await page.evaluate(readFileSync(inProject('node_modules', 'axe-core', 'axe.min.js'), 'utf8'));
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { readonly axe: Checker };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return (await axe.run(document, { runOnly: { type: 'tag', values: tags } })).violations;
  });
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes
        .slice(0, 3)
        .map((node) => `  ${node.html.slice(0, 160)}\n  ${node.failureSummary ?? ''}`)
        .join('\n')}`,
  );
}
