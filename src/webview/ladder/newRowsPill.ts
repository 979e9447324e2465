import { element, setHidden, setText } from '../base/dom';
import { formatQuantity } from '../base/format';
import { createIcon } from '../base/icons';

/** Says how many rows came out of sight, and leads to them. */
export class NewRowsPill {
  readonly element: HTMLElement;
  private readonly text = element('span', '');

  constructor(onJump: () => void) {
    this.element = element(
      'button',
      'wi-pill',
      { type: 'button' },
      createIcon('follow'),
      this.text,
    );
    this.element.addEventListener('click', onJump);
    this.element.hidden = true;
  }

  update(unseen: number): void {
    setHidden(this.element, unseen === 0);
    setText(this.text, `${formatQuantity(unseen, 'new row')} – Jump to End`);
  }
}
