import type { ComparedMessage } from '../../bridge/detailsMethods';
import type { TraceViewMethods } from '../../bridge/traceView';
import type { MenuGroup } from '../base/contextMenu';

export interface CompareOptions {
  readonly host: Pick<TraceViewMethods, 'selectForCompare' | 'getCompared' | 'compareWithSelected'>;
  /** Says something to those who do not see it. */
  readonly say: (text: string) => void;
  readonly fail: (what: string, error: unknown) => void;
}

/** Two messages beside each other in the editor's diff: one is selected first, in any trace, then the other. */
export class CompareControl {
  /** What was selected last, as far as this view knows: another trace's view may have selected since. */
  private known: ComparedMessage | undefined;

  constructor(private readonly options: CompareOptions) {
    window.addEventListener('focus', () => this.refresh());
  }

  /** Asks what is selected: in another trace's view, or in this one before its page was made anew. */
  refresh(): void {
    this.options.host.getCompared().then(
      (selected) => (this.known = selected),
      // The menu offers the same without the name; who chooses it is told what is wrong.
      () => (this.known = undefined),
    );
  }

  select(message: number): void {
    const { host, say, fail } = this.options;
    host.selectForCompare(message).then(
      (selected) => {
        this.known = selected;
        say(`Selected for compare: ${selected.title}`);
      },
      (error: unknown) => fail('The message could not be selected', error),
    );
  }

  compare(message: number): void {
    const { host, fail } = this.options;
    host
      .compareWithSelected(message)
      .catch((error: unknown) => fail('The messages could not be compared', error));
  }

  /** What a menu offers for a message, once it is known what is selected. */
  async entries(message: number): Promise<MenuGroup> {
    const { host, fail } = this.options;
    this.known = await host.getCompared().catch((error: unknown) => {
      fail('What is selected for compare is not known', error);
      return undefined;
    });
    return this.offer(message, this.known !== undefined);
  }

  /** What a menu offers at once: should nothing be selected, comparing says so. */
  offer(message: number, enabled = true): MenuGroup {
    const selected = this.known;
    return [
      { label: 'Select for Compare', keys: 'D', run: () => this.select(message) },
      {
        label: selected === undefined ? 'Compare With Selected' : `Compare With ${selected.title}`,
        keys: 'Shift+D',
        enabled,
        run: () => this.compare(message),
      },
    ];
  }
}
