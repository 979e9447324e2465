import type { KeyArea } from './keyMap';

/** Names of the areas, in the order in which people are told of them. */
export const AREA_WORDS: Readonly<Record<KeyArea, string>> = {
  playback: 'Playback',
  ladder: 'Ladder',
  rows: 'Selected rows',
  anywhere: 'Anywhere',
  lifelines: 'Titles of lifelines',
  strip: 'Time strip',
  details: 'Details',
  filter: 'Filter',
  find: 'Find',
  editor: 'Trace editor, in VS Code',
  recordings: 'Recordings view',
};

const WORDS: ReadonlyMap<string, string> = new Map([
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
  ['PageUp', 'Page Up'],
  ['PageDown', 'Page Down'],
  ['Escape', 'Esc'],
  ['ContextMenu', 'Menu'],
]);

/** A chord of the key map as it stands on a keyboard. */
export function chordWords(chord: string): string {
  return chord
    .split(/\+(?=.)/)
    .map((part) => WORDS.get(part) ?? part)
    .join('+');
}
