/** Questions in several steps with VS Code's own inputs: numbered, with a way back. */
import * as vscode from 'vscode';
import { DisposableStore } from '../core/base/disposable';

/** How a step ended; `cancelled` when somebody thinks better of it all. */
export type StepAnswer<T> =
  { readonly kind: 'answer'; readonly value: T } | { readonly kind: 'back' | 'cancelled' };

/** Where a step stands among the others. */
export interface StepPlace {
  readonly canGoBack: boolean;
  /** From 1; absent where steps are not counted. */
  readonly step?: number;
  readonly totalSteps?: number;
}

export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeHolder: string;
  readonly value: string;
  /** What is wrong with a text, and what to write instead; undefined: nothing. */
  readonly check: (text: string) => string | undefined;
  /** Lets somebody choose a file instead of typing its path. */
  readonly browse?: () => Thenable<string | undefined>;
}

export interface PickQuestion<T extends vscode.QuickPickItem> {
  readonly title: string;
  readonly placeHolder: string;
  readonly items: readonly T[];
  /** The item that is marked at first. */
  readonly active?: T | undefined;
}

/**
 * Asks one after the other; each step is given what the ones before have made of the start. *Back* asks the step
 * before again. Undefined when somebody thinks better of it.
 */
export async function askSteps<S>(
  start: S,
  steps: readonly ((state: S, place: StepPlace) => Promise<StepAnswer<S>>)[],
): Promise<S | undefined> {
  const states = [start];
  for (let at = 0; at < steps.length;) {
    const [ask, state] = [steps[at], states[at]];
    if (ask === undefined || state === undefined) {
      return undefined;
    }
    const place = { canGoBack: at > 0, step: at + 1, totalSteps: steps.length };
    const answer = await ask(state, place);
    switch (answer.kind) {
      case 'cancelled':
        return undefined;
      case 'back':
        // The step before is asked again with its own answer in it.
        at = Math.max(0, at - 1);
        states[at] = state;
        break;
      case 'answer':
        at++;
        states[at] = answer.value;
    }
  }
  return states[steps.length];
}

/** Asks for a text, which is checked as it is typed; the answer is trimmed. */
export function askText(question: TextQuestion, place: StepPlace): Promise<StepAnswer<string>> {
  const { title, prompt, placeHolder: placeholder, value, check, browse } = question;
  const input = vscode.window.createInputBox();
  const browseButton = {
    iconPath: new vscode.ThemeIcon('folder-opened'),
    tooltip: vscode.l10n.t('Choose a File…'),
  };
  Object.assign(input, { title, prompt, placeholder, value }, numbers(place));
  input.ignoreFocusOut = true;
  input.buttons = [...back(place), ...(browse === undefined ? [] : [browseButton])];
  let isBrowsing = false;
  const listen: Listen<string> = (store, settle) => {
    const complain = (): string | undefined => {
      const complaint = check(input.value.trim());
      input.validationMessage = complaint;
      return complaint;
    };
    store.add(input.onDidChangeValue(complain));
    store.add(
      input.onDidAccept(() => {
        if (complain() === undefined) {
          settle({ kind: 'answer', value: input.value.trim() });
        }
      }),
    );
    store.add(
      input.onDidTriggerButton((button) => {
        if (button === browseButton && browse !== undefined) {
          void (async () => {
            // The dialogue takes the place of the input, which must not be taken for left.
            isBrowsing = true;
            const file = await browse();
            isBrowsing = false;
            if (file === undefined) {
              input.show();
            } else {
              settle({ kind: 'answer', value: file });
            }
          })();
        }
      }),
    );
  };
  return answerOf(input, listen, () => isBrowsing);
}

/** Asks for one of several. */
export function askPick<T extends vscode.QuickPickItem>(
  { title, placeHolder: placeholder, items, active }: PickQuestion<T>,
  place: StepPlace,
): Promise<StepAnswer<T>> {
  const input = vscode.window.createQuickPick<T>();
  Object.assign(input, { title, placeholder }, numbers(place));
  input.items = items;
  if (active !== undefined) {
    input.activeItems = [active];
  }
  input.ignoreFocusOut = true;
  input.matchOnDescription = true;
  input.buttons = back(place);
  return answerOf(input, (store, settle) => {
    store.add(
      input.onDidAccept(() => {
        const [value] = input.selectedItems;
        if (value !== undefined) {
          settle({ kind: 'answer', value });
        }
      }),
    );
  });
}

function back({ canGoBack }: StepPlace): vscode.QuickInputButton[] {
  return canGoBack ? [vscode.QuickInputButtons.Back] : [];
}

function numbers({ step, totalSteps }: StepPlace): object {
  return step === undefined ? {} : { step, totalSteps };
}

type Listen<T> = (store: DisposableStore, settle: (answer: StepAnswer<T>) => void) => void;

/** Shows an input until it is answered, left or gone back from. */
function answerOf<T>(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  listen: Listen<T>,
  isAway = (): boolean => false,
): Promise<StepAnswer<T>> {
  return new Promise((resolve) => {
    const store = new DisposableStore();
    const settle = (answer: StepAnswer<T>): void => {
      resolve(answer);
      store.dispose();
    };
    store.add(input);
    listen(store, settle);
    store.add(
      input.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) {
          settle({ kind: 'back' });
        }
      }),
    );
    store.add(input.onDidHide(() => !isAway() && settle({ kind: 'cancelled' })));
    input.show();
  });
}
