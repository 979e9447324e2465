/** Fields whose values are texts: names, workbins, owners, interactions. */
import { ok } from '../base/result';
import type { Field } from './field';
import type { FilterIndex, RowTest } from './filter';
import { rowTest } from './keepRows';
import { patternOf } from './pattern';
import { OneText, TextsThatFit } from './textTest';
import { ownerOf, typeOf } from './workbinParts';

const NAME: Field = {
  name: 'name',
  meaning: 'Name of the message, for example EventError or Request*',
  ordered: false,
  dependsOnPhases: false,
  known: [],
  valueIn: ({ messages }, row) => messages.name(row),
  read: (value) => {
    const pattern = patternOf(value, 'any case');
    return ok(({ messages }) => {
      const test = new TextsThatFit(messages.names, (text) => pattern.fits(text));
      return rowTest(
        (row) => test.passes(messages.nameId(row)),
        (rows, count) => test.keep(rows, count, messages.ids.nameIds),
      );
    });
  },
};

const WORKBIN: Field = {
  name: 'workbin',
  meaning: 'Workbin that the message is about: type@owner, or the type alone',
  ordered: false,
  dependsOnPhases: true,
  known: [],
  valueIn: ({ tracer }, row) => tracer.workbin(row),
  read: (value) => {
    const pattern = patternOf(value, 'any case');
    const isTypeAlone = value.text !== '' && !value.text.includes('@');
    return ok((index) =>
      testOfWorkbins(
        index,
        (text) => pattern.fits(text) || (isTypeAlone && pattern.fits(typeOf(text))),
      ),
    );
  },
};

function ownerField(name: string, meaning: string): Field {
  return {
    name,
    meaning,
    ordered: false,
    dependsOnPhases: true,
    known: [],
    valueIn: ({ tracer }, row) => ownerOf(tracer.workbin(row)),
    read: (value) => {
      const pattern = patternOf(value, 'any case');
      return ok((index) => testOfWorkbins(index, (text) => pattern.fits(ownerOf(text))));
    },
  };
}

function testOfWorkbins(
  { messages, tracer }: FilterIndex,
  fits: (workbin: string) => boolean,
): RowTest {
  const test = new TextsThatFit(messages.workbins, fits);
  const known = (row: number): number => tracer.workbinId(row);
  return rowTest(
    (row) => test.passes(known(row)),
    (rows, count) => test.keep(rows, count, messages.ids.workbinIds, known),
  );
}

const INTERACTION: Field = {
  name: 'interaction',
  meaning: 'Id of the interaction, letter by letter',
  ordered: false,
  dependsOnPhases: false,
  known: [],
  valueIn: ({ messages }, row) => messages.interactionId(row),
  read: (value) => {
    // Ids differ by case alone; and to compare a million of them without it takes a second.
    const pattern = patternOf(value, 'same case');
    return ok(({ messages }) => {
      const { exact } = pattern;
      if (exact !== undefined) {
        const one = new OneText(messages.interactions, exact);
        return (row) => one.passes(messages.interactionNumber(row));
      }
      const test = new TextsThatFit(messages.interactions, (text) => pattern.fits(text));
      return rowTest(
        (row) => test.passes(messages.interactionNumber(row)),
        (rows, count) => test.keep(rows, count, messages.ids.interactionNumbers),
      );
    });
  },
};

export const TEXT_FIELDS: readonly Field[] = [
  NAME,
  WORKBIN,
  ownerField('owner', 'Owner of the workbin: an agent, a place or a group'),
  ownerField('agent', 'Agent whose workbin it is: the same as owner'),
  INTERACTION,
];
