import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NEVER_CANCELLED } from '../../../../src/core/base/cancellation';
import { headerLine, recordLine } from '../../../../src/core/trace/recordLine';
import type { TraceRecord } from '../../../../src/core/trace/records';
import { exportRecording } from '../../../../src/recording/har/exportRecording';
import { temporaryFolder } from '../../../support/recordings';

const SERVER = 'https://desk.example';

const RECORDS: readonly TraceRecord[] = [
  {
    kind: 'open',
    seq: 1,
    time: 0,
    connection: 1,
    dialect: 'workspace-v3',
    server: SERVER,
    application: 'Desk',
  },
  {
    kind: 'frame',
    seq: 2,
    time: 1,
    connection: 1,
    hints: [],
    redacted: 0,
    frame: {
      kind: 'http-request',
      direction: 'send',
      exchange: 1,
      method: 'GET',
      url: `${SERVER}/workspace/v3/current-session`,
      headers: [],
      body: { kind: 'none' },
    },
  },
  {
    kind: 'frame',
    seq: 3,
    time: 2,
    connection: 1,
    hints: [],
    redacted: 0,
    frame: {
      kind: 'http-response',
      direction: 'receive',
      exchange: 1,
      status: 200,
      statusText: 'OK',
      headers: [],
      body: { kind: 'text', text: '{"status":{"code":0}}' },
    },
  },
];

const WHOLE = [
  headerLine({
    kind: 'header',
    format: 'wbtrace',
    version: 1,
    startedAt: '2026-01-15T09:00:00.000Z',
    writer: 'test',
    decoder: 1,
  }),
  ...RECORDS.map((record) => recordLine(record)),
]
  .map((line) => (line.endsWith('\n') ? line : `${line}\n`))
  .join('');

describe('the export of a recording to a HAR file', () => {
  const folder = temporaryFolder();
  const har = join(folder.path, 'out.har');

  beforeEach(() => writeFileSync(har, 'what was there before'));
  after(() => folder.remove());

  function recordingOf(text: string): string {
    const path = join(folder.path, 'in.wbtrace');
    writeFileSync(path, text);
    return path;
  }

  /** Addresses of the entries that were written. */
  function urls(): readonly string[] {
    const { log } = JSON.parse(readFileSync(har, 'utf8')) as {
      readonly log: { readonly entries: readonly { readonly request: { readonly url: string } }[] };
    };
    return log.entries.map(({ request }) => request.url);
  }

  it('replaces the file that is there, and tells how far it is', async () => {
    const told: number[] = [];
    const summary = await exportRecording(recordingOf(WHOLE), har, {
      signal: NEVER_CANCELLED,
      progress: (done) => told.push(done),
    });
    assert.deepEqual(summary, { entries: 1, socketMessages: 0, withoutRequest: 0, unreadable: 0 });
    assert.deepEqual(urls(), [`${SERVER}/workspace/v3/current-session`]);
    assert.deepEqual(
      told,
      [...told].sort((one, other) => one - other),
    );
    assert(told.length > 0 && told.every((done) => done > 0 && done <= 1));
    assert(!existsSync(`${har}.part`));
  });

  it('leaves out lines that cannot be read and counts them; a torn last line is none yet', async () => {
    const lines = WHOLE.trimEnd().split('\n');
    const damaged = [lines[0], lines[1], 'no record', ...lines.slice(2), '{"seq":5,"ti'].join('\n');
    const { entries, unreadable } = await exportRecording(recordingOf(damaged), har, {
      signal: NEVER_CANCELLED,
    });
    assert.deepEqual({ entries, unreadable }, { entries: 1, unreadable: 1 });
  });

  it('leaves the file that is there as it was when it fails or is given up', async () => {
    const given = new AbortController();
    given.abort(new Error('given up'));
    const cases: readonly (readonly [text: string, signal: AbortSignal, reason: RegExp])[] = [
      [WHOLE, given.signal, /given up/],
      ['', new AbortController().signal, /empty/],
      ['{"some":"JSON"}\n', new AbortController().signal, /is not a recording/],
      [WHOLE.replace('"version":1', '"version":99'), new AbortController().signal, /newer/],
    ];
    for (const [text, signal, reason] of cases) {
      await assert.rejects(exportRecording(recordingOf(text), har, { signal }), reason);
      assert.equal(readFileSync(har, 'utf8'), 'what was there before');
      assert(!existsSync(`${har}.part`));
    }
  });

  it('says which file cannot be written', async () => {
    const nowhere = join(folder.path, 'no such folder', 'out.har');
    const exporting = exportRecording(recordingOf(WHOLE), nowhere, { signal: NEVER_CANCELLED });
    await assert.rejects(exporting, { code: 'har-not-written', message: /no such folder/ });
  });
});
