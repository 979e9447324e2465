/**
 * The rows below a workbin: its interactions in the order and groups that are chosen, a page at a time, with marks
 * on what has just changed. Keeps how many pages somebody has asked for.
 */
import * as vscode from 'vscode';
import { messageOf } from '../../core/base/result';
import type { Contents } from '../../core/workbins/contents';
import { NO_CHANGES, type RecentChanges } from '../../session/recentChanges';
import { SortedInteractions, type SortedInteraction } from '../../session/sortedInteractions';
import type { Arrangement } from './arrangement';
import { hostPace } from '../hostPace';
import { shownTime, touchedInteraction, type ShownTrace } from './shownTrace';
import type {
  InteractionMark,
  InteractionNode,
  MediaNode,
  MoreNode,
  WorkbinNode,
} from './workbinNodes';

/** Interactions that are shown at first, and that *Show More* adds. */
export const PAGE = 500;

/** Of a workbin at some moment. */
export interface WorkbinState {
  /** A sentence where they cannot be read. */
  readonly contents: Contents | string;
  readonly changes: RecentChanges;
}

export class WorkbinContents {
  private readonly sorted = new Map<string, SortedInteractions>();
  /** By id of the row above: how many interactions are shown below it. */
  private readonly limits = new Map<string, number>();

  constructor(private readonly arrangement: Arrangement) {}

  /** What a workbin holds, and what has just changed in it. Never rejects. */
  async state(shown: ShownTrace, key: string): Promise<WorkbinState> {
    try {
      const now = shownTime(shown, hostPace.now());
      const [contents, changes] = await Promise.all([
        shown.tree.contents(key, shown.end),
        shown.tree.changes(key, shown.end, now),
      ]);
      return { contents, changes };
    } catch (error) {
      return { contents: messageOf(error), changes: NO_CHANGES };
    }
  }

  /** The interactions of a workbin in order. */
  sort(shown: ShownTrace, key: string, contents: Contents): Promise<readonly SortedInteraction[]> {
    const id = `${shown.front.trace.path} ${key}`;
    const sorted = this.sorted.get(id) ?? new SortedInteractions(hostPace);
    this.sorted.set(id, sorted);
    return sorted.get(contents.interactions, this.arrangement.order);
  }

  /** Rows below a workbin that could be read. */
  async rowsOf(
    shown: ShownTrace,
    node: WorkbinNode,
    { contents, changes }: WorkbinState & { readonly contents: Contents },
  ): Promise<(MediaNode | InteractionNode | MoreNode)[]> {
    const all = await this.sort(shown, node.key, contents);
    return shown.grouping === 'media'
      ? mediaNodes(node, all)
      : this.page(node, node, all, marksOf(shown, node.key, changes));
  }

  /** Rows below a media type of a workbin. */
  async rowsOfMedia(shown: ShownTrace, node: MediaNode): Promise<(InteractionNode | MoreNode)[]> {
    const { contents, changes } = await this.state(shown, node.parent.key);
    if (typeof contents === 'string') {
      return [];
    }
    const all = await this.sort(shown, node.parent.key, contents);
    const fitting = all.filter(({ summary }) => (summary.mediaType ?? '') === node.media);
    return this.page(node, node.parent, fitting, marksOf(shown, node.parent.key, changes));
  }

  /**
   * The row of an interaction; undefined where it is not there. Of `all` pages, the one that holds it is shown from now
   * on; on those that are `shown`, it is found without showing more.
   */
  async find(
    shown: ShownTrace,
    workbin: WorkbinNode,
    interactionId: string,
    pages: 'all' | 'shown',
  ): Promise<InteractionNode | undefined> {
    const { contents, changes } = await this.state(shown, workbin.key);
    if (typeof contents === 'string') {
      return undefined;
    }
    const all = await this.sort(shown, workbin.key, contents);
    const found = all.find(({ summary }) => summary.id === interactionId);
    if (found === undefined) {
      return undefined;
    }
    const media = found.summary.mediaType ?? '';
    const siblings =
      shown.grouping === 'media'
        ? all.filter(({ summary }) => (summary.mediaType ?? '') === media)
        : all;
    const parent =
      shown.grouping === 'media' ? mediaNode(workbin, media, siblings.length) : workbin;
    const place = siblings.indexOf(found);
    if (pages === 'shown' && place >= this.limit(parent.id)) {
      return undefined;
    }
    while (place >= this.limit(parent.id)) {
      this.showMore(parent);
    }
    const marks = marksOf(shown, workbin.key, changes);
    return interactionNode(parent, workbin, found, marks(interactionId));
  }

  showMore({ id }: { readonly id: string }): void {
    this.limits.set(id, this.limit(id) + PAGE);
  }

  private limit(id: string): number {
    return this.limits.get(id) ?? PAGE;
  }

  private page(
    parent: WorkbinNode | MediaNode,
    workbin: WorkbinNode,
    all: readonly SortedInteraction[],
    mark: (id: string) => InteractionMark | undefined,
  ): (InteractionNode | MoreNode)[] {
    const limit = this.limit(parent.id);
    const rows: (InteractionNode | MoreNode)[] = all
      .slice(0, limit)
      .map((each) => interactionNode(parent, workbin, each, mark(each.summary.id)));
    if (all.length > limit) {
      rows.push({ kind: 'more', id: `more ${parent.id}`, parent, hidden: all.length - limit });
    }
    return rows;
  }
}

function interactionNode(
  parent: WorkbinNode | MediaNode,
  workbin: WorkbinNode,
  { interaction, summary }: SortedInteraction,
  mark: InteractionMark | undefined,
): InteractionNode {
  return {
    kind: 'interaction',
    id: `interaction ${workbin.key} ${interaction.id}`,
    parent,
    workbin,
    interaction,
    summary,
    ...(mark === undefined ? {} : { mark }),
  };
}

/** Media types in the order of the alphabet; what has none comes last. */
function mediaNodes(parent: WorkbinNode, all: readonly SortedInteraction[]): MediaNode[] {
  const counts = new Map<string, number>();
  for (const { summary } of all) {
    const media = summary.mediaType ?? '';
    counts.set(media, (counts.get(media) ?? 0) + 1);
  }
  return [...counts]
    .sort(([one], [other]) => Number(one === '') - Number(other === '') || (one < other ? -1 : 1))
    .map(([media, count]) => mediaNode(parent, media, count));
}

function mediaNode(parent: WorkbinNode, media: string, count: number): MediaNode {
  return { kind: 'media', id: `media ${parent.key} ${media}`, parent, media, count };
}

function marksOf(
  shown: ShownTrace,
  key: string,
  { marks }: RecentChanges,
): (id: string) => InteractionMark | undefined {
  const { trace, cursor } = shown.front;
  // While somebody steps through a trace, what the message at the cursor did stands out.
  const touched =
    cursor === undefined ? undefined : touchedInteraction(trace, shown.end ?? trace.messages.count);
  return (id) => (touched?.key === key && touched.interactionId === id ? 'touched' : marks.get(id));
}

/** What is said instead of interactions that were not read. */
export function notReadWords(): string {
  return vscode.l10n.t('Not read up to here');
}
