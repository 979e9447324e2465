import { ensure } from '../../core/base/assert';
import type { MessageRow } from '../../core/ladder/rows';
import { setAttribute, template } from '../base/dom';
import { spanOf, type LadderGeometry } from './geometry';

const SVG = 'http://www.w3.org/2000/svg';
/** Where the arrow runs below its name, in pixels from the top of the row. */
const LINE_Y = 20;
const HEAD = 7;

/** How an arrow looks; the style sheet gives colours, the shape alone tells the kinds apart. */
export type ArrowStyle =
  'request' | 'accepted' | 'answer' | 'duplicate' | 'notification' | 'unmatched' | 'none' | 'error';

export function arrowStyle(row: MessageRow): ArrowStyle {
  return row.error !== undefined ? 'error' : row.role;
}

/** What an {@link Arrow} draws with. */
export const arrowElement = template(() => {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('class', 'wi-arrow');
  drawing.setAttribute('aria-hidden', 'true');
  drawing.append(shape('wi-arrow__lifelines'), shape('wi-arrow__line'), shape('wi-arrow__head'));
  return drawing;
});

/** The drawing of one message row: the lifelines that pass, and the arrow. Reused row after row. */
export class Arrow {
  private readonly lifelines: Element;
  private readonly line: Element;
  private readonly head: Element;

  /** `element`: a copy of {@link arrowElement}. */
  constructor(
    private readonly rowHeight: number,
    readonly element = arrowElement(),
  ) {
    const [lifelines, line, head] = element.children;
    this.lifelines = ensure(lifelines, 'lifelines');
    this.line = ensure(line, 'the line of an arrow');
    this.head = ensure(head, 'the head of an arrow');
  }

  /** Draws the lifelines, and the arrow of a message. */
  draw(geometry: LadderGeometry, row: MessageRow | undefined): void {
    const lifelines = geometry.lifelines
      .map((x) => (x === undefined ? '' : `M${x + 0.5} 0V${this.rowHeight}`))
      .join('');
    setAttribute(this.lifelines, 'd', lifelines);
    if (row === undefined) {
      setAttribute(this.line, 'd', undefined);
      setAttribute(this.head, 'd', undefined);
      return;
    }
    const style = arrowStyle(row);
    setAttribute(this.element, 'class', `wi-arrow wi-arrow--${style}`);
    const { line, head } = arrowPath(geometry, row, style);
    setAttribute(this.line, 'd', line);
    setAttribute(this.head, 'd', head);
  }
}

interface ArrowPath {
  readonly line: string;
  readonly head: string;
}

function arrowPath(geometry: LadderGeometry, row: MessageRow, style: ArrowStyle): ArrowPath {
  const from = geometry.lifelines[row.from];
  const to = geometry.lifelines[row.to];
  if (from === undefined || to === undefined) {
    return { line: '', head: '' };
  }
  if (from === to) {
    return loopPath(from, spanOf(geometry, row.from, row.to).left < from);
  }
  const forward = to > from ? 1 : -1;
  const tip = to - forward;
  const back = tip - forward * HEAD;
  // A filled head covers the line's end; an open one needs the line to reach its tip.
  const filled = style === 'request' || style === 'error' || style === 'none';
  const head = filled
    ? `M${tip} ${LINE_Y}L${back} ${LINE_Y - 4}V${LINE_Y + 4}Z`
    : `M${back} ${LINE_Y - 4}L${tip} ${LINE_Y}L${back} ${LINE_Y + 4}`;
  const second = back - forward * 4;
  const double =
    style === 'duplicate'
      ? `M${second} ${LINE_Y - 4}L${second + forward * HEAD} ${LINE_Y}L${second} ${LINE_Y + 4}`
      : '';
  return { line: `M${from + forward} ${LINE_Y}H${filled ? back : tip}`, head: head + double };
}

/** A message that an application or the server sends to itself. */
function loopPath(x: number, toTheLeft: boolean): ArrowPath {
  const out = toTheLeft ? -1 : 1;
  const tip = x + out;
  return {
    line: `M${tip} ${LINE_Y - 9}H${x + out * 22}V${LINE_Y}H${tip}`,
    head: `M${tip + out * HEAD} ${LINE_Y - 4}L${tip} ${LINE_Y}L${tip + out * HEAD} ${LINE_Y + 4}`,
  };
}

function shape(className: string): SVGPathElement {
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('class', className);
  return path;
}
