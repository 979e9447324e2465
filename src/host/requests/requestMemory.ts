import type { Memento } from 'vscode';
import { readRequestInput, type RequestInput } from '../../core/protocol/requestForm/requestInput';
import { withoutSecrets } from '../../core/trace/secrets/inputSecrets';

const KEY = 'requestForm.kept';
/** Requests that are kept, and characters of JSON of each: a memento is no place for much. */
const MAX_KEPT = 60;
const MAX_CHARACTERS = 20_000;

type Kept = readonly (readonly [request: string, input: RequestInput])[];

/** What was last sent for each request; values under the names of secrets are never kept. */
export class RequestMemory {
  constructor(private readonly memory: Memento) {}

  get(request: string): RequestInput | undefined {
    return this.all().find(([name]) => name === request)?.[1];
  }

  async keep(request: string, input: RequestInput): Promise<void> {
    const kept = withoutSecrets(input);
    const others = this.all().filter(([name]) => name !== request);
    const fits = JSON.stringify(kept).length <= MAX_CHARACTERS;
    const all: Kept = fits ? [[request, kept], ...others] : others;
    await this.memory.update(KEY, all.slice(0, MAX_KEPT));
  }

  async forget(request: string): Promise<void> {
    await this.memory.update(
      KEY,
      this.all().filter(([name]) => name !== request),
    );
  }

  /** Other versions may have written it. */
  private all(): Kept {
    const kept = this.memory.get<unknown>(KEY);
    return Array.isArray(kept) ? kept.flatMap(readEntry) : [];
  }
}

function readEntry(entry: unknown): Kept {
  if (!Array.isArray(entry)) {
    return [];
  }
  const [name, value] = entry as readonly unknown[];
  const input = readRequestInput(value);
  return typeof name === 'string' && input !== undefined ? [[name, input]] : [];
}
