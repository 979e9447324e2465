/** A tap in words: what it stands between, and what it has done. */
import * as vscode from 'vscode';
import type { LiveSession } from '../../session/liveSession';
import type { LiveTap } from '../../session/liveTap';
import { counted } from '../counted';

/** How a tap went, for people. `troubles` are sentences, one for each thing that was not as it should be. */
export interface TapReport {
  readonly words: string;
  readonly troubles: readonly string[];
}

/** `127.0.0.1:8123 → server.example`. */
export function tapRoute({ port, server }: LiveTap): string {
  return `127.0.0.1:${port} → ${new URL(server).host}`;
}

/** What has passed so far, in a few words. */
export function tapCounts({ summary }: LiveTap): string {
  return vscode.l10n.t('{0}, {1}', counted(summary.frames, 'frame'), sizeWords(summary.bytes));
}

/** The end of a tap; `recorded` counts the frames that are in the recording. */
export function tapReport(tap: LiveTap, recorded: number): TapReport {
  const { summary, server } = tap;
  const missed = summary.missed + Math.max(0, summary.frames - recorded);
  const { refused, recorderFailures, decodeFailures } = summary;
  const words = vscode.l10n.t(
    'The tap to {0} has stopped. {1}: {2} recorded, {3} passed.',
    server,
    counted(summary.connections, 'connection'),
    counted(recorded, 'frame'),
    sizeWords(summary.bytes),
  );
  const troubles = [
    missed > 0 && vscode.l10n.t('{0} not recorded.', counted(missed, 'frame')),
    refused > 0 &&
      vscode.l10n.t('{0} refused for a foreign Host or Origin.', counted(refused, 'request')),
    decodeFailures > 0 &&
      vscode.l10n.t('{0} passed on without being understood.', counted(decodeFailures, 'piece')),
    recorderFailures > 0 && vscode.l10n.t('The recorder failed; the log says why.'),
  ].filter((trouble) => trouble !== false);
  return { words, troubles };
}

/** All counts, one to a line, for a tooltip. */
export function tapDetails(tap: LiveTap): string {
  const { summary, server, address } = tap;
  const lines = [
    vscode.l10n.t('Tap to {0}', server),
    vscode.l10n.t('Applications use {0}', address),
    vscode.l10n.t(
      '{0}, {1}',
      counted(summary.connections, 'connection'),
      counted(summary.openSockets, 'socket'),
    ),
    tapCounts(tap),
  ];
  if (summary.missed + summary.refused + summary.decodeFailures > 0) {
    lines.push(
      vscode.l10n.t(
        '{0} missed, {1} refused, {2} not understood',
        summary.missed,
        summary.refused,
        summary.decodeFailures,
      ),
    );
  }
  return lines.join('\n');
}

/** The report of a session that has ended; undefined where it had no tap. */
export function endReport({ tap, recorder }: LiveSession): TapReport | undefined {
  return tap && tapReport(tap, recorder.totals.frames);
}

export function sizeWords(bytes: number): string {
  if (bytes < 1000) {
    return vscode.l10n.t('{0} B', bytes);
  }
  const kilobytes = bytes / 1000;
  return kilobytes < 1000
    ? vscode.l10n.t('{0} kB', Math.round(kilobytes))
    : vscode.l10n.t('{0} MB', (kilobytes / 1000).toFixed(1));
}
