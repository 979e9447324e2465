const WORDS: ReadonlyMap<string, string> = new Map([
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
  ['PageUp', 'Page Up'],
  ['PageDown', 'Page Down'],
  ['Escape', 'Esc'],
]);

/** A chord of the key map as it stands on a keyboard. */
export function chordWords(chord: string): string {
  return chord
    .split(/\+(?=.)/)
    .map((part) => WORDS.get(part) ?? part)
    .join('+');
}
