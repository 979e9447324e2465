import { STEP, type Work } from '../../core/base/work';
import { type MessageList } from '../../core/ladder/layout';
import { PhaseSet } from '../../core/phases/phaseSet';
import type { Tracer } from '../../core/phases/tracer';

/** The phases of which a list holds a message. */
export function* shownPhases(tracer: Tracer, list: MessageList): Work<PhaseSet> {
  const phases = new PhaseSet();
  for (let index = 0; index < list.length; index++) {
    const phase = tracer.phaseOf(list.at(index) ?? -1);
    if (phase >= 0) {
      phases.add(phase);
    }
    if (index % STEP === 0) {
      yield;
    }
  }
  return phases;
}
