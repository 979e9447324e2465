/** Which entries of a HAR file are traffic with a server that has workbins. */
import type { Dialect } from '../../core/protocol/decoder';
import { apiPath } from '../../core/protocol/workspace/apiPath';
import { isBayeux } from '../../core/protocol/workspace/bayeux';
import { readJsonBody } from '../../core/protocol/workspace/bodyJson';
import type { FileBlocks } from './fileBlocks';
import type { HarEntry } from './harEntry';
import { entryAt, messageAt } from './harReading';
import type { EntrySpan } from './harScanner';

/** Messages of a WebSocket that are looked at to learn what it carries. */
const SNIFFED = 5;

/** Something that may be kept, once it is known which servers are meant. */
export interface Candidate {
  readonly span: EntrySpan;
  readonly origin: string;
  readonly entry: Pick<
    HarEntry,
    'startedAt' | 'isExact' | 'duration' | 'status' | 'error' | 'isWebSocket'
  >;
  readonly dialect: Dialect;
  readonly server: string;
}

/** Looks at every entry once, and tells at the end which ones are kept. */
export class Survey {
  unreadable = 0;
  private readonly candidates: Candidate[] = [];
  /** Servers that speak Workspace API v3 or Web Services v2. */
  private readonly webTiers = new Set<string>();
  /** Entries of a server that are no traffic in any form that we read. */
  private readonly others = new Map<string, number>();

  async look(file: FileBlocks, span: EntrySpan): Promise<void> {
    const entry = await entryAt(file, span);
    const url = entry === undefined ? undefined : urlOf(entry.url);
    if (entry === undefined || url === undefined) {
      this.unreadable++;
      return;
    }
    const origin = `${url.protocol.replace(/^ws/, 'http')}//${url.host}`;
    const dialect = entry.isWebSocket ? await this.sniff(file, span) : undefined;
    if (isWebTier(entry.url) || dialect === 'workspace-v3') {
      this.webTiers.add(origin);
    }
    const isMeant = entry.isWebSocket
      ? dialect !== undefined || apiPath(entry.url) !== undefined
      : apiPath(entry.url) !== undefined || isData(entry);
    if (!isMeant) {
      this.others.set(origin, (this.others.get(origin) ?? 0) + 1);
      return;
    }
    const { startedAt, isExact, duration, status, error, isWebSocket } = entry;
    this.candidates.push({
      span,
      origin,
      entry: {
        startedAt,
        isExact,
        duration,
        status,
        isWebSocket,
        ...(error !== undefined && { error }),
      },
      dialect: dialect ?? 'workspace-v3',
      server: dialect === 'platform-sdk-json' ? entry.url : origin,
    });
  }

  kept(): {
    readonly candidates: readonly Candidate[];
    readonly otherServers: number;
    readonly otherKinds: number;
  } {
    const candidates = this.candidates.filter(
      ({ dialect, origin }) => dialect === 'platform-sdk-json' || this.webTiers.has(origin),
    );
    let otherKinds = 0;
    let otherServers = this.candidates.length - candidates.length;
    for (const [origin, count] of this.others) {
      if (this.webTiers.has(origin)) {
        otherKinds += count;
      } else {
        otherServers += count;
      }
    }
    return { candidates, otherServers, otherKinds };
  }

  /** What a WebSocket carries, by its first messages. */
  private async sniff(file: FileBlocks, { messages }: EntrySpan): Promise<Dialect | undefined> {
    for (let at = 0; at < Math.min(messages.length, 2 * SNIFFED); at += 2) {
      const message = await messageAt(file, messages[at] ?? 0, messages[at + 1] ?? 0);
      if (message === undefined || message.isBinary) {
        continue;
      }
      const { value } = readJsonBody({ kind: 'text', text: message.data });
      if (isBayeux(value)) {
        return 'workspace-v3';
      }
      if (typeof value === 'object' && value !== null && Object.hasOwn(value, 'messageName')) {
        return 'platform-sdk-json';
      }
    }
    return undefined;
  }
}

/** Addresses that only a web tier has; `/api/v2` alone is anybody's. */
function isWebTier(url: string): boolean {
  const path = apiPath(url);
  return (
    path !== undefined &&
    (path.api !== 'web-services-v2' ||
      path.segments.includes('workbins') ||
      path.segments[0] === 'notifications')
  );
}

function isData(entry: HarEntry): boolean {
  return [entry.requestType, entry.responseType].some((type) => /json|form-urlencoded/i.test(type));
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
