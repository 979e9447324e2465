import type { LadderAction } from './selection';

/** What the keys of the ladder do beyond it. */
export interface LadderActs {
  /** Something may still come: following can be turned on. */
  readonly followOffered: boolean;
  setFollow(on: boolean): void;
  toggleFollow(): void;
  goToHeading(step: 1 | -1): void;
  toggleFold(row: number): void;
  focusDetails(): void;
  copySelected(): void;
  selectForCompare(): void;
  compareWithSelected(): void;
}

export function act(action: LadderAction, acts: LadderActs): void {
  switch (action.kind) {
    case 'move':
      if (action.to === 'end' && acts.followOffered) {
        acts.setFollow(true);
      }
      break;
    case 'heading':
      acts.goToHeading(action.step);
      break;
    case 'toggle':
      acts.toggleFold(action.row);
      break;
    case 'details':
      acts.focusDetails();
      break;
    case 'follow':
      if (acts.followOffered) {
        acts.toggleFollow();
      }
      break;
    case 'copy':
      acts.copySelected();
      break;
    case 'selectForCompare':
      acts.selectForCompare();
      break;
    case 'compareWithSelected':
      acts.compareWithSelected();
      break;
  }
}
