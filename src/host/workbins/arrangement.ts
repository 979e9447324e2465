/** In which order and groups the Workbins tree shows things: chosen in its menus, remembered. */
import type * as vscode from 'vscode';
import { Emitter } from '../../core/base/event';
import type { Disposable } from '../../core/base/disposable';
import { INTERACTION_ORDERS, type InteractionOrder } from '../../core/workbins/arrange';
import type { Order } from '../../session/sortedInteractions';
import { setContextKey } from '../contextKeys';

/**
 * `owner`: owner, then workbin. `type`: workbin type, then owner. `media`: as `owner`, the interactions of a workbin
 * by media type. `flat`: workbins alone.
 */
export const WORKBIN_GROUPINGS = ['owner', 'type', 'media', 'flat'] as const;
export type WorkbinGrouping = (typeof WORKBIN_GROUPINGS)[number];

const REMEMBERED = 'workbins.arrangement';

export class Arrangement implements Disposable {
  private readonly changed = new Emitter<void>();
  private current: Order & { readonly group: WorkbinGrouping };

  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: vscode.Memento) {
    const kept = memory.get<Readonly<Record<string, unknown>>>(REMEMBERED) ?? {};
    this.current = {
      group: WORKBIN_GROUPINGS.find((each) => each === kept['group']) ?? 'owner',
      by: INTERACTION_ORDERS.find((each) => each === kept['by']) ?? 'told',
      descending: kept['descending'] === true,
    };
    this.tellMenus();
  }

  get group(): WorkbinGrouping {
    return this.current.group;
  }

  get order(): Order {
    return this.current;
  }

  groupBy(group: WorkbinGrouping): Promise<void> {
    return this.take({ ...this.current, group });
  }

  sortBy(by: InteractionOrder): Promise<void> {
    return this.take({ ...this.current, by });
  }

  setDescending(descending: boolean): Promise<void> {
    return this.take({ ...this.current, descending });
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async take(wanted: Order & { readonly group: WorkbinGrouping }): Promise<void> {
    this.current = wanted;
    this.tellMenus();
    this.changed.fire();
    await this.memory.update(REMEMBERED, wanted);
  }

  private tellMenus(): void {
    const { group, by, descending } = this.current;
    setContextKey('workbinInspector:workbinsGroup', group);
    setContextKey('workbinInspector:workbinsSort', by);
    setContextKey('workbinInspector:workbinsDescending', descending);
  }
}
