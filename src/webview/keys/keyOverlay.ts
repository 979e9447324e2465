import { element, plainButton } from '../base/dom';
import { KEY_MAP, type KeyArea, type KeyEntry } from './keyMap';
import { AREA_WORDS, chordWords } from './keyWords';

/** All keys, over the view. Made when it is first opened; the browser keeps the focus inside and gives it back. */
export class KeyOverlay {
  private dialog: HTMLDialogElement | undefined;

  open(): void {
    this.dialog ??= createDialog();
    if (!this.dialog.open) {
      this.dialog.showModal();
    }
  }
}

function createDialog(): HTMLDialogElement {
  const close = plainButton('', 'close', 'Close (Escape)', () => dialog.close());
  const head = element(
    'div',
    'wi-keys__head',
    {},
    element('h2', 'wi-keys__title', { id: 'wi-keys-title' }, 'Keys'),
    close,
  );
  const areas = (Object.keys(AREA_WORDS) as KeyArea[]).map(createArea);
  const list = element('div', 'wi-keys__areas', { tabindex: '0' }, ...areas);
  const dialog = element('dialog', 'wi-keys', { 'aria-labelledby': 'wi-keys-title' }, head, list);
  // What is pressed here is not meant for what lies below; Escape closes by the browser's own way.
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === '?') {
      dialog.close();
    }
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
  document.body.append(dialog);
  return dialog;
}

function createArea(area: KeyArea): HTMLElement {
  const entries: readonly KeyEntry[] = KEY_MAP;
  const list = element('dl', 'wi-keys__list');
  for (const { chords, does } of entries.filter((entry) => entry.area === area)) {
    const keys = chords.flatMap((chord, index) => [
      ...(index === 0 ? [] : [' ']),
      element('kbd', 'wi-keys__key', {}, chordWords(chord)),
    ]);
    list.append(
      element(
        'div',
        'wi-keys__entry',
        {},
        element('dt', '', {}, ...keys),
        element('dd', '', {}, does),
      ),
    );
  }
  return element('section', 'wi-keys__area', {}, element('h3', '', {}, AREA_WORDS[area]), list);
}
