/** Ties a filter to a trace: one function per row, made of tests that look at each distinct text once. */
import { assertNever } from '../base/assert';
import type { Expression, Filter, FilterIndex, RowTest } from './filter';
import { keepAll, rowTest } from './keepRows';
import { TextsThatFit } from './textTest';

export interface CompiledFilter {
  /** True where a message is let through. */
  readonly matches: RowTest;
  /** Texts that are looked for in bodies, in small letters. */
  readonly freeTexts: readonly string[];
  /** True when the answer for a row may change without new rows of its own. */
  readonly dependsOnPhases: boolean;
}

/**
 * `bodies` gives the test of whether the body of a message contains one of the free texts; without it they are
 * looked for in names, ids and workbins alone.
 */
export function compileFilter(
  { expression, freeTexts, dependsOnPhases }: Filter,
  index: FilterIndex,
  bodies?: (text: string) => RowTest,
): CompiledFilter {
  const testOf = (part: Expression): RowTest => {
    switch (part.kind) {
      case 'everything':
        return () => true;
      case 'field':
        return part.test(index);
      case 'text':
        return testOfFreeText(part.text, index, bodies?.(part.text));
      case 'not': {
        const test = testOf(part.part);
        return (row) => !test(row);
      }
      case 'and':
        return all(cheapFirst(part.parts).map(testOf));
      case 'or':
        return any(cheapFirst(part.parts).map(testOf));
      default:
        return assertNever(part);
    }
  };
  return { matches: testOf(expression), freeTexts, dependsOnPhases };
}

/** Bodies are asked last. */
function cheapFirst(parts: readonly Expression[]): readonly Expression[] {
  return [...parts].sort((one, other) => Number(hasText(one)) - Number(hasText(other)));
}

function hasText(expression: Expression): boolean {
  switch (expression.kind) {
    case 'text':
      return true;
    case 'not':
      return hasText(expression.part);
    case 'and':
    case 'or':
      return expression.parts.some(hasText);
    case 'everything':
    case 'field':
      return false;
    default:
      return assertNever(expression);
  }
}

function testOfFreeText(
  wanted: string,
  { messages, tracer }: FilterIndex,
  body: RowTest = () => false,
): RowTest {
  const contains = (text: string): boolean => text.toLowerCase().includes(wanted);
  const name = new TextsThatFit(messages.names, contains);
  const workbin = new TextsThatFit(messages.workbins, contains);
  const interaction = new TextsThatFit(messages.interactions, contains);
  return (row) =>
    name.passes(messages.nameId(row)) ||
    workbin.passes(tracer.workbinId(row)) ||
    interaction.passes(messages.interactionNumber(row)) ||
    body(row);
}

function all(tests: readonly RowTest[]): RowTest {
  const [first, second] = tests;
  const test: RowTest =
    tests.length === 2 && first && second
      ? (row) => first(row) && second(row)
      : (row) => tests.every((one) => one(row));
  return rowTest(test, keepAll(tests));
}

function any(tests: readonly RowTest[]): RowTest {
  const [first, second] = tests;
  return tests.length === 2 && first && second
    ? (row) => first(row) || second(row)
    : (row) => tests.some((test) => test(row));
}
