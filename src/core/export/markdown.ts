/** Ladders and messages as Markdown: tables that mail, tickets and wikis show. */
import type { AttributeNode } from '../protocol/describe';
import { leftText, secondsText, wellFormed, type LadderPicture, type PictureItem } from './picture';

export function markdownText({ title, lifelines, items, left }: LadderPicture): string {
  const row = (item: PictureItem): string => {
    if (item.kind !== 'arrow') {
      return tableRow(['', '', `**${escapeMarkdown(item.text)}**`, '', '']);
    }
    const from = lifelines[item.from]?.title ?? '';
    const to = lifelines[item.to]?.title ?? '';
    const between = `${escapeMarkdown(from)} → ${escapeMarkdown(to)}`;
    const marks = item.bookmarked ? '🔖 ' : '';
    const name = `${marks}${escapeMarkdown(item.name)}`;
    const facts = [...item.facts, ...(item.note === undefined ? [] : [`Note: ${item.note}`])];
    return tableRow([
      secondsText(item.time),
      String(item.seq),
      name,
      between,
      facts.map(escapeMarkdown).join('<br>'),
    ]);
  };
  const lines = [
    `### ${escapeMarkdown(title)}`,
    '',
    tableRow(['Time', 'Seq', 'Message', 'Between', 'Facts']),
    tableRow(['---:', '---:', '---', '---', '---']),
    ...items.map(row),
    ...(left === 0 ? [] : ['', `*${escapeMarkdown(leftText(left))}.*`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** A message as Markdown is made from. */
export interface MarkdownMessage {
  readonly name: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly attributes: readonly AttributeNode[];
  readonly problems: readonly string[];
  readonly truncated: boolean;
  readonly note?: string;
}

/** Its name, the facts that place it, and its attributes as a table. */
export function messageMarkdown(message: MarkdownMessage): string {
  const { name, facts, attributes, problems, truncated, note } = message;
  const rows = attributes.flatMap((node) => attributeRows(node, ''));
  const lines = [
    `### ${escapeMarkdown(name === '' ? 'Unreadable message' : name)}`,
    '',
    ...facts.map(([fact, value]) => `- ${escapeMarkdown(fact)}: ${escapeMarkdown(value)}`),
    ...problems.map((problem) => `- **Problem**: ${escapeMarkdown(problem)}`),
    ...(note === undefined ? [] : [`- **Note**: ${escapeMarkdown(note)}`]),
    ...(rows.length === 0
      ? []
      : [
          '',
          tableRow(['Attribute', 'Value', 'Meaning']),
          tableRow(['---', '---', '---']),
          ...rows,
        ]),
    ...(truncated ? ['', '*Long values or lists were cut.*'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function attributeRows(node: AttributeNode, above: string): readonly string[] {
  const path = above === '' ? node.name : `${above}.${node.name}`;
  const { children, value = '', meaning = '' } = node;
  if (children !== undefined && children.length > 0) {
    return children.flatMap((child) => attributeRows(child, path));
  }
  return [tableRow([path, value, meaning].map(escapeMarkdown))];
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Text that Markdown shows letter for letter, within a table's cell as well. */
export function escapeMarkdown(text: string): string {
  return wellFormed(text)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]#|~$@>!]/g, '\\$&')
    .replace(/^([-+=:.]|\d+[.)])/, (start: string) => `${start.slice(0, -1)}\\${start.slice(-1)}`);
}
