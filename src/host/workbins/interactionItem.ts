/** How the row of an interaction looks. Texts come from the wire: in Markdown every sign of them is escaped. */
import * as vscode from 'vscode';
import { attributeTree } from '../../core/protocol/describe';
import { timeOf } from '../../core/workbins/arrange';
import { lookUri } from './rowDecorations';
import type { InteractionMark, InteractionNode } from './workbinNodes';
import { ageWords, isText, mediaIcon } from './workbinWords';

/** Hebrew, Arabic, Syriac and their kin: a row would draw the numbers that follow into such a subject. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const LEFT_TO_RIGHT_MARK = '\u200e';

/** `live`: the server that has it can be asked. `now`: milliseconds since 1970, of the moment that is shown. */
export function interactionItem(
  node: InteractionNode,
  live: boolean,
  now: number | undefined,
): vscode.TreeItem {
  const { id, mediaType, subject, from, movedAt } = node.summary;
  const label = subject ?? id;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = node.id;
  item.iconPath = new vscode.ThemeIcon(mediaIcon(mediaType));
  item.contextValue = live ? 'interaction.live' : 'interaction.recorded';
  const mark = node.mark && markWords(node.mark);
  const age = ageOf(movedAt, now);
  // The short ones first: what does not fit is cut off.
  const told = [mark, age, from].filter(isText).join(' · ');
  item.description = RIGHT_TO_LEFT.test(label) ? `${LEFT_TO_RIGHT_MARK}${told}` : told;
  item.accessibilityInformation = {
    label: [mark, mediaType, label, from, age].filter(isText).join(', '),
  };
  if (node.mark !== undefined) {
    item.resourceUri = lookUri(node.mark);
  }
  return item;
}

/** The main properties as a table; made when somebody points at the row. */
export function interactionTooltip({
  interaction,
  summary,
  mark,
}: InteractionNode): vscode.MarkdownString {
  const { id, subject, mediaType, from, movedAt, receivedAt } = summary;
  const known: readonly (readonly [string, string | undefined])[] = [
    [vscode.l10n.t('Id'), id],
    [vscode.l10n.t('Media'), mediaType],
    [vscode.l10n.t('From'), from],
    [vscode.l10n.t('Received'), dateWords(receivedAt)],
    [vscode.l10n.t('In workbin since'), dateWords(movedAt)],
    [vscode.l10n.t('Just now'), mark && markWords(mark)],
  ];
  const { attributes } = attributeTree({ name: '', attributes: interaction.properties });
  const others = attributes
    .filter(({ name }) => MAIN_PROPERTIES.has(name.replace(/^interaction/, '').toLowerCase()))
    .map(
      ({ name, value, meaning }) =>
        [name, [value, meaning && `(${meaning})`].filter(isText).join(' ')] as const,
    );
  const rows = [...known, ...others].filter((row): row is readonly [string, string] =>
    isText(row[1]),
  );
  const text = new vscode.MarkdownString();
  text.value = [
    `**${literally(subject ?? id)}**`,
    '',
    '| | |',
    '|:--|:--|',
    ...rows.map(([name, value]) => `| ${literally(name)} | ${literally(value)} |`),
  ].join('\n');
  return text;
}

/** Lower case, without the prefix of change events. */
const MAIN_PROPERTIES = new Set([
  'type',
  'interactiontype',
  'subtype',
  'interactionsubtype',
  'state',
  'interactionstate',
  'queue',
  'submittedby',
  'assignedto',
  'priority',
  'contactid',
  'customersegment',
  'servicetype',
  'categoryid',
  'isheld',
  'islocked',
]);

const LONGEST_TEXT = 200;

/** Text of a wire as Markdown that shows it letter for letter: all punctuation escaped, one line, not too long. */
export function literally(text: string): string {
  const cut = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return cut.replaceAll(/\s+/g, ' ').replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');
}

export function markWords(mark: InteractionMark): string {
  switch (mark) {
    case 'new':
      return vscode.l10n.t('new');
    case 'changed':
      return vscode.l10n.t('changed');
    case 'touched':
      return vscode.l10n.t('just changed');
  }
}

function ageOf(text: string | undefined, now: number | undefined): string | undefined {
  const time = timeOf(text);
  return time === undefined || now === undefined ? text : ageWords(now - time);
}

/** A point in time as this machine's person writes it; the wire's text where it is none. */
function dateWords(text: string | undefined): string | undefined {
  const time = timeOf(text);
  return time === undefined ? text : new Date(time).toLocaleString();
}
