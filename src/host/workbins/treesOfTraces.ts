import { ToldWorkbins } from '../../session/toldWorkbins';
import type { Trace } from '../../session/trace';
import { WorkbinTree } from '../../session/workbinTree';
import { hostPace } from '../hostPace';

/** The workbins of each trace, and what its messages tell of them: read behind what is shown, and told when it is new. */
export class TreesOfTraces {
  private readonly known = new WeakMap<
    Trace,
    { readonly tree: WorkbinTree; readonly told: ToldWorkbins }
  >();

  /** `onDidRead`: something new was told. */
  constructor(private readonly onDidRead: () => void) {}

  /** The workbins of a trace; has what is new in it read. */
  of(trace: Trace): WorkbinTree {
    let known = this.known.get(trace);
    if (known === undefined) {
      const told = new ToldWorkbins(trace, hostPace);
      known = { told, tree: new WorkbinTree(trace, told) };
      this.known.set(trace, known);
    }
    void known.told.read().then((isNew) => {
      if (isNew) {
        this.onDidRead();
      }
    });
    return known.tree;
  }
}
