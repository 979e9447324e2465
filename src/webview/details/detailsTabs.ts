import type { DetailsTab } from '../../bridge/traceView';
import { element, setHidden } from '../base/dom';

/** One tab: its panel is made when it is first shown. */
export interface TabPart {
  readonly tab: DetailsTab;
  readonly word: string;
  readonly create: () => HTMLElement;
}

/** Tabs of the details, of which one is shown. Arrow keys go from tab to tab, as everywhere. */
export class DetailsTabs {
  readonly element = element('div', 'wi-tabs');
  private readonly list = element('div', 'wi-tabs__list', {
    role: 'tablist',
    'aria-label': 'Details',
  });
  private readonly buttons = new Map<DetailsTab, HTMLButtonElement>();
  private readonly panels = new Map<DetailsTab, HTMLElement>();

  constructor(
    private readonly parts: readonly TabPart[],
    shown: DetailsTab,
    private readonly onDidChoose: (tab: DetailsTab) => void,
  ) {
    this.element.append(this.list);
    for (const part of parts) {
      this.list.append(this.createButton(part));
    }
    this.list.addEventListener('keydown', (event) => this.onKey(event));
    // A tab that this message does not have stays chosen for those that do.
    this.show(parts.find(({ tab }) => tab === shown)?.tab ?? 'attributes');
  }

  show(shown: DetailsTab): void {
    for (const { tab, create } of this.parts) {
      const isShown = tab === shown;
      const button = this.buttons.get(tab);
      button?.setAttribute('aria-selected', String(isShown));
      button?.setAttribute('tabindex', isShown ? '0' : '-1');
      let panel = this.panels.get(tab);
      if (isShown && panel === undefined) {
        panel = create();
        panel.setAttribute('role', 'tabpanel');
        panel.setAttribute('id', `wi-panel-${tab}`);
        panel.setAttribute('aria-labelledby', `wi-tab-${tab}`);
        button?.setAttribute('aria-controls', `wi-panel-${tab}`);
        panel.classList.add('wi-tabs__panel');
        this.panels.set(tab, panel);
        this.element.append(panel);
      }
      if (panel !== undefined) {
        setHidden(panel, !isShown);
      }
    }
  }

  private choose(tab: DetailsTab): void {
    this.show(tab);
    this.buttons.get(tab)?.focus();
    this.onDidChoose(tab);
  }

  private createButton({ tab, word }: TabPart): HTMLButtonElement {
    const button = element(
      'button',
      'wi-tabs__tab',
      { type: 'button', role: 'tab', id: `wi-tab-${tab}` },
      word,
    );
    button.addEventListener('click', () => this.choose(tab));
    this.buttons.set(tab, button);
    return button;
  }

  private onKey(event: KeyboardEvent): void {
    const tabs = this.parts.map(({ tab }) => tab);
    const at = tabs.findIndex((tab) => this.buttons.get(tab) === document.activeElement);
    const { length } = tabs;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + length, Home: 0, End: length - 1 }[
      event.key
    ];
    const tab = to === undefined ? undefined : tabs[to % length];
    if (tab !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      this.choose(tab);
    }
  }
}
