import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { parseCounts } from '../../environment/counts';
import { inProject } from '../../environment/paths';

/** Runs a test file in a process of its own, as the test command does. */
function countsOf(text: string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mocha-run-'));
  try {
    const [file, result] = ['some.test.js', 'counts.json'].map((name) => path.join(folder, name));
    writeFileSync(file ?? '', text);
    const entry = inProject('out', 'test', 'environment', 'plainTests.entry.js');
    execFileSync(process.execPath, [entry, result ?? '', '5000', file ?? ''], { stdio: 'ignore' });
    return parseCounts(readFileSync(result ?? '', 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the run of tests', () => {
  it('counts what passed, failed and was skipped', () => {
    const text = `it('a', () => {}); it('b', () => { throw new Error(); }); it.skip('c', () => {});`;
    assert.deepEqual(countsOf(text), { passed: 1, failed: 1, skipped: 1 });
  });

  it('counts as failed what a suite that bails out leaves out, which Mocha does not tell', () => {
    const text = `it('a', () => { throw new Error(); });
      describe('b', function () { this.bail(true); it('c', () => {}); it('d', () => {}); });`;
    assert.deepEqual(countsOf(text), { passed: 0, failed: 3, skipped: 0 });
  });

  it('counts as failed what a failing hook takes with it', () => {
    const text = `describe('a', () => { before(() => { throw new Error(); });
      it('b', () => {}); it('c', () => {}); });`;
    assert.deepEqual(countsOf(text), { passed: 0, failed: 2, skipped: 0 });
  });
});
