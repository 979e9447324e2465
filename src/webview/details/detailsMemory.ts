import type { DetailsTab, FrameForm, TraceViewState } from '../../bridge/traceView';
import type { TreeMemory } from './treeModel';

/** Trees of so many message names are remembered. */
const MAX_TREES = 200;

/** What the reader has chosen in the details: the same from message to message. */
export class DetailsMemory {
  headersOpen = false;
  /** What attributes are searched for. */
  sought = '';
  private shownTab: DetailsTab;
  private shownForm: FrameForm;
  private readonly trees = new Map<string, TreeMemory>();

  constructor(
    restored: Pick<TraceViewState, 'detailsTab' | 'frameForm'> | undefined,
    /** Something is worth keeping beyond this page. */
    private readonly onDidChange: () => void,
  ) {
    this.shownTab = restored?.detailsTab ?? 'attributes';
    this.shownForm = restored?.frameForm ?? 'text';
  }

  get tab(): DetailsTab {
    return this.shownTab;
  }

  set tab(tab: DetailsTab) {
    this.shownTab = tab;
    this.onDidChange();
  }

  get form(): FrameForm {
    return this.shownForm;
  }

  set form(form: FrameForm) {
    this.shownForm = form;
    this.onDidChange();
  }

  get state(): Pick<TraceViewState, 'detailsTab' | 'frameForm'> {
    return { detailsTab: this.shownTab, frameForm: this.shownForm };
  }

  /** Which lists are open in messages of a name. */
  treeOf(name: string): TreeMemory {
    const known = this.trees.get(name);
    if (known !== undefined) {
      return known;
    }
    if (this.trees.size >= MAX_TREES) {
      this.trees.clear();
    }
    const made: TreeMemory = { open: new Set(), closed: new Set() };
    this.trees.set(name, made);
    return made;
  }
}
