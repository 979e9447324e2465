import { shortcutOf, type ShortcutAction } from './keys/keyMap';

/** What keys do wherever the focus is. */
export type ShortcutActions = Readonly<Record<ShortcutAction, () => void>>;

/** Where Space and letters have a meaning of their own. */
const CONTROLS =
  'input, select, textarea, button, summary, a, [role="menu"], [role="listbox"], [role="dialog"]';

/** Listens on the whole page. What is heard goes no further: the editor has its own meaning for these keys. */
export function listenForShortcuts(actions: ShortcutActions): void {
  document.addEventListener('keydown', (event) => {
    const action = shortcutOf(event);
    if (action === undefined || event.defaultPrevented || isTakenBy(event.target, event)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    actions[action]();
  });
}

/** True where a key belongs to what has the focus: signs are written, and Space presses a button. */
function isTakenBy(target: EventTarget | null, { key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (key.length > 1 || ctrlKey || metaKey || !(target instanceof Element)) {
    return false;
  }
  const control = target.closest(CONTROLS);
  return control !== null && (key === ' ' || !isButton(control));
}

function isButton(control: Element): boolean {
  return (
    control instanceof HTMLButtonElement ||
    (control instanceof HTMLInputElement && control.type === 'checkbox')
  );
}
