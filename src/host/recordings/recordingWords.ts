/** What the Recordings view says of a recording. */
import * as vscode from 'vscode';
import type { RecordingFile } from '../../session/platform';
import type { RecordingFacts } from '../../session/recordingFacts';
import { counted } from '../counted';

/** Name that a recording is given when it begins: day, time, server. */
const OWN_NAME = /^(\d{4})-(\d\d-\d\d) (\d\d)-(\d\d)-(\d\d) (.+)$/;

/** Its name. One that it was given by itself is told shorter: `14:03:05 localhost` today, else with the day. */
export function recordingLabel({ name }: RecordingFile, now = new Date()): string {
  const plain = name.replace(/\.wbtrace$/, '');
  const [, year, day, hour, minute, second, rest] = OWN_NAME.exec(plain) ?? [];
  if (year === undefined || day === undefined || rest === undefined) {
    return plain;
  }
  const two = (value: number): string => String(value).padStart(2, '0');
  const today = `${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const isThisYear = year === String(now.getFullYear());
  const date = isThisYear ? (day === today ? '' : `${day} `) : `${year}-${day} `;
  return `${date}${hour}:${minute}:${second} ${rest}`;
}

/** One line beside the name: length, messages, failures. Without facts, when it was written and its size. */
export function recordingDescription(
  file: RecordingFile,
  facts: RecordingFacts | undefined,
): string {
  const parts =
    facts === undefined
      ? [new Date(file.modifiedAt).toLocaleString(), sizeWords(file.bytes)]
      : [lengthWords(facts.length), counted(facts.messages, 'message'), ...troubleWords(facts)];
  switch (file.state) {
    case 'written':
      // What another window writes is not counted here, and its size has changed since it was listed.
      return [vscode.l10n.t('being recorded'), ...(facts === undefined ? [] : parts)].join(', ');
    case 'unfinished':
      return [vscode.l10n.t('not ended'), ...parts].join(', ');
    case 'ended':
      return parts.join(', ');
  }
}

/** All that is known, as a table. File names and addresses are text, whatever they look like. */
export function recordingTooltip(
  file: RecordingFile,
  facts: RecordingFacts | undefined,
): vscode.MarkdownString {
  const rows: (readonly [string, string])[] = [];
  if (facts !== undefined) {
    const none = vscode.l10n.t('none was connected to');
    rows.push(
      [vscode.l10n.t('Server'), facts.servers.length === 0 ? none : facts.servers.join(', ')],
      [vscode.l10n.t('Length'), lengthWords(facts.length)],
      [vscode.l10n.t('Messages'), String(facts.messages)],
      [vscode.l10n.t('Failures'), troubleWords(facts).join(', ') || vscode.l10n.t('none')],
    );
  }
  rows.push(
    [vscode.l10n.t('Written'), new Date(file.modifiedAt).toLocaleString()],
    [vscode.l10n.t('Size'), sizeWords(file.bytes)],
    [vscode.l10n.t('File'), file.path],
  );
  const tooltip = new vscode.MarkdownString();
  for (const line of stateWords(file)) {
    tooltip.appendText(line).appendMarkdown('\n\n');
  }
  tooltip.appendMarkdown('| | |\n|---|---|\n');
  for (const [name, value] of rows) {
    tooltip.appendMarkdown(`| ${name} | `).appendText(cell(value)).appendMarkdown(' |\n');
  }
  return tooltip;
}

/** Seconds are enough for a list: `80 ms`, `42 s`, `2 min 5 s`, `3 h 20 min`. */
export function lengthWords(ms: number): string {
  if (ms < 1000) {
    return vscode.l10n.t('{0} ms', Math.round(ms));
  }
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) {
    return vscode.l10n.t('{0} s', seconds);
  }
  return seconds < 3600
    ? vscode.l10n.t('{0} min {1} s', Math.floor(seconds / 60), seconds % 60)
    : vscode.l10n.t('{0} h {1} min', Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60);
}

function stateWords({ state }: RecordingFile): readonly string[] {
  switch (state) {
    case 'written':
      return [vscode.l10n.t('It is being recorded, in this window or another, and grows.')];
    case 'unfinished':
      return [
        vscode.l10n.t(
          'What recorded it was ended by force. It holds everything up to that moment, but for at most 50 ms.',
        ),
      ];
    case 'ended':
      return [];
  }
}

function troubleWords({ failed, unanswered }: RecordingFacts): readonly string[] {
  return [
    ...(failed > 0 ? [vscode.l10n.t('{0} failed', failed)] : []),
    ...(unanswered > 0 ? [vscode.l10n.t('{0} unanswered', unanswered)] : []),
  ];
}

function sizeWords(bytes: number): string {
  const kilobytes = bytes / 1000;
  return kilobytes < 1000
    ? vscode.l10n.t('{0} kB', Math.max(1, Math.round(kilobytes)))
    : vscode.l10n.t('{0} MB', (kilobytes / 1000).toFixed(1));
}

/** A line break or a bar would end the cell. */
function cell(text: string): string {
  return text.replace(/[\r\n|]+/g, ' ');
}
