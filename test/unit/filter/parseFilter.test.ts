import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileFilter } from '../../../src/core/filter/compileFilter';
import { MAX_FILTER, parseFilter } from '../../../src/core/filter/parseFilter';
import { quoteValue } from '../../../src/core/filter/quoteValue';
import { anyText } from '../../support/arbitraryRecords';
import { traceRows } from '../../support/rows';

/** The part of the line that a problem is about, and its sentence. */
function problemIn(line: string): string {
  const parsed = parseFilter(line);
  if (parsed.ok) {
    return 'none';
  }
  const { at, length, text } = parsed.error;
  return `${at} "${line.slice(at, at + length)}": ${text}`;
}

/** How it groups: evaluated over every combination of three names. */
function truths(line: string): string {
  const parsed = parseFilter(line);
  assert.ok(parsed.ok, line);
  return Array.from({ length: 8 }, (_, bits) => {
    const name = ['a', 'b', 'c'].filter((__, bit) => (bits >> bit) & 1).join('');
    const index = traceRows([{ at: 0, direction: 'send', name: `-${name}` }]);
    return compileFilter(parsed.value, index).matches(0) ? '1' : '0';
  }).join('');
}

describe('lines of the filter language', () => {
  it('bind and closer than or, and not closest, whatever the spelling', () => {
    const same = [
      ['a or b and c', 'a or (b and c)', 'A OR B C', '(a)or(b)and(c)'],
      ['a and b or c', '(a b) or c'],
      ['not a and b', '(not a) b', '-a b', '-(a) AND b', 'NOT(a)b'],
      ['not a or not b c', '(-a) or (-b c)'],
    ];
    for (const [first = '', ...others] of same) {
      assert.deepEqual(
        others.map(truths),
        others.map(() => truths(first)),
        first,
      );
    }
    assert.deepEqual(['a or b and c', 'a and b or c', 'not a and b'].map(truths), [
      '01010111',
      '00011111',
      '00100010',
    ]);
  });

  it('say what is wrong, where, and what to do', () => {
    const lines = [
      'nme:x',
      'finding:x',
      'http://host',
      'zzzzzzzz:1',
      'a name:',
      'outcome:(failed or open)',
      'outcome:faild',
      'outcome:7',
      'name:>x',
      'name:[a TO b]',
      'latency:fast',
      'latency:>=5',
      'latency:[1s]',
      'latency:>[1s TO 2s]',
      'latency:[1s TO x]',
      'code:Error_workbin_inaccesible',
      'workbin:"a b',
      'latency:[1s TO',
      "'",
      '"a\\"',
      '"a\\d"',
      '(a',
      'a)',
      'a () b',
      '(a (not) b)',
      'and a',
      'a or',
      'a or or b',
      'not not a',
      'a && b',
      '!a',
      'foo*bar',
      '*',
    ];
    assert.deepEqual(lines.map(problemIn), [
      '0 "nme": There is no field nme. Did you mean name:?',
      '0 "finding": There is no field finding. Put the text in quotes to look for it everywhere.',
      '0 "http": There is no field http. Put the text in quotes to look for it everywhere.',
      '0 "zzzzzzzz": There is no field zzzzzzzz. Put the text in quotes to look for it everywhere.',
      '7 "": Write a value after name:.',
      '8 "(": A value does not begin with a (. Write (outcome:this or outcome:that).',
      '8 "faild": There is no "faild" here. Did you mean failed?',
      '8 "7": Write open, completed, failed, unanswered or interrupted.',
      '5 ">": Leave out ">": values of name have no order.',
      '5 "[a TO b]": Put the value in quotes: values of name have no order.',
      '8 "fast": Write a value such as 200ms or 1.5s.',
      '10 "5": Write a value such as 200ms or 1.5s.',
      '8 "[1s]": Write a range as [from TO to]; each end is a value such as 200ms or 1.5s, or *.',
      '9 "[1s TO 2s]": Leave out ">": a range has both ends.',
      '8 "[1s TO x]": Write a range as [from TO to]; each end is a value such as 200ms or 1.5s, or *.',
      '5 "Error_workbin_inaccesible": No error code is named so. Did you mean Error_workbin_inaccessible?',
      '8 ""a b": Close this by a ".',
      '8 "[1s TO": Close this range by a ]: [from TO to].',
      "0 \"'\": Write what to look for after this ', and close it by a '.",
      '0 ""a\\"": Close this by a ".',
      '2 "\\": Write \\\\ for a backslash.',
      '0 "(": Close this parenthesis by a ).',
      '1 ")": Remove this ), or put a ( before it.',
      '2 "()": Write something between the parentheses.',
      '7 ")": Write something before this parenthesis.',
      '0 "and": Write something before and.',
      '2 "or": Write something after or.',
      '5 "or": Write something before or.',
      '4 "not": Write not once.',
      '2 "&&": Write and instead of &&.',
      '0 "!": Write not instead of !.',
      '0 "foo*bar": Put this text in quotes, or write a field before it (name:...): what is looked for everywhere has no wildcards.',
      '0 "*": Write what to look for.',
    ]);
  });

  it('say how to go on while they are being typed', () => {
    const half: Readonly<Record<string, string>> = {
      'name:': '5 "": Write a value after name:.',
      'latency:>': '9 "": Write a value such as 200ms or 1.5s.',
      'at:': '3 "": Write a value such as 1m30s or 13:05:10.',
      'outcome:': '8 "": Write open, completed, failed, unanswered or interrupted.',
      'name:"': '5 """: Write what to look for after this ", and close it by a ".',
      'name:"a': '5 ""a": Close this by a ".',
      'name:(':
        '5 "(": A value does not begin with a (. Write (name:this or name:that), or put it in quotes.',
      'name:(a)':
        '5 "(": A value does not begin with a (. Write (name:this or name:that), or put it in quotes.',
      'latency:>(': '9 "(": A value does not begin with a (. Write (latency:this or latency:that).',
      'name:a(': '6 "(": Put a value with a ( in quotes, or a space before this one.',
      'name:[': '5 "[": Put the value in quotes: values of name have no order.',
      'at:[': '3 "[": Close this range by a ]: [from TO to].',
      'at:{1m': '3 "{1m": Close this range by a }: {from TO to}.',
      '[1m TO': '0 "[1m": Write a field before a range: latency:[1s TO 2s] or at:[1m TO 2m].',
      '(': '0 "(": Write something after this (, and close it by a ).',
      'not (': '4 "(": Write something after this (, and close it by a ).',
      '(a and': '3 "and": Write something after and.',
      '(a and b': '0 "(": Close this parenthesis by a ).',
      not: '0 "not": Write something after not.',
      'a and': '2 "and": Write something after and.',
      // These are texts and names like others.
      '[': 'none',
      'name:/': 'none',
      '-': 'none',
    };
    assert.deepEqual(
      Object.fromEntries(Object.keys(half).map((line) => [line, problemIn(line)])),
      half,
    );
  });

  it('have limits: their length, their nesting, the length of a free text', () => {
    const nested = (depth: number): string => '('.repeat(depth) + 'a' + ')'.repeat(depth);
    assert.deepEqual(
      ['x'.repeat(1000), 'a '.repeat(1000), nested(20), `"${'\\"'.repeat(900)}"`].map(problemIn),
      ['none', 'none', 'none', 'none'],
    );
    assert.equal(problemIn(nested(21)), '20 "(": Use at most 20 parentheses within each other.');
    assert.match(problemIn('x'.repeat(1001)), /Shorten this text to 1,000 characters/);
    assert.match(
      problemIn('x'.repeat(MAX_FILTER + 5)),
      /^2000 "xxxxx": Shorten the filter to 2,000/,
    );
  });

  it('tell of their free texts, and whether phases change what they let through', () => {
    const lines = ['', 'Name:a', 'outcome:open', 'b *A* "B" -c', 'workbin:a or code:1'];
    const told = lines.map((line) => {
      const parsed = parseFilter(line);
      assert.ok(parsed.ok);
      const { freeTexts, freeTextAt, dependsOnPhases } = parsed.value;
      return [freeTexts, freeTextAt, dependsOnPhases];
    });
    assert.deepEqual(told, [
      [[], undefined, false],
      [[], undefined, false],
      [[], undefined, true],
      [['b', 'a', 'c'], { at: 0, length: 1 }, false],
      [[], undefined, true],
    ]);
  });

  it('are understood or refused with a place inside, whatever they are', () => {
    const pieces = [
      'name:',
      'at:',
      '[',
      ']',
      '(',
      ')',
      'and ',
      'or ',
      'not ',
      '-',
      '"',
      "'",
      '\\',
      'a',
      '*',
      ' ',
      '>',
      '1s',
      '__proto__',
      'constructor:',
    ];
    const line = fc.oneof(
      anyText,
      fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join('')),
      fc.string({ maxLength: 2100, minLength: 1900 }),
    );
    fc.assert(
      fc.property(line, (text) => {
        const parsed = parseFilter(text);
        if (!parsed.ok) {
          const { at, length, text: sentence } = parsed.error;
          assert.ok(at >= 0 && length >= 0 && at + length <= text.length, `${at}+${length}`);
          assert.match(sentence, /[.?]$/);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('find exactly a text that was quoted for them', () => {
    fc.assert(
      fc.property(anyText, anyText, (name, other) => {
        const index = traceRows(
          [name, other].map((text) => ({ at: 0, direction: 'send', name: text })),
        );
        const parsed = parseFilter(`(name:${quoteValue(name)})`);
        assert.ok(parsed.ok, quoteValue(name));
        const { matches } = compileFilter(parsed.value, index);
        assert.deepEqual(
          [matches(0), matches(1)],
          [true, name.toLowerCase() === other.toLowerCase()],
        );
      }),
    );
    assert.deepEqual(['draft@Kim', 'a b', '', 'or', '*', '-a', 'say "hi"', 'ü-1'].map(quoteValue), [
      'draft@Kim',
      '"a b"',
      '""',
      '"or"',
      '"*"',
      '"-a"',
      '"say \\"hi\\""',
      'ü-1',
    ]);
  });
});
