import type { TimeStrip } from '../../core/ladder/timeStrip';
import { barHeight, xOf, type StripScale } from './stripScale';

/** Pixels from the top: where the marks of failures, the bars and the line of phases stand. */
export const LANES = {
  failures: 2,
  bookmarks: 0,
  bars: 11,
  barsHeight: 20,
  phases: 31,
  brush: 33,
} as const;

interface Colours {
  readonly all: string;
  readonly matching: string;
  readonly failure: string;
  readonly phase: string;
  readonly gap: string;
  readonly connection: string;
  readonly bookmark: string;
}

/** Draws the session into a canvas of `width` by `height` CSS pixels, in the colours of the theme. */
export function drawStrip(
  canvas: HTMLCanvasElement,
  strip: TimeStrip,
  size: { readonly width: number; readonly height: number },
): void {
  const ratio = window.devicePixelRatio || 1;
  const { width, height } = size;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  const context = canvas.getContext('2d');
  if (context === null) {
    return;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const colours = coloursOf(canvas);
  drawBars(context, strip, width, colours);
  drawPhases(context, strip, width, colours);
  drawMarks(context, strip, { from: strip.from, to: strip.to, width }, colours);
  drawFailures(context, strip, width, colours);
  drawBookmarks(context, strip, { from: strip.from, to: strip.to, width }, colours);
}

function drawBars(
  context: CanvasRenderingContext2D,
  { messages, matching }: TimeStrip,
  width: number,
  colours: Colours,
): void {
  const most = messages.reduce((one, other) => Math.max(one, other), 0);
  const step = width / Math.max(1, messages.length);
  const bottom = LANES.bars + LANES.barsHeight;
  const bars = (counts: readonly number[], colour: string): void => {
    context.fillStyle = colour;
    for (const [part, count] of counts.entries()) {
      const height = barHeight(count, most, LANES.barsHeight);
      context.fillRect(part * step, bottom - height, Math.max(1, step - 0.5), height);
    }
  };
  bars(messages, colours.all);
  bars(matching, colours.matching);
}

/** A line below the bars where phases begin. */
function drawPhases(
  context: CanvasRenderingContext2D,
  { phases }: TimeStrip,
  width: number,
  colours: Colours,
): void {
  const step = width / Math.max(1, phases.length);
  context.fillStyle = colours.phase;
  for (const [part, count] of phases.entries()) {
    if (count > 0) {
      context.fillRect(part * step, LANES.phases, Math.max(1, step), 1.5);
    }
  }
}

/** Triangles that stand on their heads, above the part; those that would overlap are one. */
function drawFailures(
  context: CanvasRenderingContext2D,
  { failures }: TimeStrip,
  width: number,
  colours: Colours,
): void {
  const step = width / Math.max(1, failures.length);
  context.fillStyle = colours.failure;
  let last = -Infinity;
  for (const [part, count] of failures.entries()) {
    const x = (part + 0.5) * step;
    if (count > 0 && x - last >= 4) {
      last = x;
      context.beginPath();
      context.moveTo(x - 3.5, LANES.failures);
      context.lineTo(x + 3.5, LANES.failures);
      context.lineTo(x, LANES.failures + 7);
      context.fill();
    }
  }
}

/** Ribbons that hang from the top; those that would overlap are one. */
function drawBookmarks(
  context: CanvasRenderingContext2D,
  { bookmarks = [] }: TimeStrip,
  scale: StripScale,
  colours: Colours,
): void {
  context.fillStyle = colours.bookmark;
  let last = -Infinity;
  for (const time of bookmarks) {
    const x = Math.round(xOf(scale, time));
    if (x - last >= 5) {
      last = x;
      context.beginPath();
      context.moveTo(x - 3, LANES.bookmarks);
      context.lineTo(x + 3, LANES.bookmarks);
      context.lineTo(x + 3, LANES.bookmarks + 10);
      context.lineTo(x, LANES.bookmarks + 7);
      context.lineTo(x - 3, LANES.bookmarks + 10);
      context.fill();
    }
  }
}

/** Gaps as a broken line from top to bottom, connections as a short tick with a foot where they close. */
function drawMarks(
  context: CanvasRenderingContext2D,
  { marks }: TimeStrip,
  scale: StripScale,
  colours: Colours,
): void {
  context.lineWidth = 1;
  for (const { time, kind } of marks) {
    const x = Math.round(xOf(scale, time)) + 0.5;
    context.strokeStyle = kind === 'gap' ? colours.gap : colours.connection;
    context.setLineDash(kind === 'gap' ? [3, 2] : []);
    context.beginPath();
    if (kind === 'gap') {
      context.moveTo(x, 0);
      context.lineTo(x, LANES.brush);
    } else {
      context.moveTo(x, LANES.bars - 2);
      context.lineTo(x, LANES.brush);
      const foot = kind === 'open' ? 3 : -3;
      context.moveTo(x, LANES.bars - 2);
      context.lineTo(x + foot, LANES.bars - 2);
    }
    context.stroke();
  }
  context.setLineDash([]);
}

/** The theme's colours, as they are now. */
function coloursOf(canvas: HTMLElement): Colours {
  const style = getComputedStyle(canvas);
  const colour = (name: string): string => style.getPropertyValue(name).trim() || style.color;
  return {
    all: colour('--wi-strip-all'),
    matching: colour('--wi-strip-matching'),
    failure: colour('--wi-strip-failure'),
    phase: colour('--wi-strip-phase'),
    gap: colour('--wi-strip-gap'),
    connection: colour('--wi-strip-connection'),
    bookmark: colour('--wi-strip-bookmark'),
  };
}
