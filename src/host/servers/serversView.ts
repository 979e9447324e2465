import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import type { CommandHandlers } from '../commands';
import { ServerActions, type ServerActionParts } from './serverActions';
import { ServersTree } from './serversTree';
import { SERVERS_VIEW } from '../views';

/** Commands of the Servers view. */
type ServerHandlers = Pick<
  CommandHandlers,
  | 'addServer'
  | 'connectServer'
  | 'connectEmbeddedAs'
  | 'cancelServer'
  | 'disconnectServer'
  | 'stopServer'
  | 'showServerWorkbins'
  | 'showOtherSession'
  | 'openServerTrace'
  | 'editServer'
  | 'duplicateServer'
  | 'removeServer'
  | 'copyServerAddress'
>;

/** The Servers view: its tree, and what its commands do. */
export class ServersView implements Disposable {
  readonly tree: ServersTree;
  readonly handlers: ServerHandlers;
  private readonly store = new DisposableStore();

  constructor(parts: ServerActionParts) {
    const { servers, sessions, simulator } = parts;
    this.tree = this.store.add(new ServersTree(servers, sessions, simulator));
    this.store.add(vscode.window.createTreeView(SERVERS_VIEW, { treeDataProvider: this.tree }));
    const actions = new ServerActions(parts);
    this.handlers = {
      addServer: () => actions.add(),
      connectServer: (node) => actions.connect(node),
      connectEmbeddedAs: () => actions.connectAs(),
      cancelServer: (node) => actions.cancel(node),
      disconnectServer: (node) => actions.disconnect(node),
      stopServer: (node) => actions.stop(node),
      showServerWorkbins: (node) => actions.showWorkbins(node),
      showOtherSession: () => actions.showWorkbins(undefined),
      openServerTrace: (node) => actions.openTrace(node),
      editServer: (node) => actions.edit(node),
      duplicateServer: (node) => actions.duplicate(node),
      removeServer: (node) => actions.remove(node),
      copyServerAddress: (node) => actions.copyAddress(node),
    };
  }

  dispose(): void {
    this.store.dispose();
  }
}
