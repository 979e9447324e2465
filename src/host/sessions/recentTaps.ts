import type { Memento } from 'vscode';

/** A tap that somebody started; {@link RecentTap.server} may stand for the embedded server. */
export interface RecentTap {
  readonly server: string;
  /** Where it listened. */
  readonly port: number;
  readonly allowedOrigins: readonly string[];
}

const KEY = 'recentTaps';
const MAX_KEPT = 8;

/** Latest first; from the extension's memory, which other versions may have written. */
export function recentTaps(memory: Memento): readonly RecentTap[] {
  const kept = memory.get<unknown>(KEY);
  return Array.isArray(kept) ? kept.filter(isRecent) : [];
}

/** Puts a tap in front of the others. `server`: as it was chosen, not where the embedded one listened. */
export async function rememberTap(memory: Memento, tap: RecentTap): Promise<void> {
  const others = recentTaps(memory).filter(({ server }) => server !== tap.server);
  await memory.update(KEY, [tap, ...others].slice(0, MAX_KEPT));
}

function isRecent(value: unknown): value is RecentTap {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { server, port, allowedOrigins } = value as Readonly<Record<string, unknown>>;
  return (
    typeof server === 'string' &&
    typeof port === 'number' &&
    Number.isInteger(port) &&
    Array.isArray(allowedOrigins) &&
    allowedOrigins.every((origin) => typeof origin === 'string')
  );
}
