/** What keys do wherever the focus is. */
export interface ShortcutActions {
  readonly find: () => void;
  readonly findNext: (step: 1 | -1) => void;
  readonly filter: () => void;
}

/** Listens on the whole page. What is heard goes no further: the editor has its own meaning for these keys. */
export function listenForShortcuts(actions: ShortcutActions): void {
  document.addEventListener('keydown', (event) => {
    const run = meaningOf(event, actions);
    if (run !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      run();
    }
  });
}

function meaningOf(event: KeyboardEvent, actions: ShortcutActions): (() => void) | undefined {
  const { key, shiftKey, ctrlKey, metaKey, altKey, target } = event;
  const control = (ctrlKey || metaKey) && !altKey;
  if (control && key.toLowerCase() === 'f') {
    return shiftKey ? actions.filter : actions.find;
  }
  if (key === 'F3') {
    return () => actions.findNext(shiftKey ? -1 : 1);
  }
  const writing = target instanceof HTMLInputElement && target.type === 'text';
  return key === '/' && !control && !altKey && !writing ? actions.filter : undefined;
}
