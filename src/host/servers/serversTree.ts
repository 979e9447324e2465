import * as vscode from 'vscode';
import { assertNever } from '../../core/base/assert';
import { DisposableStore, type Disposable } from '../../core/base/disposable';
import { Coalescer } from '../coalescer';
import { COMMANDS } from '../commandIds';
import { TreeRowCommands } from '../treeRowCommands';
import { embeddedServerOf } from '../sessions/connectInput';
import type { HeldSession } from '../sessions/heldSession';
import type { LiveSessions } from '../sessions/liveSessions';
import { profileOf, type SavedServers } from './savedServers';
import * as items from './serverItems';
import type { EmbeddedSessionNode, ServerNode, ServersNode } from './serverNodes';
import type { SimulatorControl } from '../simulator/simulatorControl';

/** The Servers view: those that are kept, taps that run, and the embedded server with its sessions. */
export class ServersTree implements vscode.TreeDataProvider<ServersNode>, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<undefined>());
  private readonly coalescer = this.store.add(new Coalescer(() => this.changed.fire(undefined)));
  private readonly rowCommands = this.store.add(
    new TreeRowCommands<ServersNode>(COMMANDS.connectServer),
  );

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly servers: SavedServers,
    private readonly sessions: LiveSessions,
    private readonly simulator: SimulatorControl,
  ) {
    const refresh = (): void => this.coalescer.ask();
    this.store.add(servers.onDidChange(refresh));
    this.store.add(sessions.onDidChange(refresh));
    this.store.add(simulator.onDidChange(refresh));
  }

  getTreeItem(node: ServersNode): vscode.TreeItem {
    const item = this.itemOf(node);
    // The row to add a server by has a command of its own.
    item.command ??= {
      command: this.rowCommands.nameFor(item.id ?? node.kind, node),
      title: vscode.l10n.t('Connect'),
    };
    return item;
  }

  getChildren(node?: ServersNode): ServersNode[] {
    if (node !== undefined) {
      return node.kind === 'embedded' ? this.embeddedSessions() : [];
    }
    const saved = this.serverNodes;
    const taps = this.inOrder()
      .filter(({ session }) => session.tap !== undefined)
      .map(({ target }): ServersNode => ({ kind: 'tap', key: target.key }));
    return [
      ...(saved.length === 0 ? [{ kind: 'add' } as const] : saved),
      ...taps,
      { kind: 'embedded' },
    ];
  }

  getParent(node: ServersNode): ServersNode | undefined {
    return node.kind === 'embeddedSession' ? { kind: 'embedded' } : undefined;
  }

  /** Rows of the servers that are kept. */
  get serverNodes(): ServerNode[] {
    return this.servers.all.map((server) => ({
      kind: 'savedServer',
      key: server.id,
      server,
      profile: profileOf(server),
    }));
  }

  dispose(): void {
    this.store.dispose();
  }

  private itemOf(node: ServersNode): vscode.TreeItem {
    switch (node.kind) {
      case 'savedServer':
        return items.serverItem(node, this.look(node.key));
      case 'embeddedSession':
        return items.embeddedSessionItem(node, this.look(node.key));
      case 'tap': {
        const held = this.sessions.find(node.key);
        return held === undefined
          ? new vscode.TreeItem(node.key)
          : items.tapItem(node, held, this.look(node.key));
      }
      case 'embedded':
        return items.embeddedItem(this.simulator.running, this.embeddedSessions().length);
      case 'add':
        return items.addItem();
      default:
        return assertNever(node);
    }
  }

  private look(key: string): items.ServerLook {
    const { all, front } = this.sessions;
    return {
      standing: this.sessions.standingOf(key),
      isInFront: all.length > 1 && front?.target.key === key,
    };
  }

  private embeddedSessions(): EmbeddedSessionNode[] {
    return this.inOrder().flatMap(({ target: { key }, profile }) =>
      profile !== undefined && embeddedServerOf(key) !== undefined
        ? [{ kind: 'embeddedSession', key, profile }]
        : [],
    );
  }

  /** Sessions in an order that stays when another one comes to the front. */
  private inOrder(): readonly HeldSession[] {
    return [...this.sessions.all].sort((one, other) =>
      one.target.key < other.target.key ? -1 : 1,
    );
  }
}
