import type { TraceOverview } from '../../bridge/traceView';
import { setHidden } from '../base/dom';
import { Splitter } from '../details/splitter';
import { StatisticsPanel, type StatisticsOptions } from './statisticsPanel';

export interface StatisticsControlOptions extends Omit<StatisticsOptions, 'close'> {
  /** Holds the ladder; the panel stands below it. */
  readonly container: HTMLElement;
  readonly onDidToggle: (open: boolean) => void;
  readonly leave: () => void;
}

/** Opens and closes the panel of statistics, and makes it when it is first wanted. */
export class StatisticsControl {
  private panel: StatisticsPanel | undefined;
  private splitter: Splitter | undefined;
  private overview: TraceOverview | undefined;

  constructor(private readonly options: StatisticsControlOptions) {
    options.onDidToggle(false);
  }

  toggle(): void {
    if (this.panel?.isOpen === true) {
      this.close();
    } else {
      this.open();
    }
  }

  update(overview: TraceOverview): void {
    this.overview = overview;
    this.panel?.update(overview);
  }

  private open(): void {
    const panel = (this.panel ??= this.create());
    if (this.overview !== undefined) {
      panel.update(this.overview);
    }
    this.show(true);
    panel.open();
  }

  private close(): void {
    this.panel?.close();
    this.show(false);
    this.options.leave();
  }

  private show(open: boolean): void {
    if (this.splitter !== undefined) {
      setHidden(this.splitter.element, !open);
    }
    this.options.onDidToggle(open);
  }

  private create(): StatisticsPanel {
    const { container } = this.options;
    const panel = new StatisticsPanel({ ...this.options, close: () => this.close() });
    this.splitter = new Splitter({
      container,
      sized: panel.element,
      sizes: { width: undefined, height: undefined },
      onDidResize: () => undefined,
      name: 'statistics',
    });
    container.append(this.splitter.element, panel.element);
    return panel;
  }
}
