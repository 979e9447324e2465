import { assertNever } from '../../core/base/assert';
import { CHART_COLOURS, type LadderRow, type MessageRow } from '../../core/ladder/rows';
import { element, setAttribute, template } from '../base/dom';
import { FoldContent } from './foldContent';
import { HeadingContent } from './headingContent';
import { MarkContent, PlaceholderContent } from './markContent';
import { MessageContent, type RowContext } from './messageContent';
import { isOpen } from './selection';

/** How a row stands to the selection: `current` is the one that keys move on from. */
export type Standing = 'current' | 'selected' | 'other';

/** As most rows are: what differs is set for each of them. */
const rowRoot = template(() =>
  element('div', 'wi-row', {
    role: 'row',
    tabindex: '-1',
    'aria-selected': 'false',
    'aria-level': '1',
  }),
);

/** One row of the pool. Holds a set of cells per kind of row, made when first needed. */
export class RowElement {
  readonly root = rowRoot();
  /** Number of the row that it shows, from 0; -1 before the first. */
  index = -1;
  private kind = '';
  private message: MessageContent | undefined;
  private heading: HeadingContent | undefined;
  private mark: MarkContent | undefined;
  private fold: FoldContent | undefined;
  private placeholder: PlaceholderContent | undefined;

  constructor(private readonly rowHeight: number) {}

  /** Shows a row; undefined while it is on its way. */
  bind(index: number, row: LadderRow | undefined, standing: Standing, context: RowContext): void {
    this.index = index;
    // The header is row 1 of the grid.
    setAttribute(this.root, 'aria-rowindex', String(index + 2));
    setAttribute(this.root, 'aria-selected', String(standing !== 'other'));
    setAttribute(this.root, 'tabindex', standing === 'current' ? '0' : '-1');
    setAttribute(this.root, 'aria-level', isBelow(row, context) ? '2' : '1');
    const open = isOpen(row, context.order);
    setAttribute(this.root, 'aria-expanded', open === undefined ? undefined : String(open));
    const { colour, found, bookmarked } = row?.kind === 'message' ? row : NEITHER;
    const stripe = colour === undefined ? undefined : String(colour % CHART_COLOURS.length);
    setAttribute(this.root, 'data-colour', stripe);
    setAttribute(this.root, 'data-found', found === true ? '' : undefined);
    setAttribute(this.root, 'data-bookmarked', bookmarked === true ? '' : undefined);
    setAttribute(this.root, 'aria-busy', row === undefined ? 'true' : undefined);
    const cells = this.bindContent(row, context);
    const kind = kindOf(row);
    if (this.kind !== kind) {
      this.kind = kind;
      this.root.className = `wi-row wi-row--${kind}`;
      this.root.replaceChildren(...cells);
    }
  }

  /** Places the row, in pixels from the top of the scrolled element. */
  moveTo(top: number): void {
    this.root.style.transform = `translateY(${top}px)`;
  }

  private bindContent(row: LadderRow | undefined, context: RowContext): readonly HTMLElement[] {
    if (row === undefined) {
      this.placeholder ??= new PlaceholderContent(this.rowHeight);
      this.placeholder.bind(context);
      return this.placeholder.cells;
    }
    switch (row.kind) {
      case 'message':
        this.message ??= new MessageContent(this.rowHeight);
        this.message.bind(row, context);
        return this.message.cells;
      case 'heading':
        this.heading ??= new HeadingContent();
        this.heading.bind(row, context);
        return this.heading.cells;
      case 'mark':
        this.mark ??= new MarkContent();
        this.mark.bind(row, context);
        return this.mark.cells;
      case 'fold':
        this.fold ??= new FoldContent(this.rowHeight);
        this.fold.bind(row, context);
        return this.fold.cells;
      default:
        return assertNever(row);
    }
  }
}

function kindOf(row: LadderRow | undefined): string {
  if (row === undefined) {
    return 'placeholder';
  }
  if (isInFold(row)) {
    return 'message wi-row--in-fold';
  }
  return row.kind === 'heading' && row.continued ? 'continued' : row.kind;
}

/** What is marked on messages alone. */
const NEITHER: Pick<MessageRow, 'colour' | 'found' | 'bookmarked'> = {};

/** True for rows that stand one level below another. */
function isBelow(row: LadderRow | undefined, { order }: RowContext): boolean {
  return isInFold(row) || (order === 'phase' && row?.kind === 'message' && row.phase !== undefined);
}

function isInFold(row: LadderRow | undefined): boolean {
  return row?.kind === 'message' && row.inFold !== undefined;
}
