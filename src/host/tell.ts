/**
 * What is told in notifications and dialogs, all of it through here: texts may hold what a server or a file says, and
 * none of that may become a link.
 */
import * as vscode from 'vscode';
import { withoutLinks } from './withoutLinks';

type More = readonly [first?: vscode.MessageOptions | string, ...answers: string[]];
/** Resolves with the answer that was chosen; undefined when it was closed. */
type Told = Thenable<string | undefined>;

export function tellInformation(words: string, ...more: More): Told {
  const { text, options, answers } = parts(words, more);
  return vscode.window.showInformationMessage(text, options, ...answers);
}

export function tellWarning(words: string, ...more: More): Told {
  const { text, options, answers } = parts(words, more);
  return vscode.window.showWarningMessage(text, options, ...answers);
}

export function tellFailure(words: string, ...more: More): Told {
  const { text, options, answers } = parts(words, more);
  return vscode.window.showErrorMessage(text, options, ...answers);
}

/** Shows that `task` is under way. */
export function withProgress<T>(
  options: vscode.ProgressOptions,
  task: (
    report: (value: { readonly message?: string; readonly increment?: number }) => void,
    token: vscode.CancellationToken,
  ) => Thenable<T>,
): Thenable<T> {
  const { title, ...others } = options;
  const shown = { ...others, ...(title === undefined ? {} : { title: withoutLinks(title) }) };
  return vscode.window.withProgress(shown, (progress, token) =>
    task(
      ({ message, ...rest }) =>
        progress.report({
          ...rest,
          ...(message === undefined ? {} : { message: withoutLinks(message) }),
        }),
      token,
    ),
  );
}

function parts(
  words: string,
  more: More,
): {
  readonly text: string;
  readonly options: vscode.MessageOptions;
  readonly answers: readonly string[];
} {
  const [first, ...others] = more;
  const { detail, ...options } = typeof first === 'object' ? first : {};
  return {
    text: withoutLinks(words),
    options: { ...options, ...(detail === undefined ? {} : { detail: withoutLinks(detail) }) },
    answers: typeof first === 'string' ? [first, ...others] : others,
  };
}
