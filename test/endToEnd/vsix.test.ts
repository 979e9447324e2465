import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { vsixFiles } from '../environment/build';
import { inProject } from '../environment/paths';
import { testedVsix } from '../environment/vsixUnderTest';

describe('the VSIX', () => {
  it('holds what runs and what a person reads, and nothing else', async () => {
    const pattern =
      /^(dist\/(extension|main|scanWorker|webview|requestForm)\.(js|css)|dist\/request\.schema\.json|dist\/\w+\.ttf|media\/(readme\/)?[\w-]+\.(svg|png)|media\/walkthrough\/\w+\.md|media\/scenarios\/scenario\.schema\.json|[A-Z]+(\.md)?|package(\.nls)?\.json)$/;
    const files = await vsixFiles();
    assert.deepEqual(
      files.filter((file) => !pattern.test(file)),
      [],
    );
    const needed = [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/extension.js',
      'dist/main.js',
      'dist/request.schema.json',
      'dist/requestForm.css',
      'dist/requestForm.js',
      'dist/scanWorker.js',
      'dist/webview.css',
      'dist/webview.js',
      'package.json',
    ];
    assert.deepEqual(
      needed.filter((file) => !files.includes(file)),
      [],
    );
  });

  it('stays below 450 kB without the pictures of the README', async () => {
    const pictures = (await vsixFiles()).filter((file) => file.startsWith('media/readme/'));
    const size = pictures.reduce(
      (rest, file) => rest - statSync(inProject(file)).size,
      statSync(testedVsix()).size,
    );
    assert.ok(size < 450_000, `${size} bytes`);
  });
});
