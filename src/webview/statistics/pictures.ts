import type { Latencies } from '../../core/statistics/statistics';
import { formatDuration } from '../base/format';

const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 16;
const LATENCY_WIDTH = 120;
const SPARK_WIDTH = 92;

/** Powers of ten of a millisecond that the latencies of all rows lie within. */
export interface LogScale {
  readonly from: number;
  readonly to: number;
}

/** The scale that holds every latency. Pure. */
export function scaleOf(all: readonly (Latencies | undefined)[]): LogScale {
  let least = Infinity;
  let most = 0;
  for (const latency of all) {
    if (latency !== undefined) {
      least = Math.min(least, latency.p50);
      most = Math.max(most, latency.max);
    }
  }
  const from = Math.floor(Math.log10(Math.max(least === Infinity ? 1 : least, 0.001)));
  const to = Math.ceil(Math.log10(Math.max(most, 0.001)));
  return { from, to: Math.max(to, from + 1) };
}

/** Place of a latency on the scale, 0..1. Pure. */
export function placeOf(ms: number, { from, to }: LogScale): number {
  const place = (Math.log10(Math.max(ms, 0.001)) - from) / (to - from);
  return Math.min(Math.max(place, 0), 1);
}

/** From half of the answers to the slowest: a bar from p50 to p99, a line to the maximum, and its end. */
export function latencyPicture(latency: Latencies | undefined, scale: LogScale): SVGSVGElement {
  const svg = createPicture(LATENCY_WIDTH, 'wi-latency');
  for (let power = scale.from; power <= scale.to; power++) {
    const x = placeOf(10 ** power, scale) * (LATENCY_WIDTH - 4) + 2;
    svg.append(shape('path', 'wi-latency__grid', { d: `M${x} 0V${HEIGHT}` }));
  }
  if (latency === undefined) {
    return svg;
  }
  const x = (ms: number): number => placeOf(ms, scale) * (LATENCY_WIDTH - 4) + 2;
  const { p50, p95, p99, max } = latency;
  const bar = { x: x(p50) - 1, y: 4, width: Math.max(2, x(p99) - x(p50) + 2), height: 8 };
  svg.append(
    shape('path', 'wi-latency__line', { d: `M${x(p50)} 8H${x(max)}` }),
    shape('rect', 'wi-latency__bar', bar),
    shape('path', 'wi-latency__tick', { d: `M${x(p95)} 4V12` }),
    shape('path', 'wi-latency__end', { d: `M${x(max)} 3V13` }),
  );
  const title = document.createElementNS(SVG, 'title');
  title.textContent = `p50 ${formatDuration(p50)}, p95 ${formatDuration(p95)}, p99 ${formatDuration(p99)}, max ${formatDuration(max)}; ${formatDuration(10 ** scale.from)} to ${formatDuration(10 ** scale.to)}, logarithmic`;
  svg.append(title);
  return svg;
}

/** Phases begun over time, as small bars. */
export function sparkPicture(overTime: readonly number[], most: number): SVGSVGElement {
  const svg = createPicture(SPARK_WIDTH, 'wi-spark');
  const step = SPARK_WIDTH / Math.max(1, overTime.length);
  const bars = overTime.map((count, part) => {
    const height = count <= 0 || most <= 0 ? 0 : Math.max(1, (count / most) * HEIGHT);
    const left = round(part * step);
    return height === 0
      ? ''
      : `M${left} ${HEIGHT}v${-round(height)}h${round(Math.max(0.8, step - 0.4))}V${HEIGHT}z`;
  });
  svg.append(shape('path', 'wi-spark__bars', { d: bars.join('') }));
  return svg;
}

function createPicture(width: number, className: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', className);
  svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(HEIGHT));
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}

function shape(
  kind: 'path' | 'rect',
  className: string,
  attributes: Readonly<Record<string, string | number>>,
): SVGElement {
  const made = document.createElementNS(SVG, kind);
  made.setAttribute('class', className);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, typeof value === 'number' ? String(round(value)) : value);
  }
  return made;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
