/**
 * A ladder as an SVG file that stands alone: no scripts, no fonts, nothing from elsewhere. It follows the light or
 * dark of whoever shows it, and has a background of its own, so that it can be read on any page.
 */
import type { Lifeline } from '../ladder/rows';
import {
  leftText,
  secondsText,
  wellFormed,
  type LadderPicture,
  type PictureArrow,
  type PictureBand,
  type PictureItem,
} from './picture';

/** Pixels. */
const TIME = 92;
const MARGIN = 90;
const LEAST_STEP = 300;
const MOST_STEP = 560;
const LETTER = 6.7;
const ROW = 40;
const BAND = 30;
const NOTE = 24;
const TOP = 92;

const STYLE = `
svg{color-scheme:light dark;font:12px system-ui,'Segoe UI',sans-serif;color:#1f2328;background:#fff}
.back{fill:#fff}
text{fill:currentColor}
.title{font-size:14px;font-weight:600}
.quiet{fill:#59636e}
.line{stroke:#818b98;stroke-dasharray:3 4}
.box{fill:#f6f8fa;stroke:#818b98}
.head{font-weight:600;text-anchor:middle}
.name{text-anchor:middle;font-weight:500}
.facts{text-anchor:middle;font-size:11px;fill:#59636e}
.time{text-anchor:end;font-size:11px;fill:#59636e}
.arrow{stroke:currentColor;stroke-width:1.4;fill:none}
.tip{fill:currentColor;stroke:none}
.answer{stroke-dasharray:5 3}
.error{stroke:#c4242c;stroke-dasharray:5 3}
.whole{stroke-dasharray:none}
.failed{fill:#c4242c}
.band{fill:#eef1f4}
.bar{fill:#59636e}
.completed{fill:#1a7f37}
.bad{fill:#c4242c}
.open{fill:#0969da}
.gap{fill:none;stroke:#9a6700;stroke-dasharray:6 3}
.note{fill:#fff8c5;stroke:#bf8700}
.mark{fill:#bc4c00}
@media (prefers-color-scheme:dark){
svg{color:#e6edf3;background:#0d1117}
.back{fill:#0d1117}
.quiet,.facts,.time{fill:#9198a1}
.line,.box{stroke:#6e7681}
.box{fill:#161b22}
.band{fill:#1c222a}
.bar{fill:#9198a1}
.error{stroke:#ff7b72}
.failed,.bad{fill:#ff7b72}
.completed{fill:#3fb950}
.open{fill:#58a6ff}
.gap{stroke:#d29922}
.note{fill:#2d2a14;stroke:#9e6a03}
.mark{fill:#f0883e}
}
`;

interface Geometry {
  readonly width: number;
  /** Where the lifelines stand. */
  readonly at: readonly number[];
}

