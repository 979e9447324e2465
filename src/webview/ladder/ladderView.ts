import { DisposableStore, type Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/event';
import type { LadderRow, RowSpan } from '../../core/ladder/rows';
import type { KeptRow, RowsPage, TraceOverview, TimesShown } from '../../bridge/traceView';
import { element, setAttribute } from '../base/dom';
import type { AnchorRow } from './anchor';
import type { Arrangement } from './arrangement';
import { minimumWidth } from './geometry';
import { LadderHeader } from './ladderHeader';
import { listenToReader, type LadderInputTarget } from './ladderInput';
import type { RowContext } from './messageContent';
import { PageCache } from './pageCache';
import type { RowElement } from './rowElement';
import { identityOf, messageIdentity } from './rowIdentity';
import { move, spanBetween, type LadderAction, type Movement } from './selection';
import { firstMessage, timesOf, type MessageOnScreen, type RowsInView } from './shownRows';
import { VirtualRows } from './virtualRows';

/** Height of a row in pixels; the style sheet's `--wi-row-height` is the same. */
const ROW_HEIGHT = 26;

/** Rows below a line in which its first message is looked for. */
const LOOK_BELOW = 20;

export interface SelectedRow {
  readonly index: number;
  /** Undefined while the row is on its way. */
  readonly row: LadderRow | undefined;
}

/**
 * The ladder: a grid of rows, of which those on the screen exist. Owns scrolling, the pages of rows and the
 * selected row; what a selection means is for the listener.
 */
export class LadderView implements Disposable {
  readonly element = element('div', 'wi-ladder', {
    role: 'treegrid',
    tabindex: '0',
    'aria-label': 'Ladder of messages',
    'aria-colcount': '7',
    'aria-multiselectable': 'true',
  });
  private readonly store = new DisposableStore();
  private readonly selectedRow = this.store.add(new Emitter<SelectedRow>());
  private readonly strayed = this.store.add(new Emitter<number>());
  private readonly seen = this.store.add(new Emitter<RowsInView>());
  private readonly action = this.store.add(new Emitter<LadderAction>());
  private readonly arranged = this.store.add(new Emitter<Arrangement>());
  private readonly header: LadderHeader;
  private readonly cache: PageCache;
  private readonly virtual: VirtualRows;
  private context: RowContext;
  private rows = 0;
  private selected: number | undefined;
  /** Where the selection began, while it goes over several rows. */
  private anchor: number | undefined;
  /** The message of the selected row, once it is known. */
  private selectedMessage: number | undefined;
  /** What to select when the row at which it should stand has come. */
  private awaited: KeptRow | undefined;
  private shownAny = false;
  /** The selected row as it was told last, as JSON; undefined when it was told without its row. */
  private announced: string | undefined;

  /** The selection moved, or the selected row has come or changed. */
  readonly onDidSelect = this.selectedRow.event;
  /** Rows have moved, and the selected message does not stand where it did: nothing is selected now. */
  readonly onDidStray = this.strayed.event;
  /** The rows on the screen with their times, whenever they may have changed. */
  readonly onDidSee = this.seen.event;
  /** The reader wants lifelines hidden, shown or in another order. */
  readonly onDidArrange = this.arranged.event;
  /** A key or a click whose meaning is not the ladder's own. */
  readonly onDidAct = this.action.event;
  readonly onDidScroll;
  readonly onDidFail;

  constructor(fetch: (first: number, count: number) => Promise<RowsPage>) {
    this.header = this.store.add(
      new LadderHeader(
        (geometry) => this.update({ geometry }),
        (arrangement) => this.arranged.fire(arrangement),
      ),
    );
    this.cache = this.store.add(new PageCache({ fetch }));
    this.context = {
      rowHeight: ROW_HEIGHT,
      geometry: this.header.geometry,
      lifelines: [],
      startedAt: '',
      times: 'elapsed',
      order: 'time',
    };
    this.virtual = this.store.add(
      new VirtualRows({
        scroller: this.element,
        header: this.header.element,
        rowHeight: ROW_HEIGHT,
        bind: (row, index) => this.bind(row, index),
      }),
    );
    this.onDidScroll = this.virtual.onDidScroll;
    this.onDidFail = this.cache.onDidFail;
    this.store.add(this.cache.onDidLoad(() => this.loaded()));
    this.store.add(this.virtual.onDidScroll(() => this.want()));
    const head = element('div', 'wi-ladder__head', { role: 'rowgroup' }, this.header.element);
    const sheet = element('div', 'wi-ladder__sheet', { role: 'presentation' });
    sheet.append(head, this.virtual.element);
    this.element.append(sheet);
    this.listen();
  }

  get firstVisible(): number {
    return this.virtual.firstVisible;
  }

  get atEnd(): boolean {
    return this.virtual.atEnd;
  }

  get selection(): number | undefined {
    return this.selected;
  }

  /** The selected rows. */
  get span(): RowSpan | undefined {
    return this.selected === undefined
      ? undefined
      : spanBetween(this.anchor ?? this.selected, this.selected);
  }

  /** What the selected row shows; undefined while it is on its way. */
  get selectedRowContent(): LadderRow | undefined {
    return this.selected === undefined ? undefined : this.cache.currentRow(this.selected);
  }

  /** The selected row, to be found again later; undefined while it is on its way. */
  get keptRow(): KeptRow | undefined {
    const { selected, selectedRowContent: row } = this;
    return selected === undefined || row === undefined
      ? undefined
      : { index: selected, identity: identityOf(row) };
  }

  /** Where the selected row is in the page; undefined while it is not on the screen. */
  get selectedRect(): DOMRect | undefined {
    return this.selected === undefined
      ? undefined
      : this.virtual.elementOf(this.selected)?.getBoundingClientRect();
  }

  get rowCount(): number {
    return this.rows;
  }

  setOverview(overview: TraceOverview): void {
    const { rows, messages, generation, lifelines, startedAt, filter } = overview;
    this.rows = rows;
    setAttribute(this.element, 'aria-rowcount', String(rows + 1));
    // All that changes widths comes before the first of them is asked for: the page is laid out once.
    this.element.style.setProperty(
      '--wi-seq-digits',
      String(Math.max(3, String(Math.max(rows, messages)).length)),
    );
    if (this.header.setLifelines(lifelines)) {
      this.layOutColumns();
    }
    this.cache.setExtent(rows, generation);
    this.update({ lifelines, startedAt, order: filter.query.order });
    this.virtual.setRows(rows);
    this.want();
    this.drawFirst();
  }

  /** Shows lifelines in an order, and leaves some out. */
  arrange(arrangement: Arrangement): void {
    this.header.setArrangement(arrangement);
    this.layOutColumns();
  }

  setTimes(times: TimesShown): void {
    this.header.setTimes(times);
    this.update({ times });
  }

  /** Selects a row and shows it; the focus follows when the ladder has it. */
  select(index: number, where: 'nearest' | 'middle' = 'nearest'): void {
    this.selectTo(index, undefined, where);
  }

  /** Selects the rows from where the selection began to this one. */
  extendTo(index: number): void {
    this.selectTo(index, this.anchor ?? this.selected, 'nearest');
  }

  /** Scrolls nowhere unless told where to. */
  private selectTo(index: number, anchor?: number, where?: 'nearest' | 'middle'): void {
    if (index < 0 || index >= this.rows) {
      return;
    }
    const hadFocus = this.element.contains(document.activeElement);
    this.awaited = undefined;
    this.markSelected(anchor, index, undefined);
    if (where !== undefined) {
      this.virtual.reveal(index, where);
    }
    this.virtual.flush();
    if (hadFocus) {
      this.focus();
    }
    this.announce(true);
  }

  /**
   * Selects nothing: the rows are about to move. Returns what selects as before, for where they have not; it does
   * nothing once the reader has selected anew.
   */
  deselect(): () => void {
    const { anchor, selected, selectedMessage } = this;
    this.awaited = undefined;
    this.markSelected(undefined, undefined, undefined);
    return () => {
      if (this.selected === undefined) {
        this.markSelected(anchor, selected, selectedMessage);
        this.announce(false);
      }
    };
  }

  private markSelected(
    anchor: number | undefined,
    selected: number | undefined,
    message: number | undefined,
  ): void {
    this.anchor = anchor;
    this.selected = selected;
    this.selectedMessage = message;
    this.virtual.refresh();
  }

  /** Shows a row in the middle, and selects it if it turns out to be that of a message. */
  showMessage(index: number, message: number): void {
    this.virtual.reveal(index, 'middle');
    this.selectComing({ index, identity: messageIdentity(message) });
  }

  /** Selects a row once it has come, if it is still the same. Scrolls nowhere: the reader may look elsewhere. */
  selectComing(row: KeptRow): void {
    this.awaited = row;
    this.want();
    void this.cache.prefetch(row.index);
    this.settle();
  }

  /** First message in the viewport, as it is drawn. */
  get topMessage(): AnchorRow | undefined {
    const { first, last } = this.virtual.visible;
    return firstMessage((index) => this.rowAt(index), first, last);
  }

  /** The first message at a row or shortly below it, as far as rows have come. */
  messageFrom(index: number): MessageOnScreen | undefined {
    const last = Math.min(this.rows - 1, index + LOOK_BELOW);
    return firstMessage((at) => this.rowAt(at), index, last);
  }

  /** Scrolls by so many rows, down where it is positive. */
  shift(rows: number): void {
    this.virtual.shift(rows);
  }

  /** Shows rows that the page has brought with it, from row 0 on. */
  begin(page: RowsPage): void {
    this.cache.begin(page);
  }

  /** Asks for the rows around one before the number of rows is known; resolves when they are there, or failed. */
  prefetch(row: number): Promise<void> {
    return this.cache.prefetch(row);
  }

  /** The first picture has been painted: rows beyond the edges of the viewport are drawn from now on. */
  drawBeside(): void {
    this.virtual.drawBeside();
  }

  reveal(index: number, where: 'nearest' | 'middle' | 'top'): void {
    this.virtual.reveal(index, where);
  }

  revealEnd(): void {
    this.virtual.revealEnd();
  }

  /** Moves the focus to the selected row, or to the ladder when it is not on the screen. */
  focus(): void {
    const row = this.selected === undefined ? undefined : this.virtual.elementOf(this.selected);
    (row ?? this.element).focus({ preventScroll: true });
  }

  /** Asks again for rows that could not be had. */
  retry(): void {
    this.cache.retry();
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(change: Partial<RowContext>): void {
    this.context = { ...this.context, ...change };
    this.virtual.refresh();
  }

  /** The ladder's column has its least width before its width is asked for. */
  private layOutColumns(): void {
    const minimum = `${minimumWidth(this.header.shown)}px`;
    this.element.style.setProperty('--wi-ladder-minimum', minimum);
    this.header.layOut();
  }

  private bind(element: RowElement, index: number): void {
    const { span, selected, context } = this;
    const inSpan = span !== undefined && index >= span.first && index <= span.last;
    const standing = index === selected ? 'current' : inSpan ? 'selected' : 'other';
    element.bind(index, this.cache.row(index), standing, context);
  }

  private want(): void {
    const { first, last } = this.virtual.range;
    this.cache.want(first, last);
    this.see();
  }

  private loaded(): void {
    this.virtual.refresh();
    this.drawFirst();
    this.settle();
    this.announce(false);
    this.see();
  }

  /** The first rows need not wait for the next frame. */
  private drawFirst(): void {
    if (!this.shownAny && this.rows > 0 && this.cache.row(this.firstVisible) !== undefined) {
      this.shownAny = true;
      this.virtual.flush();
    }
  }

  /** Selects the awaited row if it has come; drops it if another stands there. */
  private settle(): void {
    const { awaited } = this;
    const row = awaited === undefined ? undefined : this.cache.currentRow(awaited.index);
    if (awaited !== undefined && row !== undefined) {
      this.awaited = undefined;
      if (identityOf(row) === awaited.identity) {
        this.selectTo(awaited.index);
      }
    }
  }

  /** A row that has come and is still one: those behind the present end are kept for a while. */
  private rowAt(index: number): LadderRow | undefined {
    return index < this.rows ? this.cache.row(index) : undefined;
  }

  private see(): void {
    const { first, last } = this.virtual.visible;
    this.seen.fire({ first, last, times: timesOf((index) => this.rowAt(index), first, last) });
  }

  /** Tells the selection: when it moved, when its row has come, and when its row has changed. */
  private announce(moved: boolean): void {
    if (this.selected === undefined) {
      return;
    }
    const row = this.cache.currentRow(this.selected);
    const message = row?.kind === 'message' ? row.message : undefined;
    if (
      row !== undefined &&
      this.selectedMessage !== undefined &&
      message !== this.selectedMessage
    ) {
      const strayed = this.selectedMessage;
      this.deselect();
      this.strayed.fire(strayed);
      return;
    }
    this.selectedMessage = row === undefined ? this.selectedMessage : message;
    const told = row === undefined ? undefined : JSON.stringify(row);
    if (moved || (told !== undefined && told !== this.announced)) {
      this.announced = told;
      this.selectedRow.fire({ index: this.selected, row });
    }
  }

  private listen(): void {
    const target: LadderInputTarget = {
      element: this.element,
      selectedNow: () => ({
        index: this.selected ?? -1,
        row: this.cache.currentRow(this.selected ?? -1),
      }),
      order: () => this.context.order,
      select: (index) => this.select(index),
      extendTo: (index) => this.extendTo(index),
      move: (to, keepsStart) => this.move(to, keepsStart),
      focus: () => this.focus(),
      act: (action) => this.action.fire(action),
    };
    this.store.add(listenToReader(target));
  }

  private move(to: Movement, keepsStart: boolean): void {
    const { pageRows, firstVisible } = this.virtual;
    const target = move(this.selected, to, { rows: this.rows, pageRows, firstVisible });
    if (target !== undefined && keepsStart) {
      this.extendTo(target);
    } else if (target !== undefined) {
      this.select(target);
    }
  }
}
