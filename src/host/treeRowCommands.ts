import * as vscode from 'vscode';
import type { Disposable } from '../core/base/disposable';

/** More rows than a person can see, fewer than would count. */
export const MAX_ROWS = 1_000;

interface RowCommand<Row> {
  row: Row;
  readonly registration: Disposable;
}

/**
 * What a click on a row of a tree, or Enter, does: one command for each row, which takes no arguments. While a tree is
 * drawn anew VS Code has forgotten both what the commands of its rows were given and which row is selected: a click at
 * that moment would tell an error, or mean no row.
 */
export class TreeRowCommands<Row extends object> implements Disposable {
  /** By the row's id; what was asked for last stands last. */
  private readonly commands = new Map<string, RowCommand<Row>>();

  /** @param command the command of the extension that is run, with the row as its only argument. */
  constructor(private readonly command: string) {}

  /** The name of the command for the row. `id` is the row's in its tree: of two with the same, the later is meant. */
  nameFor(id: string, row: Row): string {
    // The underscore keeps it out of the lists of commands that are for people.
    const name = `_${this.command}:${id}`;
    const known = this.commands.get(id);
    if (known !== undefined) {
      known.row = row;
      this.commands.delete(id);
      this.commands.set(id, known);
      return name;
    }
    const registered: RowCommand<Row> = {
      row,
      registration: vscode.commands.registerCommand(name, () =>
        vscode.commands.executeCommand(this.command, registered.row),
      ),
    };
    this.commands.set(id, registered);
    this.forgetOldest();
    return name;
  }

  dispose(): void {
    for (const { registration } of this.commands.values()) {
      registration.dispose();
    }
    this.commands.clear();
  }

  private forgetOldest(): void {
    const [oldest] = this.commands;
    if (this.commands.size > MAX_ROWS && oldest !== undefined) {
      const [id, { registration }] = oldest;
      registration.dispose();
      this.commands.delete(id);
    }
  }
}
