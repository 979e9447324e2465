/**
 * Walks the way to a server step by step, and says of the first step that fails what was seen and what to do. What a
 * step does belongs to its probe; time limits and giving up are kept here, for all of them alike.
 */
import { Cancellation, type CancellationSignal } from '../../core/base/cancellation';
import { ExpectedError, messageOf } from '../../core/base/result';
import type { Clock } from '../ports';

/** The steps of all dialects, in the order in which they are taken. */
export type DiagnosisStepName =
  | 'address'
  | 'name'
  | 'tcp'
  | 'tls'
  | 'upgrade'
  | 'http'
  | 'registration'
  | 'sign-in'
  | 'login'
  | 'session';

export interface DiagnosisStep {
  readonly name: DiagnosisStepName;
  /**
   * `warning`: it works, and yet something should be known; `skipped`: the address has no such step;
   * `not-reached`: a step before has failed or was given up.
   */
  readonly outcome: 'passed' | 'warning' | 'failed' | 'cancelled' | 'skipped' | 'not-reached';
  /** Milliseconds; absent where nothing was done. */
  readonly tookMs?: number;
  /** Facts, a line each. */
  readonly seen: readonly string[];
  /** What went wrong and what to do, or what should be known. */
  readonly words?: string;
  /** Of the `ExpectedError` that it failed with. */
  readonly code?: string;
}

/** What a person reads of a diagnosis. Nothing secret is in it. */
export interface Diagnosis {
  readonly server: string;
  readonly agent: string;
  readonly steps: readonly DiagnosisStep[];
}

/** What a step brought. `seen` of a step that fails is told by {@link StepFailed}. */
export interface ProbeResult {
  readonly seen: readonly string[];
  readonly warning?: string;
}

/** One step. */
export interface Probe {
  readonly name: DiagnosisStepName;
  /** Milliseconds that it may take. */
  readonly limitMs: number;
  /** What to do when that has passed. */
  readonly onSilence: string;
  /**
   * Does it; undefined: there is nothing to do with this address. Rejects with words that say what to do. Lets go of
   * everything when `signal` aborts, at the end of its time too.
   */
  run(signal: CancellationSignal): Promise<ProbeResult | undefined>;
}

/** The steps of one dialect. What they leave open is closed by `leave`, which resolves when that is done. */
export interface DialectProbes {
  readonly probes: readonly Probe[];
  leave(): Promise<void>;
}

/** A step has failed, and this was seen nevertheless. */
export class StepFailed extends ExpectedError {
  constructor(
    message: string,
    readonly seen: readonly string[],
  ) {
    super('step-failed', message);
  }
}

export interface DiagnoseParts {
  readonly clock: Clock;
  readonly signal: CancellationSignal;
  /** Told when a step begins. */
  readonly onStep?: (name: DiagnosisStepName) => void;
}

/** Takes the steps until one fails. Never rejects; every probe has a step in the result. */
export async function takeSteps(
  probes: readonly Probe[],
  { clock, signal, onStep }: DiagnoseParts,
): Promise<readonly DiagnosisStep[]> {
  const steps: DiagnosisStep[] = [];
  let isOver = false;
  for (const probe of probes) {
    if (isOver || signal.aborted) {
      steps.push({ name: probe.name, outcome: isOver ? 'not-reached' : 'cancelled', seen: [] });
      isOver = true;
      continue;
    }
    onStep?.(probe.name);
    const step = await takeStep(probe, clock, signal);
    steps.push(step);
    isOver = step.outcome === 'failed' || step.outcome === 'cancelled';
  }
  return steps;
}

async function takeStep(
  probe: Probe,
  clock: Clock,
  signal: CancellationSignal,
): Promise<DiagnosisStep> {
  const { name, limitMs, onSilence } = probe;
  const began = clock.now();
  const took = (): { readonly tookMs: number } => ({ tookMs: clock.now() - began });
  const end = new Cancellation();
  let ended: 'in-time' | 'late' | 'cancelled' = 'in-time';
  const over = new Promise<never>((_, reject) => {
    end.addEventListener('abort', () => reject(new ExpectedError('given-up', '')));
  });
  over.catch(() => undefined);
  const limit = clock.after(limitMs, () => {
    ended = 'late';
    end.abort();
  });
  const giveUp = (): void => {
    ended = 'cancelled';
    end.abort();
  };
  signal.addEventListener?.('abort', giveUp);
  const isStill = (state: typeof ended): boolean => ended === state;
  try {
    const result = await Promise.race([probe.run(end), over]);
    if (result === undefined) {
      return { name, outcome: 'skipped', seen: [] };
    }
    const { seen, warning } = result;
    return warning === undefined
      ? { name, outcome: 'passed', ...took(), seen }
      : { name, outcome: 'warning', ...took(), seen, words: warning };
  } catch (error) {
    if (isStill('cancelled')) {
      return { name, outcome: 'cancelled', ...took(), seen: [] };
    }
    const seen = error instanceof StepFailed ? error.seen : [];
    const words = isStill('late')
      ? `Nothing came within ${limitMs / 1000} s. ${onSilence}`
      : messageOf(error);
    const code = error instanceof ExpectedError && !isStill('late') ? { code: error.code } : {};
    return { name, outcome: 'failed', ...took(), seen, words, ...code };
  } finally {
    limit.dispose();
    signal.removeEventListener?.('abort', giveUp);
  }
}
