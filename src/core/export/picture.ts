/**
 * A part of a ladder on its way to another form: which lifelines take part, and what happens between them. The forms
 * (Mermaid, PlantUML, SVG, Markdown) are written from this alone. All texts are from a wire, cut and in one line.
 */
import { assertNever } from '../base/assert';
import type { Outcome } from '../phases/model';
import type { HeadingRow, LadderRow, Lifeline, MarkRow, MessageRow } from '../ladder/rows';

export interface PictureArrow {
  readonly kind: 'arrow';
  /** Places in the picture's list of lifelines. */
  readonly from: number;
  readonly to: number;
  /** `request` is drawn whole with a filled head, everything else broken with an open one. */
  readonly style: 'request' | 'answer' | 'error';
  readonly name: string;
  /** Workbin, reference, error and time since the request, as far as there are any. */
  readonly facts: readonly string[];
  /** Milliseconds since the recording started. */
  readonly time: number;
  readonly seq: number;
  /** What a person has written about it. */
  readonly note?: string;
  readonly bookmarked: boolean;
}

/** A line over all lifelines. */
export interface PictureBand {
  readonly kind: 'phase' | 'mark' | 'fold' | 'gap';
  readonly text: string;
  /** Of a phase. */
  readonly outcome?: Outcome;
}

export type PictureItem = PictureArrow | PictureBand;

export interface LadderPicture {
  /** Where it is from, for people. */
  readonly title: string;
  readonly lifelines: readonly Lifeline[];
  readonly items: readonly PictureItem[];
  /** Messages that were left out because there are too many. */
  readonly left: number;
}

/** UTF-16 units of a name or a fact; what is longer is cut. */
const MAX_TEXT = 160;
const MAX_NOTE_TEXT = 400;

/** `left`: how many further messages are not among the rows. */
export function pictureOf(
  title: string,
  lifelines: readonly Lifeline[],
  rows: readonly LadderRow[],
  left: number,
): LadderPicture {
  const arrows = rows.filter((row) => row.kind === 'message');
  const used = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  // A picture without arrows still shows who could have spoken.
  const kept = lifelines.flatMap((_, place) => (used.size === 0 || used.has(place) ? [place] : []));
  const placeOf = new Map(kept.map((place, index) => [place, index]));
  return {
    title: oneLine(title, MAX_TEXT),
    lifelines: kept.flatMap((place) => {
      const lifeline = lifelines[place];
      return lifeline === undefined
        ? []
        : [{ ...lifeline, title: oneLine(lifeline.title, MAX_TEXT) }];
    }),
    items: rows.map((row) => itemOf(row, placeOf)),
    left,
  };
}

function itemOf(row: LadderRow, placeOf: ReadonlyMap<number, number>): PictureItem {
  switch (row.kind) {
    case 'message':
      return arrowOf(row, placeOf);
    case 'heading':
      return { kind: 'phase', text: headingText(row), outcome: row.outcome };
    case 'mark':
      return { kind: row.mark === 'gap' ? 'gap' : 'mark', text: markText(row) };
    case 'fold':
      return { kind: 'fold', text: oneLine(row.text, MAX_TEXT) };
    default:
      return assertNever(row);
  }
}

function arrowOf(row: MessageRow, placeOf: ReadonlyMap<number, number>): PictureArrow {
  const facts = [
    row.workbin,
    row.interactionId,
    row.reference === undefined ? undefined : `ref ${row.reference}`,
    row.error,
    row.sinceRequestMs === undefined ? undefined : `+${milliseconds(row.sinceRequestMs)}`,
  ];
  return {
    kind: 'arrow',
    from: placeOf.get(row.from) ?? 0,
    to: placeOf.get(row.to) ?? 0,
    style: row.error !== undefined ? 'error' : row.role === 'request' ? 'request' : 'answer',
    name: oneLine(row.name, MAX_TEXT) || 'Unreadable message',
    facts: facts.map((fact) => oneLine(fact ?? '', MAX_TEXT)).filter((fact) => fact !== ''),
    time: row.time,
    seq: row.seq,
    ...(row.note === undefined ? {} : { note: oneLine(row.note, MAX_NOTE_TEXT) }),
    bookmarked: row.bookmarked === true,
  };
}

function headingText(row: HeadingRow): string {
  const state = [
    row.outcome,
    ...(row.late ? ['late'] : []),
    ...(row.error === undefined ? [] : [row.error]),
    ...(row.durationMs === undefined ? [] : [milliseconds(row.durationMs)]),
  ].join(', ');
  const isAlone = row.continued && row.workbin === undefined && row.reference !== undefined;
  const marks = [
    ...(row.undocumented === true ? ['no phase model'] : []),
    ...(row.continued ? ['continued'] : []),
    ...(isAlone ? [`ref ${row.reference}`] : []),
  ].join(', ');
  const title = marks === '' ? row.title : `${row.title} (${marks})`;
  return oneLine([title, row.workbin, state].filter(Boolean).join(' · '), MAX_TEXT * 2);
}

function markText({ mark, text }: MarkRow): string {
  switch (mark) {
    case 'outside':
      return 'Outside of phases';
    case 'gap':
      return oneLine(`Gap: ${text}`, MAX_TEXT * 2);
    case 'open':
    case 'close':
    case 'end':
      return oneLine(text, MAX_TEXT * 2);
    default:
      return assertNever(mark);
  }
}

/** What was left out, in words. */
export function leftText(left: number): string {
  return `${left.toLocaleString('en-US')} more messages are not shown`;
}

/** A time of a recording, as `12.345 s`. */
export function secondsText(ms: number): string {
  return `${(ms / 1000).toFixed(3)} s`;
}

function milliseconds(ms: number): string {
  return ms >= 1000 ? secondsText(ms) : `${Number(ms.toFixed(1))} ms`;
}

/** Halves of characters, which a text of a wire may hold, become replacement characters. */
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, '\uFFFD');
}

/** Text in one line without control characters and halves of characters, cut where it is too long. */
export function oneLine(text: string, length: number): string {
  // A little more than is kept is enough to find its end.
  const clean = wellFormed(text.slice(0, length * 4))
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s\uFFFE\uFFFF]+/gu, ' ')
    .trim();
  return clean.length <= length ? clean : `${wellFormed(clean.slice(0, length - 1))}…`;
}
