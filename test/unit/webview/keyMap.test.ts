import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  chordOf,
  KEY_MAP,
  ladderKeyOf,
  rowKeyOf,
  shortcutOf,
} from '../../../src/webview/keys/keyMap';

const PLAIN = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

/** A key event as a keyboard makes it for a chord of the map. */
function pressed(chord: string) {
  const parts = chord.split(/\+(?=.)/);
  const name = parts.at(-1) ?? '';
  return {
    ...PLAIN,
    ctrlKey: parts.includes('Ctrl'),
    altKey: parts.includes('Alt'),
    shiftKey: parts.includes('Shift') || '?<>+'.includes(name),
    key: name === 'Space' ? ' ' : /^[A-Z]$/.test(name) ? name.toLowerCase() : name,
  };
}

describe('the key map', () => {
  it('holds no chord twice in one area', () => {
    const chords = KEY_MAP.flatMap(({ area, chords }) => chords.map((chord) => `${area} ${chord}`));
    assert.deepEqual(
      chords.filter((chord, index) => chords.indexOf(chord) !== index),
      [],
    );
  });

  it('gives no key of the whole view another meaning in one of its parts, unless it takes it to do the like', () => {
    const wide = new Set<string>(
      KEY_MAP.flatMap(({ area, chords }) =>
        area === 'anywhere' || area === 'playback' ? chords : [],
      ),
    );
    const twice = KEY_MAP.filter(
      ({ area, chords }) =>
        area !== 'anywhere' && area !== 'playback' && chords.some((chord) => wide.has(chord)),
    );
    assert.deepEqual(
      twice.map((entry) => [entry.area, entry.does, 'takes' in entry]),
      [['details', 'Search the attributes', true]],
    );
    const all = KEY_MAP.filter(({ area }) => area === 'anywhere' || area === 'playback').flatMap(
      ({ chords }) => [...chords],
    );
    assert.equal(new Set<string>(all).size, all.length);
  });

  it('is what the view listens to, chord by chord', () => {
    for (const entry of KEY_MAP) {
      if (!('action' in entry)) {
        continue;
      }
      for (const chord of entry.chords) {
        const key = pressed(chord);
        assert.equal(chordOf(key), chord);
        const heard: string | undefined =
          entry.area === 'ladder'
            ? ladderKeyOf(key)
            : entry.area === 'rows'
              ? rowKeyOf(key)
              : shortcutOf(key);
        assert.equal(heard, entry.action, chord);
      }
    }
  });

  it('tells of every key that is bound in VS Code, and of no other', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      readonly contributes: {
        readonly keybindings: readonly { readonly key: string; readonly when: string }[];
      };
    };
    const bound = contributes.keybindings.map(({ key, when }) => {
      const area = when.includes('workbinInspector.recordings') ? 'recordings' : 'editor';
      return `${area} ${key}`;
    });
    const told = KEY_MAP.filter(({ area }) => area === 'editor' || area === 'recordings').flatMap(
      ({ area, chords }) => chords.map((chord) => `${area} ${chord.toLowerCase()}`),
    );
    assert.deepEqual(told.sort(), bound.sort());
  });

  it('hears letters whatever the caps lock is, and signs whatever makes them', () => {
    assert.equal(shortcutOf({ ...PLAIN, key: 'E' }), 'nextFailure');
    assert.equal(shortcutOf({ ...PLAIN, key: 'e', shiftKey: true }), 'previousFailure');
    assert.equal(shortcutOf({ ...PLAIN, key: '/', shiftKey: true }), 'filter');
    assert.equal(shortcutOf({ ...PLAIN, key: 'f', metaKey: true }), 'find');
    assert.equal(shortcutOf({ ...PLAIN, key: 'e', altKey: true }), undefined);
  });
});
