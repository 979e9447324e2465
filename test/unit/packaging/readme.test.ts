import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { withTables } from '../../support/readmeTables';

describe('the README', () => {
  it('tells of every setting and every key as they are (UPDATE_README=1 writes the tables anew)', () => {
    const readme = readFileSync('README.md', 'utf8');
    const right = withTables(readme);
    if (process.env['UPDATE_README'] === '1') {
      writeFileSync('README.md', right);
    } else {
      assert.equal(readme, right);
    }
  });
});
