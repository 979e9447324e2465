import assert from 'node:assert/strict';
import fs from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { FAULT_KINDS } from '../../../../src/simulator/faults';
import { SHIPPED_SCENARIOS } from '../../../../src/simulator/scenario/shippedScenarios';
import { goodScenario, problemLines, problemsOf, smallScenario } from './support';

const SCHEMA = JSON.parse(
  fs.readFileSync('media/scenarios/scenario.schema.json', 'utf8'),
) as Record<string, unknown>;

/** The small scenario with one property changed. */
function withMember(name: string, value: unknown): string {
  return JSON.stringify({ ...smallScenario(), [name]: value }, null, 2);
}

/** The words of what is wrong with a scenario with one property changed. */
function wordsOf(name: string, value: unknown): readonly string[] {
  return problemsOf(withMember(name, value)).map(({ text }) => text);
}

describe('A scenario file', () => {
  const valid = new Ajv({ strict: false, allErrors: true }).compile(SCHEMA);

  it('is read whole when nothing is wrong with it', () => {
    const scenario = goodScenario();
    assert.deepEqual(
      {
        name: scenario.name,
        seed: scenario.seed,
        agents: scenario.configuration.agents.map(({ id, enabled }) => [id, enabled]),
        streams: scenario.happenings.map(({ name, deeds }) => [name, deeds.length]),
        newWork: scenario.newWork.mediaType,
        faults: scenario.faults,
      },
      {
        name: 'Small',
        seed: 3,
        agents: [
          ['A1', true],
          ['A2', true],
          ['A3', true],
        ],
        streams: [
          ['mail comes in', 1],
          ['people work', 5],
        ],
        newWork: 'email',
        faults: [],
      },
    );
  });

  it('ships without mistakes, by our reader and by the schema', () => {
    for (const { id, source } of SHIPPED_SCENARIOS) {
      assert.deepEqual(problemLines(source), [], id);
      assert.equal(valid(JSON.parse(source)), true, `${id}: ${JSON.stringify(valid.errors)}`);
    }
    assert.equal(valid(smallScenario()), true, JSON.stringify(valid.errors));
  });

  it('tells several mistakes at once, each at its place and with what to do', () => {
    const source = [
      '{',
      '  "name": "Wrong",',
      '  "tenants": [1],',
      '  "mediaTypes": ["email"],',
      '  "agents": [{ "id": "A1", "name": "A", "tenant": 7, "place": "Desk-11" }],',
      '  "places": [{ "id": "Desk-1", "enabeld": false }, { "id": "Desk-1" }],',
      '  "workbinTypes": [{ "type": "mine", "title": "Mine", "ownerKind": "agent" }],',
      '  "templates": { "mail": { "mediaType": "mail" } },',
      '  "happening": []',
      '}',
    ].join('\n');
    assert.deepEqual(problemLines(source), [
      '5:51 7: There is no tenant 7. Known are 1.',
      '5:63 "Desk-11": There is no place "Desk-11". Did you mean "Desk-1"?',
      '6:32 "enabeld": "enabeld" is not known here. Did you mean "enabled"?',
      '6:60 "Desk-1": Place "Desk-1" is there already; names are given once.',
      '7:68 "agent": "Agent", "Place", "PlaceGroup" or "AgentGroup" must stand here. Did you mean "Agent"?',
      '9:3 "happening": "happening" is not known here. Did you mean "happenings"?',
    ]);
  });

  it('goes on behind commas too many and too few and behind comments', () => {
    const source = '{\n  // who\n  "name": "x"\n  "tenants": [1,],\n  "seed": one\n}';
    assert.deepEqual(
      problemLines(source).filter((line) => !line.includes('is missing in this object')),
      [
        '2:3 // who: A scenario cannot hold comments; use "description" instead.',
        '3:13 ": A comma is missing behind this.',
        '4:16 ,: Nothing follows this comma; delete it.',
        "5:11 one: 'one' is no value; write a text in double quotes, a number, true or false.",
        '5:11 one: A whole number from 0 to 2147483647 must stand here.',
      ],
    );
  });

  it('says where a text breaks off', () => {
    const cases: readonly (readonly [source: string, problem: string])[] = [
      ['', '1:1 : A value is missing here.'],
      ['{', "1:1 {: This is never closed; a '}' is missing."],
      ['{"name": "x', '1:10 ": This text has no end; a double quote is missing.'],
      ['{"name" 3}', '1:9 3: A colon and a value must follow "name".'],
      ['{name: 3}', '1:2 n: A property name in double quotes must stand here.'],
      ['[]', '1:1 []: An object in curly brackets must stand here.'],
      ['['.repeat(60), '1:51 [: Lists and objects nest more than 50 deep; make this flatter.'],
    ];
    assert.deepEqual(
      cases.map(([source]) => problemLines(source)),
      cases.map(([, problem]) => [problem]),
    );
  });

  it('knows names that do not fit together', () => {
    assert.deepEqual(
      [
        wordsOf('agentGroups', [{ name: 'Team', members: ['A1', 'A9'] }]),
        wordsOf('interactions', [{ template: 'mails', workbin: 'team@Team' }]),
        wordsOf('interactions', [{ template: 'mail', workbin: 'teem@Team' }]),
        wordsOf('interactions', [{ template: 'mail', workbin: 'mine@A4' }]),
        wordsOf('interactions', [{ template: 'mail', workbin: 'mine' }]),
        wordsOf('interactions', [{ template: 'mail', workbin: 'old@A1' }]),
        wordsOf('interactions', [{ template: 'mail', queue: 'outbound' }]),
        wordsOf('interactions', [{ template: 'mail' }]),
        wordsOf('interactions', [{ template: 'mail', workbin: 'mine@A1', contact: 2 }]),
        wordsOf('newWork', 'letter'),
      ],
      [
        ['There is no agent "A9". Did you mean "A1"?'],
        ['There is no template "mails". Did you mean "mail"?'],
        ['There is no workbin type "teem". Did you mean "team"?'],
        ['There is no Agent "A4". Did you mean "A1"?'],
        ['An owner is missing: write mine@A1.'],
        ['Workbin type "old" is not active, so that nothing can lie there.'],
        ['There is no queue "outbound". Known are inbound.'],
        ['Either "workbin" or "queue" must say where this lies.'],
        ['A whole number from 0 to 1 must stand here.'],
        ['There is no template "letter". Known are mail.'],
      ],
    );
  });

  it('knows mistakes in values that are drawn and in placeholders', () => {
    const wrong = (value: unknown): readonly string[] =>
      wordsOf('templates', { mail: { mediaType: 'email', properties: { X: value } } });
    assert.deepEqual(
      [
        { $oneof: [1] },
        { $oneOf: [] },
        { $between: [3, 1] },
        { $every: 0, value: 1 },
        { $each: [1], more: 2 },
        '{contact.nmae}',
        '{nn}',
      ].map((value) => wrong(value)[0]),
      [
        'Only $oneOf, $each, $between, $every begin with a dollar, each first in its object. Did you mean "$oneOf"?',
        '"$oneOf" is followed by a list of values.',
        '"$between" is followed by two whole numbers, the smaller one first: [1, 6].',
        '"$every" is followed by a whole number from 1 on.',
        'Beside "$each" nothing else can stand.',
        'Not every contact has "nmae". Did you mean "name"?',
        '{nn} is no placeholder; those are {n}, {i}, {n%8}, {n*3+100} and {contact.name}.',
      ],
    );
    assert.deepEqual(
      wordsOf('templates', { mail: { mediaType: 'email', properties: { Queue: 'x' } } }),
      ['"Queue" is the server\'s own property; leave it out.'],
    );
  });

  it('knows mistakes in happenings and faults', () => {
    const stream = (deed: unknown): unknown => [{ name: 's', perMinute: 1, deeds: [deed] }];
    assert.deepEqual(
      [
        wordsOf('happenings', stream({ do: 'pul', from: ['mine@*'] })),
        wordsOf('happenings', stream({ do: 'pull' })),
        wordsOf('happenings', stream({ do: 'finish', agents: ['B1'] })),
        wordsOf('happenings', stream({ from: ['mine@*'] })),
        wordsOf('faults', [{ fault: 'dropAnswer' }]),
        wordsOf('faults', [{ fault: 'dropAnswer', nth: 1, ms: 5 }]),
      ],
      [
        [
          '"arrive", "pull", "placeBack", "handOver", "finish" or "change" must stand here. Did you mean "pull"?',
        ],
        ['"from" is missing in this object.'],
        ['There is no agent "B1". Did you mean "A1"?'],
        ['"do" must say what happens: arrive, pull, placeBack, handOver, finish, change.'],
        ['One of "probability", "nth" and "every" must say when this happens.'],
        ['"ms" belongs to "delayAnswer" only; delete it.'],
      ],
    );
    const faults = FAULT_KINDS.map((fault) => ({ fault, probability: 0.5 }));
    assert.equal(goodScenario({ ...smallScenario(), faults }).faults.length, FAULT_KINDS.length);
    assert.equal(valid({ ...smallScenario(), faults }), true, JSON.stringify(valid.errors));
  });

  it('is bounded in size and in the number of mistakes', () => {
    assert.match(problemLines(`{"name": "${'x'.repeat(5_000_000)}"}`)[0] ?? '', /at most 4194304/);
    const agents = Array.from({ length: 1000 }, () => ({ idd: 1 }));
    assert.equal(problemsOf(withMember('agents', agents)).length, 200);
    assert.match(
      wordsOf('interactions', [
        { template: 'mail', workbin: 'mine@A1', count: 20_000 },
        { template: 'mail', workbin: 'mine@A1' },
      ]).join(),
      /at most 20000 interactions/,
    );
  });

  it('takes names such as __proto__ for names', () => {
    const source = JSON.stringify(smallScenario()).replace('"mail":', '"__proto__":');
    assert.deepEqual(
      problemsOf(source).map(({ text }) => text),
      Array.from({ length: 2 }, () => 'There is no template "mail". Known are __proto__.'),
    );
    assert.match(problemsOf('{"__proto__": {"name": 1}}')[0]?.text ?? '', /missing|not known/);
  });

  it('never throws, whatever is torn out of it or put into it, and marks what is there', () => {
    const source = JSON.stringify(smallScenario(), null, 1);
    fc.assert(
      fc.property(
        fc.nat(source.length),
        fc.nat(40),
        fc.string({ maxLength: 5 }),
        (at, length, instead) => {
          const torn = source.slice(0, at) + instead + source.slice(at + length);
          const lines = torn.split('\n');
          for (const { line, column, length: marked, text } of problemsOf(torn)) {
            assert.ok(text !== '' && line >= 1 && line <= lines.length && marked >= 1);
            assert.ok(column >= 1 && column <= (lines[line - 1] ?? '').length + 1);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('has nothing to complain of in what the schema takes, and is taken by it, when a value changes', () => {
    // Numbers and flags at random places: both sides must agree whether they fit.
    const value = fc.oneof(
      fc.integer(),
      fc.boolean(),
      fc.constant('x'),
      fc.constant(null),
      fc.constant([]),
    );
    const names = Object.keys(smallScenario()).filter((name) => name !== 'name');
    fc.assert(
      fc.property(fc.constantFrom(...names), value, (name, instead) => {
        const changed = { ...smallScenario(), [name]: instead };
        if (problemsOf(JSON.stringify(changed)).length === 0) {
          assert.equal(valid(changed), true, `${name}: ${JSON.stringify(valid.errors)}`);
        }
      }),
    );
  });
});
