import type { Memento } from 'vscode';
import type { FilterMemory as Remembered } from '../../bridge/traceView';
import { parseFilter } from '../../core/filter/parseFilter';

const KEY = 'filters';
const MAX_HISTORY = 20;
const MAX_SAVED = 50;

/**
 * Filters that were used and kept, the same in every trace view and window; in the extension's memory, which
 * other versions may have written.
 */
export class FilterMemory {
  constructor(private readonly memory: Memento) {}

  get all(): Remembered {
    const kept = this.memory.get<unknown>(KEY);
    const { history, saved } = isRecord(kept) ? kept : {};
    return {
      history: Array.isArray(history) ? history.filter((filter) => typeof filter === 'string') : [],
      saved: Array.isArray(saved) ? saved.filter(isSaved) : [],
    };
  }

  /** Puts a filter that somebody settled on in front of the others. One with a mistake is none to come back to. */
  async use(filter: string): Promise<void> {
    const { history, saved } = this.all;
    if (filter.trim() === '' || history[0] === filter || !parseFilter(filter).ok) {
      return;
    }
    const others = history.filter((other) => other !== filter);
    await this.memory.update(KEY, { history: [filter, ...others].slice(0, MAX_HISTORY), saved });
  }

  /** Keeps a filter under a name; an empty one forgets the name. The one kept longest gives way to one too many. */
  async save(name: string, filter: string): Promise<Remembered> {
    const { history, saved } = this.all;
    const others = saved.filter((other) => other.name !== name);
    const kept = filter.trim() === '' ? others : [...others, { name, filter }].slice(-MAX_SAVED);
    await this.memory.update(KEY, { history, saved: kept });
    return this.all;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSaved(value: unknown): value is Remembered['saved'][number] {
  return (
    isRecord(value) && typeof value['name'] === 'string' && typeof value['filter'] === 'string'
  );
}
