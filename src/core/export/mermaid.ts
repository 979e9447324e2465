/** A ladder as a Mermaid sequence diagram. */
import { leftText, type LadderPicture, type PictureArrow, type PictureItem } from './picture';

/** Letters, digits and the marks that mean nothing in a diagram; all others are written as their numbers. */
const UNSAFE = /[^\p{L}\p{M}\p{N} .,()@/+*=_'·…×-]/gu;
/** Words at which Mermaid looks before it reads the diagram. */
const WORDS = /style|classDef/gi;

export function mermaidText({ lifelines, items, left, title }: LadderPicture): string {
  const last = Math.max(0, lifelines.length - 1);
  const over = last === 0 ? 'P0' : `P0,P${last}`;
  const lines = [
    'sequenceDiagram',
    ...lifelines.map(
      ({ kind, title: name }, place) =>
        `  ${kind === 'application' ? 'actor' : 'participant'} P${place} as ${escapeMermaid(name) || 'Unnamed'}`,
    ),
    `  Note over ${over}: ${escapeMermaid(title)}`,
    ...items.flatMap((item) => itemLines(item, over)),
    ...(left === 0 ? [] : [`  Note over ${over}: ${escapeMermaid(leftText(left))}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function itemLines(item: PictureItem, over: string): readonly string[] {
  if (item.kind !== 'arrow') {
    return [`  Note over ${over}: ${escapeMermaid(item.text) || ' '}`];
  }
  const { name, facts, note } = item;
  const text = [name, ...facts].map(escapeMermaid).join('<br/>');
  const arrow = `  P${item.from}${arrowOf(item)}P${item.to}: ${text}`;
  return note === undefined
    ? [arrow]
    : [arrow, `  Note right of P${Math.max(item.from, item.to)}: ${escapeMermaid(note)}`];
}

function arrowOf({ style }: PictureArrow): string {
  switch (style) {
    case 'request':
      return '->>';
    case 'answer':
      return '-->>';
    case 'error':
      return '--x';
  }
}

/** Text that Mermaid shows letter for letter, wherever a diagram takes text. */
export function escapeMermaid(text: string): string {
  return text
    .replaceAll(UNSAFE, (letter) => `#${letter.codePointAt(0) ?? 32};`)
    .replaceAll(WORDS, (word) => `#${word.charCodeAt(0)};${word.slice(1)}`);
}
