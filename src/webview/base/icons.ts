const SVG = 'http://www.w3.org/2000/svg';

/**
 * Line icons on a 16 by 16 grid. An icon font would weigh more than the whole view. `fill` draws shapes
 * that are filled instead of outlined.
 */
const ICONS = {
  pass: { stroke: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M5.3 8.2l2 2l3.5-4.3' },
  error: { stroke: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4' },
  question: {
    stroke: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M6.3 6.6a1.7 1.7 0 1 1 2.5 1.5c-.6.3-.8.6-.8 1.2',
    fill: 'M7.4 10.6h1.2v1.2h-1.2z',
  },
  interrupted: { stroke: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M5 8h6' },
  open: {
    stroke: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12',
    fill: 'M4.9 7.4h1.2v1.2h-1.2zM7.4 7.4h1.2v1.2h-1.2zM9.9 7.4h1.2v1.2h-1.2z',
  },
  warning: { stroke: 'M8 2.2L14.2 13.3H1.8zM8 6.3v3.4', fill: 'M7.4 10.7h1.2v1.2h-1.2z' },
  info: { stroke: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M8 7.2v4', fill: 'M7.4 4.5h1.2v1.2h-1.2z' },
  bell: {
    stroke:
      'M3 11.5h10c-1-1-1.3-2-1.3-4.2a3.7 3.7 0 1 0-7.4 0c0 2.2-.3 3.2-1.3 4.200M6.7 13.500a1.4 1.4 0 0 0 2.6 0',
  },
  pause: { stroke: 'M5.5 3.500v9M10.5 3.500v9' },
  play: { stroke: 'M5 3.200l7.5 4.800l-7.5 4.800z' },
  stepForward: { stroke: 'M4 3.500v9M7 4.500l5.500 3.500l-5.500 3.500z' },
  stepBack: { stroke: 'M12 3.500v9M9 4.500l-5.500 3.500l5.500 3.500z' },
  phaseForward: {
    stroke: 'M3 4.500l4.500 3.500l-4.500 3.500zM7.500 4.500l4.500 3.500l-4.500 3.500zM13 3.500v9',
  },
  phaseBack: {
    stroke: 'M13 4.500l-4.500 3.500l4.500 3.500zM8.500 4.500l-4.500 3.500l4.500 3.500zM3 3.500v9',
  },
  failureForward: { stroke: 'M2.500 5l5 6M7.500 5l-5 6M10.500 4.500l3.500 3.500l-3.500 3.500' },
  failureBack: { stroke: 'M8.500 5l5 6M13.500 5l-5 6M5.500 4.500l-3.500 3.500l3.500 3.500' },
  skipPauses: {
    stroke:
      'M2.500 11.500c.500-6 10-6 10.500-.500M10.500 8.500l2.500 2.500l1.500-3.500M5.500 11v2.500M8.500 11v2.500',
  },
  stop: { stroke: 'M4 4h8v8h-8z' },
  record: { fill: 'M8 3.500a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9' },
  file: { stroke: 'M4 2h5l3 3v9h-8zM9 2v3h3' },
  follow: { stroke: 'M8 2.500v8M4.7 7.300l3.3 3.300l3.3-3.300M3.5 13.500h9' },
  clock: { stroke: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M8 4.500v3.700l2.6 1.5' },
  chevronRight: { stroke: 'M6 3.500l4.5 4.500l-4.5 4.5' },
  chevronDown: { stroke: 'M3.5 6l4.5 4.500l4.5-4.5' },
  copy: { stroke: 'M5.5 5.500h8v8h-8zM10.5 5.500v-3h-8v8h3' },
  compare: {
    stroke:
      'M2.500 3h4.500v10h-4.500zM9 3h4.500v10h-4.500zM4 6h1.500M10.500 6h1.500M10.500 9h1.500',
  },
  openFile: { stroke: 'M8.5 2.500h-5.500v11h10v-5.500M9.5 6.500l4-4M10 2.500h3.500v3.5' },
  connect: { stroke: 'M5.5 1.8v3M10.5 1.8v3M3.2 4.8h9.6v2.8a4.8 4.8 0 0 1-9.6 0zM8 12.4v2.3' },
  disconnect: {
    stroke: 'M5.5 1.8v3M10.5 1.8v3M3.2 4.8h9.6v2.8a4.8 4.8 0 0 1-9.6 0zM8 12.4v2.3M2 13.5l12-11',
  },
  gap: { stroke: 'M2 8h2.500M11.5 8h2.500M7 4l-1.5 8M10.5 4l-1.5 8' },
  flag: { stroke: 'M4 14v-11.500M4 3h8l-2 2.800l2 2.700h-8' },
  close: { stroke: 'M4 4l8 8M12 4l-8 8' },
  filter: { stroke: 'M2.500 4h11M4.500 8h7M6.500 12h3' },
  star: {
    stroke:
      'M8 2.200l1.800 3.700l4 .6l-2.900 2.800l.7 4l-3.600-1.900l-3.600 1.900l.7-4l-2.900-2.800l4-.6z',
  },
  history: {
    stroke: 'M3 8a5.200 5.200 0 1 0 1.700-3.900M4.500 1.800v2.500h2.500M8 5v3.300l2.300 1.300',
  },
  search: {
    stroke: 'M7 2.500a4.500 4.500 0 1 0 0 9a4.500 4.500 0 1 0 0-9M10.300 10.300l3.500 3.5',
  },
  arrowUp: { stroke: 'M8 13.500v-10M3.800 7.200l4.200-4.200l4.200 4.200' },
  arrowDown: { stroke: 'M8 2.500v10M3.800 8.800l4.200 4.200l4.200-4.200' },
  add: { stroke: 'M8 3v10M3 8h10' },
  send: { stroke: 'M2.500 2.800l11.500 5.200l-11.500 5.200l2-5.200zM4.500 8h9.500' },
  bookmark: { fill: 'M4.500 2h7v12l-3.500-3.200l-3.500 3.200z' },
  note: { stroke: 'M3 2.500h10v7l-3.500 4h-6.500zM13 9.500h-3.500v4M5.500 5.500h5M5.500 8h3' },
  lifelines: { stroke: 'M4 2.500v11M12 2.500v11M4 6h8M10 4.200l2 1.800l-2 1.800M12 10.500h-8' },
  statistics: { stroke: 'M2.500 2.500v11h11M5.500 11v-3M8.500 11v-6M11.500 11v-4.500' },
} as const satisfies Readonly<Record<string, { readonly stroke?: string; readonly fill?: string }>>;

export type IconName = keyof typeof ICONS;

/** Draws an icon. It says nothing to a screen reader: the word stands beside it. */
export function createIcon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'wi-icon');
  svg.setAttribute('aria-hidden', 'true');
  setIcon(svg, name);
  return svg;
}

/** Changes what an icon shows. */
export function setIcon(svg: SVGSVGElement, name: IconName): void {
  if (svg.dataset['icon'] === name) {
    return;
  }
  svg.dataset['icon'] = name;
  const shapes: { readonly stroke?: string; readonly fill?: string } = ICONS[name];
  const paths: SVGPathElement[] = [];
  if (shapes.stroke !== undefined) {
    paths.push(path(shapes.stroke, 'wi-icon__stroke'));
  }
  if (shapes.fill !== undefined) {
    paths.push(path(shapes.fill, 'wi-icon__fill'));
  }
  svg.replaceChildren(...paths);
}

function path(data: string, className: string): SVGPathElement {
  const element = document.createElementNS(SVG, 'path');
  element.setAttribute('d', data);
  element.setAttribute('class', className);
  return element;
}
