import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/base/disposable';
import { refused, type ExpectedError } from '../core/base/result';
import { COMMANDS, TREE_ROW_COMMANDS, type CommandName } from './commandIds';
import type { RecordingNode } from './recordings/recordingNode';
import type { InteractionNode, MoreNode, WorkbinNode } from './workbins/workbinNodes';

/** Arguments by name; commands that are not named take none. Whoever calls with none is asked, where that makes sense. */
interface SomeArguments {
  /** A row of the Servers view, or none. */
  readonly connectServer: [server?: unknown];
  readonly cancelServer: [server?: unknown];
  readonly disconnectServer: [server?: unknown];
  readonly stopServer: [server?: unknown];
  readonly showServerWorkbins: [server?: unknown];
  readonly openServerTrace: [server?: unknown];
  readonly editServer: [server?: unknown];
  readonly duplicateServer: [server?: unknown];
  readonly removeServer: [server?: unknown];
  readonly copyServerAddress: [server?: unknown];
  readonly getContent: [workbin?: WorkbinNode];
  readonly requestNotifications: [workbin?: WorkbinNode];
  readonly requestPropertyChanges: [workbin?: WorkbinNode];
  readonly cancelNotifications: [workbin?: WorkbinNode];
  readonly placeHere: [workbin?: WorkbinNode];
  readonly findInteraction: [workbin?: WorkbinNode];
  readonly copyWorkbinName: [workbin?: WorkbinNode];
  readonly showInTrace: [row?: WorkbinNode | InteractionNode];
  /** `type@owner`, and an interaction in it. */
  readonly revealInWorkbins: [workbin?: unknown, interactionId?: unknown];
  readonly showMore: [row?: MoreNode];
  readonly openInteraction: [interaction?: InteractionNode];
  /** The row, and all rows that are selected. */
  readonly pullInteraction: [interaction?: InteractionNode, selected?: unknown];
  readonly placeInteraction: [interaction?: InteractionNode];
  readonly copyInteractionId: [interaction?: InteractionNode, selected?: unknown];
  readonly placeAsOtherAgent: [workbin?: WorkbinNode];
  readonly pullAsOtherAgent: [workbin?: WorkbinNode];
  /** Anything with a `profile`; see `DoctorActions`. */
  readonly diagnose: [of?: unknown];
  /** Which scenario, without being asked; see `StartArgument`. */
  readonly startSimulator: [start?: unknown];
  readonly openRecording: [recording?: RecordingNode];
  readonly renameRecording: [recording?: RecordingNode];
  readonly revealRecording: [recording?: RecordingNode];
  readonly deleteRecording: [recording?: RecordingNode];
  readonly saveRecording: [recording?: RecordingNode];
  readonly exportHar: [recording?: RecordingNode];
  /** Name of the request to begin with. */
  readonly sendRequest: [request?: unknown];
  /** The file, from the explorer's menu. */
  readonly openHar: [file?: unknown];
}

type CommandArguments<K extends CommandName> = K extends keyof SomeArguments
  ? SomeArguments[K]
  : [];

/** What each command does. A handler that rejects has its words shown. */
export type CommandHandlers = {
  readonly [K in CommandName]: (...args: CommandArguments<K>) => void | Promise<void>;
};

/** Registers all commands. `onError` is told of what a handler throws. */
export function registerCommands(
  handlers: CommandHandlers,
  onError: (error: unknown) => void,
): Disposable {
  const store = new DisposableStore();
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    // Menus and keybindings pass what they like; handlers check that a node is one of theirs.
    const handler = handlers[name] as (...args: readonly unknown[]) => void | Promise<void>;
    const run = async (...args: readonly unknown[]): Promise<void> => {
      try {
        if (TREE_ROW_COMMANDS.has(name) && isRowForgotten(args)) {
          throw rowForgotten();
        }
        await handler(args[0], args[1]);
      } catch (error) {
        onError(error);
      }
    };
    store.add(vscode.commands.registerCommand(COMMANDS[name], run));
  }
  return store;
}

/**
 * Whether rows were meant and VS Code did not say which. While a tree is drawn anew it knows none of its rows: who
 * clicks the icon of one then gives nothing in its place, and what happens to be selected is not what was meant. Keys
 * and the palette, which mean what is selected, give no arguments.
 */
function isRowForgotten(args: readonly unknown[]): boolean {
  const [row, rows] = args;
  const all: readonly unknown[] = Array.isArray(rows) ? [row, ...(rows as unknown[])] : [row];
  return args.length > 0 && all.some((each) => each === undefined || each === null);
}

function rowForgotten(): ExpectedError {
  return refused(
    'row-forgotten',
    vscode.l10n.t('The list was being drawn anew just then, and nothing was done. Try again.'),
  );
}
