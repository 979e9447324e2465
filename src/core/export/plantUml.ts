/** A ladder as a PlantUML sequence diagram. */
import { leftText, type LadderPicture, type PictureArrow, type PictureItem } from './picture';

/** Letters, digits and the marks that mean nothing in a text; all others are written as their numbers. */
const UNSAFE = /[^\p{L}\p{M}\p{N} .,:()@/+=*_·…×-]/gu;
/** Marks that begin a style when they stand twice. */
const TWICE = /([/*_-])(?=\1)/g;
/** What would begin or end a diagram, or be a list or a title at the beginning of a text. */
const KEYWORDS = /@(?=start|end)|^[*=@/_:+.-]/gi;

export function plantUmlText({ lifelines, items, left, title }: LadderPicture): string {
  const last = Math.max(0, lifelines.length - 1);
  const over = last === 0 ? 'P0' : `P0, P${last}`;
  const lines = [
    '@startuml',
    'hide footbox',
    `title ${escapePlantUml(title)}`,
    ...lifelines.map(
      ({ kind, title: name }, place) =>
        `${kind === 'application' ? 'actor' : 'participant'} "${escapePlantUml(name) || 'Unnamed'}" as P${place}`,
    ),
    ...items.flatMap((item) => itemLines(item, over)),
    ...(left === 0 ? [] : [`note over ${over} : ${escapePlantUml(leftText(left))}`]),
    '@enduml',
  ];
  return `${lines.join('\n')}\n`;
}

function itemLines(item: PictureItem, over: string): readonly string[] {
  switch (item.kind) {
    case 'phase':
      return [`== ${escapePlantUml(item.text)} ==`];
    case 'mark':
    case 'fold':
    case 'gap':
      return [`note over ${over} : ${escapePlantUml(item.text)}`];
    case 'arrow': {
      const text = [item.name, ...item.facts].map(escapePlantUml).join('\\n');
      const arrow = `P${item.from} ${arrowOf(item)} P${item.to} : ${text}`;
      return item.note === undefined
        ? [arrow]
        : [arrow, `note right : ${escapePlantUml(item.note)}`];
    }
  }
}

function arrowOf({ style }: PictureArrow): string {
  switch (style) {
    case 'request':
      return '->';
    case 'answer':
      return '-->>';
    case 'error':
      return '-[#red]->';
  }
}

/** Text that PlantUML shows letter for letter, wherever a diagram takes text in one line. */
export function escapePlantUml(text: string): string {
  return text
    .replaceAll(UNSAFE, numbered)
    .replaceAll(TWICE, numbered)
    .replaceAll(KEYWORDS, numbered);
}

function numbered(letter: string): string {
  const code = (letter.codePointAt(0) ?? 32).toString(16).toUpperCase().padStart(4, '0');
  return `<U+${code}>`;
}
