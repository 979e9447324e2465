import assert from 'node:assert/strict';
import { withoutLinks } from '../../../src/host/withoutLinks';

/** What VS Code takes for a link in a notification. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

describe('a text without links', () => {
  it('holds none, whatever somebody wrote', () => {
    for (const text of [
      '[Try again](command:workbench.action.quit)',
      '[a](command:x) and [b](https://genesys.example/)',
      '[[a](command:x)](command:y)',
      '[a](command:x "title")',
      '[a](FILE:///etc/passwd)',
    ]) {
      assert.match(text, LINK);
      assert.doesNotMatch(withoutLinks(text), LINK);
      assert.equal(withoutLinks(text).replaceAll('\u200b', ''), text);
    }
  });

  it('is the same where it holds none', () => {
    const text = 'Agent [A1001] (Desk-101) is not registered: Error (41)';
    assert.equal(withoutLinks(text), text);
  });
});
