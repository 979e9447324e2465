import type { FilterState } from '../../bridge/traceView';
import { element, iconButton, setAttribute, setHidden, setText } from '../base/dom';
import { formatCount } from '../base/format';

/** How many messages the filter lets through, and how far it has got, with a way to stop it. */
export class FilterCount {
  readonly element: HTMLElement;
  /** A thin line for the lower edge of the bar. */
  readonly track = element('div', 'wi-filter__track', {
    role: 'progressbar',
    'aria-label': 'Filtering',
    'aria-valuemin': '0',
    'aria-valuemax': '100',
  });
  private readonly bar = element('div', 'wi-progress__bar');
  private readonly text = element('span', 'wi-filter__count', { role: 'status' });
  private readonly cancel: HTMLButtonElement;

  constructor(onCancel: () => void) {
    this.cancel = iconButton('', 'stop', 'Cancel', onCancel);
    this.cancel.title = 'Stop filtering and show what was shown before';
    this.element = element('div', 'wi-filter__result', {}, this.text, this.cancel);
    this.track.append(this.bar);
  }

  /** `isOther`: the line says something else than the filter that is in force. */
  update({ matches, evaluating, query }: FilterState, messages: number, isOther: boolean): void {
    const limited = query.filter !== '' || query.range !== undefined;
    const all = `${formatCount(messages)} message${messages === 1 ? '' : 's'}`;
    const percent = Math.round((evaluating ?? 0) * 100);
    const share = evaluating === undefined ? '' : ` · ${percent} %`;
    // What is all there is, the toolbar tells.
    const still = isOther ? 'Still ' : '';
    setText(this.text, limited ? `${still}${formatCount(matches)} of ${all}${share}` : '');
    const filter = query.filter === '' ? 'the chosen range' : query.filter;
    setAttribute(this.text, 'title', isOther ? `Still shown: ${filter}` : undefined);
    setHidden(this.cancel, evaluating === undefined);
    setHidden(this.track, evaluating === undefined);
    setAttribute(this.track, 'aria-valuenow', String(percent));
    setHidden(this.element, !limited && evaluating === undefined);
    this.bar.style.transform = `scaleX(${percent / 100})`;
  }
}
