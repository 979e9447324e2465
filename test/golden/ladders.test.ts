import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { EVERYTHING, type LadderQuery } from '../../src/core/filter/query';
import { TraceView } from '../../src/session/traceView/traceView';
import { SMALL_LANGUAGE } from '../unit/session/traceView/smallLanguage';
import { ladderText } from '../support/ladderText';
import { playScenario } from '../support/scenario';

/** Each `NAME.scenario.txt` has its `NAME.ladder.txt`; UPDATE_GOLDEN=1 writes what is drawn now. */
const FOLDER = path.join(process.cwd(), 'test', 'golden', 'ladders');

/** Ladders that a query limits or orders; each has its `SCENARIO.VIEW.ladder.txt`. */
const VIEWS: readonly {
  readonly view: string;
  readonly scenario: string;
  readonly query: Partial<LadderQuery>;
}[] = [
  { view: 'by-phase', scenario: 'notifications', query: { order: 'phase' } },
  { view: 'by-phase', scenario: 'unanswered-late-interrupted', query: { order: 'phase' } },
  { view: 'events', scenario: 'notifications', query: { filter: 'Event' } },
  {
    view: 'failed-phases',
    scenario: 'proxy-clients',
    query: { filter: 'EventError', scope: 'phases' },
  },
  { view: 'second', scenario: 'notifications', query: { range: { from: 300, to: 400 } } },
];

const PACE = {
  now: () => 0,
  after: () => ({ dispose: () => undefined }),
  yield: () => Promise.resolve(),
};

describe('golden ladders', () => {
  const names = fs
    .readdirSync(FOLDER)
    .filter((file) => file.endsWith('.scenario.txt'))
    .map((file) => file.slice(0, -'.scenario.txt'.length));

  for (const name of names) {
    it(name, async () => {
      const scenario = fs.readFileSync(path.join(FOLDER, `${name}.scenario.txt`), 'utf8');
      const { trace } = await playScenario(scenario);
      const { lifelines, rows } = trace.status;
      const drawn = ladderText(lifelines, await trace.rows(0, rows));
      const file = path.join(FOLDER, `${name}.ladder.txt`);
      if (process.env['UPDATE_GOLDEN'] === '1') {
        fs.writeFileSync(file, drawn);
      }
      assert.equal(drawn, fs.readFileSync(file, 'utf8'));
    });
  }

  for (const { view, scenario, query } of VIEWS) {
    it(`${scenario}, ${view}`, async () => {
      const text = fs.readFileSync(path.join(FOLDER, `${scenario}.scenario.txt`), 'utf8');
      const { trace } = await playScenario(text);
      const ladder = new TraceView({
        trace,
        search: () => Promise.reject(new Error('No bodies are searched here.')),
        pace: PACE,
        language: SMALL_LANGUAGE,
        onProblem: (error) => assert.fail(String(error)),
      });
      const answer = await ladder.setQuery({ ...EVERYTHING, ...query }, undefined);
      assert.equal(answer.ok, true);
      const drawn = ladderText(trace.status.lifelines, ladder.rows(0, ladder.rowCount));
      const file = path.join(FOLDER, `${scenario}.${view}.ladder.txt`);
      if (process.env['UPDATE_GOLDEN'] === '1') {
        fs.writeFileSync(file, drawn);
      }
      assert.equal(drawn, fs.readFileSync(file, 'utf8'));
    });
  }

  it('has a scenario for every phase model', async () => {
    const { PHASE_MODELS } = await import('../../src/core/phases/models');
    const drawn = names
      .map((name) => fs.readFileSync(path.join(FOLDER, `${name}.ladder.txt`), 'utf8'))
      .join('\n');
    const missing = PHASE_MODELS.filter(
      ({ title, success }) =>
        (success.length > 0 && !new RegExp(`== ${title} \\|.*completed`).test(drawn)) ||
        !new RegExp(`== ${title} \\|.*failed`).test(drawn),
    ).map(({ title }) => title);
    // A content request that fails becomes "Agent Fails to Get Workbin Content".
    assert.deepEqual(missing, ['Agent Gets Workbin Content']);
  });
});
