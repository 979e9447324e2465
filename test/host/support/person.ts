/** A person at VS Code's own dialogues: answers what is asked, in order, and remembers what is said. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { waitFor } from '../../environment/waiting';

/** How a dialogue is answered: a text, a row of a pick by what it contains, a file, or not at all. */
export type Answer = string | vscode.Uri | undefined;

/** Of VS Code's inputs what the extension uses. */
interface FakeInput {
  title: string;
  value: string;
  items: readonly vscode.QuickPickItem[];
  selectedItems: readonly vscode.QuickPickItem[];
  validationMessage?: string | undefined;
  readonly onDidAccept: vscode.Event<void>;
  readonly onDidHide: vscode.Event<void>;
  readonly onDidChangeValue: vscode.Event<string>;
  readonly onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
  show(): void;
  dispose(): void;
}

/** Stands in for the person from creation until `leave`. */
export class Person {
  /** Titles of the dialogues that were answered. */
  readonly asked: string[] = [];
  /** Messages that were shown. */
  readonly told: string[] = [];
  /** Buttons of messages that are still to be clicked. */
  private readonly buttons: string[] = [];
  private readonly answers: Answer[] = [];
  private readonly window = vscode.window as unknown as Record<string, unknown>;
  private readonly before = new Map<string, unknown>();

  constructor() {
    this.replace('showInputBox', (options: vscode.InputBoxOptions) => this.type(options));
    this.replace(
      'showQuickPick',
      (items: readonly vscode.QuickPickItem[], options: vscode.QuickPickOptions) =>
        this.pick(items, options),
    );
    this.replace('createInputBox', () => this.input((input) => this.type(input)));
    this.replace('createQuickPick', () =>
      this.input((input) => this.pick(input.items, { title: input.title })),
    );
    this.replace('showSaveDialog', (options: vscode.SaveDialogOptions) =>
      Promise.resolve(this.next(options.title)),
    );
    for (const name of ['showInformationMessage', 'showWarningMessage', 'showErrorMessage']) {
      this.replace(name, (text: string, ...answers: readonly unknown[]) => {
        this.told.push(text);
        return Promise.resolve(this.click(answers));
      });
    }
  }

  /** What the next dialogues are answered with. */
  will(...answers: readonly Answer[]): void {
    this.answers.push(...answers);
  }

  /** Clicks a button of the next message that has it; all others stay unanswered. */
  willClick(button: string): void {
    this.buttons.push(button);
  }

  /** Resolves with the first message that contains the words. */
  hears(words: string): Promise<string> {
    return waitFor(`the words "${words}"`, () => this.told.find((text) => text.includes(words)));
  }

  /** Gives VS Code its dialogues back. */
  leave(): void {
    for (const [name, value] of this.before) {
      this.window[name] = value;
    }
    assert.deepEqual(this.answers, [], 'everything that was prepared was asked');
    assert.deepEqual(this.buttons, [], 'every button was there');
  }

  private click(answers: readonly unknown[]): string | undefined {
    const place = this.buttons.findIndex((button) => answers.includes(button));
    return place < 0 ? undefined : this.buttons.splice(place, 1)[0];
  }

  private async type(options: vscode.InputBoxOptions): Promise<string | undefined> {
    const answer = this.next(options.title);
    assert(typeof answer === 'string' || answer === undefined);
    if (answer !== undefined) {
      assert.equal((await options.validateInput?.(answer)) ?? undefined, undefined);
    }
    return answer;
  }

  private pick(
    items: readonly vscode.QuickPickItem[],
    { title }: vscode.QuickPickOptions,
  ): Promise<vscode.QuickPickItem | undefined> {
    const answer = this.next(title);
    const found =
      answer === undefined ? undefined : items.find(({ label }) => label.includes(String(answer)));
    assert(found !== undefined || answer === undefined, `${title}: no row "${String(answer)}"`);
    return Promise.resolve(found);
  }

  /** An input that is answered as soon as it is shown, as the functions that show one are. */
  private input(
    answer: (input: FakeInput) => Promise<string | vscode.QuickPickItem | undefined>,
  ): FakeInput {
    const accepted = new vscode.EventEmitter<void>();
    const hidden = new vscode.EventEmitter<void>();
    const input: FakeInput = {
      title: '',
      value: '',
      items: [],
      selectedItems: [],
      onDidAccept: accepted.event,
      onDidHide: hidden.event,
      onDidChangeValue: new vscode.EventEmitter<string>().event,
      onDidTriggerButton: new vscode.EventEmitter<vscode.QuickInputButton>().event,
      show: () => {
        void answer(input).then((given) => {
          if (given === undefined) {
            hidden.fire();
            return;
          }
          if (typeof given === 'string') {
            input.value = given;
          } else {
            input.selectedItems = [given];
          }
          accepted.fire();
          assert.equal(input.validationMessage, undefined);
        });
      },
      dispose: () => undefined,
    };
    return input;
  }

  private next(title = ''): Answer {
    this.asked.push(title);
    assert(this.answers.length > 0, `nobody was prepared for "${title}"`);
    return this.answers.shift();
  }

  private replace(name: string, value: unknown): void {
    this.before.set(name, this.window[name]);
    this.window[name] = value;
  }
}