export function svgText(picture: LadderPicture): string {
  const { title, lifelines, items, left } = picture;
  const geometry = layOut(picture);
  const shown: readonly PictureItem[] =
    left === 0 ? items : [...items, { kind: 'mark', text: leftText(left) }];
  const parts: string[] = [];
  let y = TOP;
  for (const item of shown) {
    parts.push(item.kind === 'arrow' ? arrow(item, y, geometry) : band(item, y, geometry));
    y += heightOf(item);
  }
  const height = y + 24;
  const { width } = geometry;
  const arrows = items.filter(({ kind }) => kind === 'arrow').length;
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t d">
<title id="t">${escapeXml(title)}</title>
<desc id="d">Ladder of ${arrows} messages between ${escapeXml(lifelines.map((one) => one.title).join(', '))}</desc>
<style>${STYLE}</style>
<rect class="back" width="${width}" height="${height}"/>
<text class="title" x="16" y="28">${escapeXml(title)}</text>
${lifelines.map((lifeline, place) => head(lifeline, geometry.at[place] ?? 0, height)).join('\n')}
${parts.join('\n')}
</svg>
`;
}

/** Names must have room between their lifelines. */
function layOut({ lifelines, items, title }: LadderPicture): Geometry {
  let longest = 0;
  for (const item of items) {
    if (item.kind === 'arrow') {
      const span = Math.max(1, Math.abs(item.to - item.from));
      longest = Math.max(longest, item.name.length / span, item.facts.join(' · ').length / span);
    }
  }
  const step = Math.round(Math.min(MOST_STEP, Math.max(LEAST_STEP, longest * LETTER + 40)));
  const at = lifelines.map((_, place) => TIME + MARGIN + place * step);
  const own = items.some((item) => item.kind === 'arrow' && item.from === item.to) ? 160 : 0;
  const right = (at.at(-1) ?? TIME + MARGIN) + Math.max(MARGIN + 10, own);
  return { width: Math.round(Math.max(right, title.length * 8 + 32)), at };
}

function heightOf(item: PictureItem): number {
  return item.kind === 'arrow' ? ROW + (item.note === undefined ? 0 : NOTE) : BAND;
}

function head({ title }: Lifeline, x: number, height: number): string {
  const half = Math.min(140, Math.max(60, (title.length * LETTER) / 2 + 12));
  return `<line class="line" x1="${x}" y1="72" x2="${x}" y2="${height - 12}"/>
<rect class="box" x="${x - half}" y="46" width="${half * 2}" height="26" rx="4"/>
<text class="head" x="${x}" y="63">${escapeXml(fit(title, half * 2 - 16))}</text>`;
}

function arrow(item: PictureArrow, y: number, { at, width }: Geometry): string {
  const from = at[item.from] ?? 0;
  const to = at[item.to] ?? 0;
  const line = y + 22;
  const room = from === to ? 150 : Math.abs(to - from) - 24;
  const middle = from === to ? from + 84 : (from + to) / 2;
  const facts = item.facts.join(' · ');
  const failed = item.style === 'error' ? ' failed' : '';
  const mark = item.bookmarked
    ? `<path class="mark" d="M6 ${line - 9}h8v14l-4 -4l-4 4z"><title>Bookmarked</title></path>`
    : '';
  return `<g><title>${escapeXml([`${item.seq}: ${item.name}`, ...item.facts].join(' · '))}</title>
${mark}<text class="time" x="${TIME - 6}" y="${line + 4}">${secondsText(item.time)}</text>
<text class="name${failed}" x="${middle}" y="${line - 6}">${escapeXml(fit(item.name, room))}</text>
${from === to ? loop(item, from, line) : straight(item, from, to, line)}
${facts === '' ? '' : `<text class="facts${failed}" x="${middle}" y="${line + 13}">${escapeXml(fit(facts, room / 0.9))}</text>`}
${item.note === undefined ? '' : noteBox(item.note, line + 19, width)}</g>`;
}

function straight({ style }: PictureArrow, from: number, to: number, y: number): string {
  const forward = to > from ? 1 : -1;
  const back = to - forward * 9;
  const line = `<path class="arrow ${style}" d="M${from} ${y}H${style === 'request' ? back : to - forward}"/>`;
  if (style === 'request') {
    return `${line}<path class="tip" d="M${to} ${y}L${back} ${y - 4}V${y + 4}Z"/>`;
  }
  const tip = `<path class="arrow${style === 'error' ? ' error' : ''} whole" d="M${back} ${y - 4}L${to - forward} ${y}L${back} ${y + 4}"/>`;
  const cross =
    style === 'error'
      ? `<path class="arrow error whole" d="M${back - forward * 12 - 4} ${y - 4}l8 8m0 -8l-8 8"/>`
      : '';
  return line + tip + cross;
}

function loop({ style }: PictureArrow, x: number, y: number): string {
  return `<path class="arrow ${style}" d="M${x} ${y - 10}h24v14h-23m6 -4l-6 4l6 4"/>`;
}

function noteBox(note: string, y: number, width: number): string {
  const x = TIME + 8;
  const room = width - x - 16;
  return `<rect class="note" x="${x}" y="${y}" width="${room}" height="18" rx="2"/><text x="${x + 8}" y="${y + 13}">${escapeXml(fit(note, room - 16))}</text>`;
}

function band({ kind, text, outcome }: PictureBand, y: number, { width }: Geometry): string {
  const words = escapeXml(fit(text, (width - 40) * 1.12));
  if (kind === 'phase') {
    return `<rect class="band" x="8" y="${y + 3}" width="${width - 16}" height="24" rx="3"/><rect class="bar ${barOf(outcome)}" x="8" y="${y + 3}" width="4" height="24"/><text x="20" y="${y + 19}">${words}</text>`;
  }
  const line =
    kind === 'gap'
      ? `<path class="gap" d="M8 ${y + 5}H${width - 8}M8 ${y + 27}H${width - 8}"/>`
      : '';
  return `${line}<text class="quiet" x="20" y="${y + 19}">${words}</text>`;
}

function barOf(outcome: PictureBand['outcome']): string {
  switch (outcome) {
    case 'completed':
      return 'completed';
    case 'failed':
    case 'unanswered':
    case 'interrupted':
      return 'bad';
    case 'open':
    case undefined:
      return 'open';
  }
}

/** As much of a text as has room in so many pixels. */
function fit(text: string, pixels: number): string {
  const letters = Math.max(4, Math.floor(pixels / LETTER));
  return text.length <= letters ? text : `${wellFormed(text.slice(0, letters - 1))}…`;
}

/** Text that is only text in XML, as content and in quotes. */
export function escapeXml(text: string): string {
  return wellFormed(text)
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
    .replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
