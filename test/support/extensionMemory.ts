import type { Memento } from 'vscode';

/** The extension's memory, as VS Code keeps it: JSON. Holds `first` under every key at first. */
export function createMemory(first?: unknown): Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: (key: string) => (kept.has(key) ? kept.get(key) : first) as never,
    update: (key: string, value: unknown) => {
      kept.set(key, JSON.parse(JSON.stringify(value)) as unknown);
      return Promise.resolve();
    },
  };
}
