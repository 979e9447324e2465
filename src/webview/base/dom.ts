import { createIcon, type IconName } from './icons';

/** Attributes by name, as HTML writes them. Text goes in as a child, never as markup. */
type Attributes = Readonly<Record<string, string>>;

/** Makes an element with a class, attributes and children; strings become text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = className;
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** Gives copies of what is made once: much quicker than to make it part by part, again and again. */
export function template<E extends Element>(make: () => E): () => E {
  let first: E | undefined;
  return () => {
    first ??= make();
    return first.cloneNode(true) as E;
  };
}

/** Makes a button with an icon and a word. */
export function iconButton(
  className: string,
  icon: IconName,
  word: string,
  onClick: () => void,
): HTMLButtonElement {
  const label = element('span', 'wi-button__label', {}, word);
  const button = element(
    'button',
    `wi-button ${className}`,
    { type: 'button' },
    createIcon(icon),
    label,
  );
  button.addEventListener('click', onClick);
  return button;
}

/** Makes a button that shows an icon alone; the word is read out and shown on hover. */
export function plainButton(
  className: string,
  icon: IconName,
  word: string,
  onClick: () => void,
): HTMLButtonElement {
  const button = iconButton(`wi-button--plain ${className}`, icon, '', onClick);
  button.lastElementChild?.remove();
  button.title = word;
  button.setAttribute('aria-label', word.replace(/ \(.*\)$/, ''));
  return button;
}

/** Sets text only when it differs, so that what the reader has selected stays selected. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/** Sets or, with undefined, removes an attribute; does nothing when it is already so. */
export function setAttribute(target: Element, name: string, value: string | undefined): void {
  if (value === undefined) {
    if (target.hasAttribute(name)) {
      target.removeAttribute(name);
    }
  } else if (target.getAttribute(name) !== value) {
    target.setAttribute(name, value);
  }
}

export function setHidden(target: HTMLElement, hidden: boolean): void {
  if (target.hidden !== hidden) {
    target.hidden = hidden;
  }
}
