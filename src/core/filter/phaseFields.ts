/** Fields whose values belong to the phase of a message. Messages without a phase have none. */
import { ok } from '../base/result';
import type { Outcome } from '../phases/model';
import { PHASE_MODELS } from '../phases/models';
import { readBounds, testOfBounds } from './bounds';
import type { Field, KnownValue } from './field';
import type { FilterIndex, RowTest } from './filter';
import { patternOf } from './pattern';
import { readDuration } from './times';
import { readWord } from './wordField';

/** A test of rows made from one of phases. `none`: the answer for rows without a phase. */
function testOfPhases(
  { tracer }: FilterIndex,
  test: (phase: number) => boolean,
  none = false,
): RowTest {
  return (row) => {
    const phase = tracer.phaseOf(row);
    return phase < 0 ? none : test(phase);
  };
}

const PHASE: Field = {
  name: 'phase',
  meaning: 'Title or id of the phase that the message is part of',
  ordered: false,
  dependsOnPhases: true,
  known: PHASE_MODELS.map(({ title, id }) => ({ text: title, detail: `phase:${id}` })),
  valueIn: ({ tracer }, row) => {
    const phase = tracer.phaseOf(row);
    return phase < 0 ? '' : tracer.table.model(tracer.phases.model(phase)).title;
  },
  read: (value) => {
    const pattern = patternOf(value, 'any case');
    return ok((index) => {
      const { phases, table } = index.tracer;
      const models = table.models.map(({ id, title }) => pattern.fits(id) || pattern.fits(title));
      const test = (phase: number): boolean => models[phases.model(phase)] === true;
      return testOfPhases(index, test, pattern.fits(''));
    });
  },
};

const OUTCOMES: readonly KnownValue[] = [
  { text: 'open', detail: 'no answer yet' },
  { text: 'completed', detail: 'answered as documented' },
  { text: 'failed', detail: 'answered by an error' },
  { text: 'unanswered', detail: 'no answer within the time limit' },
  { text: 'interrupted', detail: 'the connection ended, or something was missed' },
] satisfies readonly { readonly text: Outcome; readonly detail: string }[];

const OUTCOME: Field = {
  name: 'outcome',
  meaning: 'How the phase of the message ended',
  ordered: false,
  dependsOnPhases: true,
  known: OUTCOMES,
  valueIn: ({ tracer }, row) => {
    const phase = tracer.phaseOf(row);
    return phase < 0 ? '' : tracer.phases.outcome(phase);
  },
  read: (value) =>
    readWord(value, OUTCOMES, (fits) => (index) => {
      const { phases } = index.tracer;
      const test = (phase: number): boolean => fits(phases.outcome(phase));
      return testOfPhases(index, test, fits(''));
    }),
};

const STATES: readonly KnownValue[] = [
  { text: 'late', detail: 'the phase was answered after its time limit' },
  { text: 'live', detail: 'the phase may still be followed by notifications' },
  { text: 'bookmarked', detail: 'the message has a bookmark' },
];

const IS: Field = {
  name: 'is',
  meaning: 'Whether the phase of the message is late or live, or the message bookmarked',
  ordered: false,
  dependsOnPhases: true,
  known: STATES,
  read: (value) =>
    readWord(value, STATES, (fits) => (index) => {
      const { phases } = index.tracer;
      const late = fits('late');
      const live = fits('live');
      const test = (phase: number): boolean =>
        (late && phases.late(phase)) || (live && phases.live(phase));
      const ofPhase = testOfPhases(index, test);
      const { isBookmarked } = index;
      return fits('bookmarked') && isBookmarked !== undefined
        ? (row) => ofPhase(row) || isBookmarked(row)
        : ofPhase;
    }),
};

const LATENCY: Field = {
  name: 'latency',
  meaning: 'Time from the request of its phase to the answer, for example >200ms',
  ordered: true,
  dependsOnPhases: true,
  known: [
    { text: '200ms', detail: 'slower than 200 milliseconds', comparison: '>' },
    { text: '1s', detail: 'slower than a second', comparison: '>' },
    { text: '10s', detail: 'slower than ten seconds', comparison: '>' },
  ],
  read: (value) => {
    const bounds = readBounds(value, readDuration, '200ms or 1.5s');
    return bounds.ok
      ? ok((index) => {
          const test = testOfBounds(bounds.value);
          const { phases } = index.tracer;
          return testOfPhases(
            index,
            (phase) =>
              phases.answerRow(phase) >= 0 &&
              test(phases.endTime(phase) - index.messages.time(phases.requestRow(phase))),
          );
        })
      : bounds;
  },
};

export const PHASE_FIELDS: readonly Field[] = [PHASE, OUTCOME, LATENCY, IS];
