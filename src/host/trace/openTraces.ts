/**
 * Traces that somebody looks at: one per recording, shared by all who look, gone with the last of them. The
 * recording of the live session is the session's own trace.
 */
import * as vscode from 'vscode';
import { toDisposable, type Disposable } from '../../core/base/disposable';
import { messageOf } from '../../core/base/result';
import type { LiveSession } from '../../session/liveSession';
import type { Platform } from '../../session/platform';
import type { Logger } from '../../session/ports';
import type { Trace } from '../../session/trace';

/** A hold on a trace; dispose it when done. */
export interface TraceReference extends Disposable {
  readonly trace: Trace;
  /** The session that is being, or was, recorded into it by this window. */
  readonly session?: LiveSession;
  /** Resolves when the recording has been read once; rejects with words for a person when it cannot be. */
  readonly read: Promise<void>;
  /** Ends that reading where it stands, for all who look. */
  stopReading(): void;
}

interface Entry extends Omit<TraceReference, 'dispose' | 'stopReading'> {
  holders: number;
  end(): void;
}

export class OpenTraces implements Disposable {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly platform: Platform,
    private readonly logger: Logger,
  ) {}

  /** Takes ownership of a session, which lives until the returned hold and all others are let go. */
  adopt(session: LiveSession): TraceReference {
    const entry: Entry = {
      trace: session.trace,
      session,
      read: Promise.resolve(),
      holders: 0,
      end: () => session.dispose(),
    };
    this.entries.set(keyOf(session.trace.path), entry);
    return this.hold(entry);
  }

  /** The trace of a recording, opened if nobody has. */
  acquire(path: string): TraceReference {
    const known = this.entries.get(keyOf(path));
    if (known !== undefined) {
      return this.hold(known);
    }
    const trace = this.platform.openTrace(path);
    const abort = new AbortController();
    const read = trace.read(abort.signal);
    read.catch((error: unknown) => this.logger.warn(`${path}: ${messageOf(error)}`));
    const entry: Entry = {
      trace,
      read,
      holders: 0,
      end: () => {
        abort.abort();
        trace.dispose();
      },
    };
    this.entries.set(keyOf(path), entry);
    return this.hold(entry);
  }

  dispose(): void {
    for (const entry of this.entries.values()) {
      entry.end();
    }
    this.entries.clear();
  }

  private hold(entry: Entry): TraceReference {
    entry.holders++;
    const { trace, session, read } = entry;
    const hold = toDisposable(() => this.letGo(entry));
    return {
      trace,
      read,
      ...(session === undefined ? {} : { session }),
      stopReading: () => trace.stopReading(),
      dispose: () => hold.dispose(),
    };
  }

  private letGo(entry: Entry): void {
    entry.holders--;
    const key = keyOf(entry.trace.path);
    if (entry.holders === 0 && this.entries.get(key) === entry) {
      this.entries.delete(key);
      entry.end();
    }
  }
}

/** One key for all spellings of a path. */
function keyOf(path: string): string {
  return vscode.Uri.file(path).toString();
}
