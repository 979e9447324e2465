/**
 * A second, tiny extension for the demonstration alone: brings the product's view container to the front
 * when the window opens, which no setting of VS Code does. The product itself never opens by itself.
 */
import * as vscode from 'vscode';

/** @param context its manifest names the container. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const { container } = context.extension.packageJSON as { readonly container: string };
  await vscode.commands.executeCommand(`workbench.view.extension.${container}`);
}
