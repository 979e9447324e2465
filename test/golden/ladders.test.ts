import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { ladderText } from '../support/ladderText';
import { playScenario } from '../support/scenario';

/** Each `NAME.scenario.txt` has its `NAME.ladder.txt`; UPDATE_GOLDEN=1 writes what is drawn now. */
const FOLDER = path.join(process.cwd(), 'test', 'golden', 'ladders');

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
