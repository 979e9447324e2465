import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

describe('Workspace API v3 client in a process that others share', () => {
  it('makes and changes no global, although the CometD client expects a browser’s', async () => {
    const program = join(__dirname, 'globals.entry.js');
    const { stdout } = await promisify(execFile)(process.execPath, [program]);
    assert.deepEqual(JSON.parse(stdout), { kind: 'connected', ok: true, changed: [] });
  });
});
