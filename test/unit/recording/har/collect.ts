/** A sink that keeps what an import tells, decoded, and HAR files made by code. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEVER_CANCELLED } from '../../../../src/core/base/cancellation';
import type { FrameDecoder } from '../../../../src/core/protocol/decoder';
import type { Frame } from '../../../../src/core/protocol/frame';
import type { MessageHint } from '../../../../src/core/protocol/message';
import { createPlatformSdkJsonDecoder } from '../../../../src/core/protocol/platformSdkJson';
import { createWorkspaceV3Decoder } from '../../../../src/core/protocol/workspace/workspaceV3';
import { importHar, type HarImportOptions } from '../../../../src/recording/har/importHar';
import type { HarImportSummary } from '../../../../src/session/harSummaries';
import type { OpenedConnection, TrafficSink } from '../../../../src/session/ports';

export type Told =
  | {
      readonly kind: 'open';
      readonly at: number;
      readonly connection: number;
      readonly opened: OpenedConnection;
    }
  | {
      readonly kind: 'frame';
      readonly at: number;
      readonly connection: number;
      readonly frame: Frame;
      readonly hints: readonly MessageHint[];
    }
  | {
      readonly kind: 'close';
      readonly at: number;
      readonly connection: number;
      readonly by: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'gap';
      readonly at: number;
      readonly connection: number | undefined;
      readonly reason: string;
    };

export interface Imported {
  readonly startedAt: number;
  readonly told: readonly Told[];
  readonly summary: HarImportSummary;
}

/** Imports a file; frames are decoded as a recorder would. */
export async function collect(
  path: string,
  options: Partial<HarImportOptions> = {},
): Promise<Imported> {
  const told: Told[] = [];
  let started = -1;
  const summary = await importHar(
    path,
    (startedAt) => {
      started = startedAt;
      return collector(told);
    },
    { signal: NEVER_CANCELLED, ...options },
  );
  return { startedAt: started, told, summary };
}

export function framesOf(imported: Imported): readonly Extract<Told, { kind: 'frame' }>[] {
  return imported.told.filter((each) => each.kind === 'frame');
}

function collector(told: Told[]): TrafficSink {
  const decoders = new Map<number, FrameDecoder>();
  return {
    open(at, opened) {
      const connection = decoders.size + 1;
      const isWeb = opened.dialect === 'workspace-v3';
      decoders.set(connection, isWeb ? createWorkspaceV3Decoder() : createPlatformSdkJsonDecoder());
      told.push({ kind: 'open', at, connection, opened });
      return connection;
    },
    frame(at, connection, frame) {
      const hints = decoders.get(connection)?.decode(frame).hints ?? [];
      told.push({ kind: 'frame', at, connection, frame, hints });
    },
    close(at, connection, by, reason) {
      told.push({ kind: 'close', at, connection, by, reason });
    },
    gap(at, { connection, reason }) {
      told.push({ kind: 'gap', at, connection, reason });
    },
  };
}

export const START = Date.parse('2026-11-22T13:45:50.000Z');

/** An instant `ms` after {@link START}, as browsers write it. */
export function instant(ms: number): string {
  return new Date(START + ms).toISOString();
}

/** An entry as Chrome writes it; parts of `more` replace those of the entry, of its request or its response. */
export function entry(
  startMs: number,
  durationMs: number,
  url: string,
  sent: unknown,
  answered: unknown,
  more: { readonly entry?: object; readonly request?: object; readonly response?: object } = {},
): object {
  const text = (value: unknown): string =>
    typeof value === 'string' ? value : JSON.stringify(value);
  const type = [{ name: 'Content-Type', value: 'application/json' }];
  return {
    startedDateTime: instant(startMs),
    time: durationMs,
    request: {
      method: 'POST',
      url,
      headers: type,
      ...(sent !== undefined && { postData: { mimeType: 'application/json', text: text(sent) } }),
      ...more.request,
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: type,
      content:
        answered === undefined
          ? { size: 0, mimeType: 'x-unknown' }
          : { size: 1, mimeType: 'application/json', text: text(answered) },
      ...more.response,
    },
    ...more.entry,
  };
}

export async function harFile(entries: readonly object[], log: object = {}): Promise<string> {
  return textFile(
    JSON.stringify(
      { log: { version: '1.2', creator: { name: 'WebInspector' }, ...log, entries } },
      undefined,
      2,
    ),
  );
}

const folders: string[] = [];

after('remove the files that the tests wrote', async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

/** Writes a file for one test; it is removed at the end. */
export async function textFile(text: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'har-'));
  folders.push(folder);
  const path = join(folder, 'test.har');
  await writeFile(path, text);
  return path;
}
