import * as vscode from 'vscode';
import { CHART_COLOURS } from '../core/ladder/rows';

/** Value of `connection.server` that stands for the embedded server. */
export const EMBEDDED_SERVER = 'embedded';
/** The same for its Workspace API v3. */
export const EMBEDDED_WORKSPACE = 'embedded-workspace';

/** True for a word that stands for the embedded server, whatever it is to speak. */
export function isEmbedded(server: string): boolean {
  return server === EMBEDDED_SERVER || server === EMBEDDED_WORKSPACE;
}

/** The settings, read when they are needed. Defaults stand in `package.json` and nowhere else. */
export interface ConnectionSettings {
  /** Address, {@link EMBEDDED_SERVER}, {@link EMBEDDED_WORKSPACE}, or empty when none is set. */
  readonly server: string;
  readonly connectOnShow: boolean;
  readonly agent: string;
  readonly place: string;
  readonly tenant: number;
  readonly clientName: string;
  /** How to sign in to Workspace API v3. */
  readonly signIn: 'form' | 'token';
  /** False takes any TLS certificate. */
  readonly rejectUnauthorized: boolean;
}

export interface RecordingLimits {
  readonly keepCount: number;
  readonly keepDays: number;
  readonly keepMegabytes: number;
}

/** The machine's and the person's values: these settings have machine scope, so a workspace has no say. */
export function connectionSettings(): ConnectionSettings {
  const settings = vscode.workspace.getConfiguration('workbinInspector.connection');
  return {
    server: settings.get('server', '').trim(),
    connectOnShow: settings.get('connectOnShow', false),
    agent: settings.get('agent', '').trim(),
    place: settings.get('place', '').trim(),
    tenant: settings.get('tenant', 1),
    clientName: settings.get('clientName', 'Workbin Inspector'),
    signIn: settings.get<string>('signIn') === 'token' ? 'token' : 'form',
    rejectUnauthorized: rejectUnauthorized(),
  };
}

/** Of {@link connectionSettings} only what somebody has set, so that it goes before what was chosen last. */
export function connectionSettingsThatAreSet(): Partial<ConnectionSettings> {
  const settings = vscode.workspace.getConfiguration('workbinInspector.connection');
  return Object.fromEntries(
    Object.entries(connectionSettings()).filter(
      ([key]) => settings.inspect(key)?.globalValue !== undefined,
    ),
  );
}

/** False takes any TLS certificate of a server. */
export function rejectUnauthorized(): boolean {
  return vscode.workspace.getConfiguration('workbinInspector.tls').get('rejectUnauthorized', true);
}

/** Milliseconds after which a request counts as unanswered. */
export function answerTimeLimitMs(): number {
  const settings = vscode.workspace.getConfiguration('workbinInspector.trace');
  return settings.get('answerTimeLimit', 10) * 1000;
}

export function recordingLimits(): RecordingLimits {
  const settings = vscode.workspace.getConfiguration('workbinInspector.recording');
  return {
    keepCount: settings.get('keepCount', 50),
    keepDays: settings.get('keepDays', 30),
    keepMegabytes: settings.get('keepMegabytes', 2048),
  };
}

/** True when the Workbins tree selects what a selected message names. */
export function revealInTree(): boolean {
  return vscode.workspace.getConfiguration('workbinInspector.trace').get('revealInTree', true);
}

/** Messages after which a live session goes on in a next recording. */
export function maxMessagesOfRecording(): number {
  const settings = vscode.workspace.getConfiguration('workbinInspector.recording');
  return Math.max(1000, settings.get('maxMessages', 2_000_000));
}

/** Messages that a filter lets through have a colour of the theme's charts. */
export interface ColourRuleSetting {
  readonly filter: string;
  /** A place among {@link CHART_COLOURS}. */
  readonly colour: number;
}

/** Longer lists are cut: each row on the screen is asked for each rule. */
const MAX_COLOUR_RULES = 50;

/** What is no rule (a person writes settings by hand) is left out. */
export function colourRules(): readonly ColourRuleSetting[] {
  const settings = vscode.workspace.getConfiguration('workbinInspector.trace');
  const rules = settings.get<unknown>('colorRules');
  return Array.isArray(rules) ? rules.slice(0, MAX_COLOUR_RULES).flatMap(readColourRule) : [];
}

function readColourRule(rule: unknown): readonly ColourRuleSetting[] {
  if (typeof rule !== 'object' || rule === null) {
    return [];
  }
  const { filter, color } = rule as Readonly<Record<string, unknown>>;
  const colour = CHART_COLOURS.findIndex((name) => name === color);
  return typeof filter === 'string' && filter.trim() !== '' && colour >= 0
    ? [{ filter, colour }]
    : [];
}
