import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { withTables } from '../../support/readmeTables';

describe('the README', () => {
  it('tells of every setting and every key as they are (UPDATE_README=1 writes the tables anew)', async () => {
    const readme = readFileSync('README.md', 'utf8');
    const right = await withTables(readme);
    if (process.env['UPDATE_README'] === '1') {
      writeFileSync('README.md', right);
    } else {
      assert.equal(readme, right);
    }
  });

  it('shows pictures that are there, as does the walkthrough', () => {
    const texts = ['README.md', 'package.json'].map((file) => readFileSync(file, 'utf8'));
    const files = texts.flatMap((text) => text.match(/media\/[\w/.-]+\.(png|svg|md)/g) ?? []);
    assert.ok(files.length > 4);
    assert.deepEqual(
      files.filter((file) => !existsSync(file)),
      [],
    );
  });

  it('has a walkthrough of at most four steps, whose commands exist', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      readonly contributes: {
        readonly commands: readonly { readonly command: string }[];
        readonly walkthroughs: readonly {
          readonly steps: readonly {
            readonly description: string;
            readonly completionEvents: readonly string[];
          }[];
        }[];
      };
    };
    const words = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
    const commands = new Set(contributes.commands.map(({ command }) => command));
    for (const { steps } of contributes.walkthroughs) {
      assert.ok(steps.length <= 4);
      const text = steps.map(
        ({ description, completionEvents }) =>
          `${words[description.slice(1, -1)] ?? ''} ${completionEvents.join(' ')}`,
      );
      const named = text.join(' ').match(/(?<=command:|onCommand:)[\w.]+/g) ?? [];
      assert.ok(named.length >= steps.length);
      assert.deepEqual(
        named.filter((command) => !commands.has(command)),
        [],
      );
    }
  });
});
