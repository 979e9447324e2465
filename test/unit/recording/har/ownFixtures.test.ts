/**
 * HAR files that a browser recorded before the embedded server, through recorder and trace, against what the same
 * browser's debugging protocol told. `test/support/recordHar/recordHar.entry.ts` makes them anew; UPDATE_GOLDEN=1
 * writes what is drawn now.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NEVER_CANCELLED } from '../../../../src/core/base/cancellation';
import type { HeadingRow } from '../../../../src/core/ladder/rows';
import { parseHeader, parseRecord } from '../../../../src/core/trace/recordLine';
import type { HeaderRecord, TraceRecord } from '../../../../src/core/trace/records';
import { exportHar } from '../../../../src/recording/har/exportHar';
import { importHar } from '../../../../src/recording/har/importHar';
import type { HarImportSummary } from '../../../../src/session/harSummaries';
import { openRecordingReader } from '../../../../src/recording/recordingReader';
import { createRecordingWriter } from '../../../../src/recording/recordingWriter';
import { Recorder } from '../../../../src/session/recorder';
import { Trace } from '../../../../src/session/trace';
import { SILENT_LOGGER } from '../../../support/fakeClock';
import { ladderText } from '../../../support/ladderText';
import {
  expectedMessages,
  expectedPhases,
  type ExpectedMessage,
} from '../../../support/recordHar/expectations';
import type { TwinLine } from '../../../support/recordHar/twinLine';
import { temporaryFolder } from '../../../support/recordings';

const FOLDER = path.join(process.cwd(), 'test', 'unit', 'recording', 'har', 'fixtures');
/** A HAR file tells starts in whole milliseconds, and by another clock of the browser than its protocol. */
const RESOLUTION_MS = 5;

interface Har {
  readonly log: {
    readonly entries: readonly {
      readonly request: { readonly url: string };
      readonly response: { readonly status: number; readonly _failureText?: string };
      readonly _webSocketMessages?: readonly { readonly time: number }[];
    }[];
  };
}

const file = (name: string): string => path.join(FOLDER, name);
const har = (name: string): Har => JSON.parse(readFileSync(file(`${name}.har`), 'utf8')) as Har;

function twin(name: string): readonly TwinLine[] {
  return readFileSync(file(`${name}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TwinLine);
}

/** Imports a HAR file into a recording on disk. */
async function record(from: string, to: string): Promise<HarImportSummary> {
  const writer = await createRecordingWriter(to);
  let recorder: Recorder | undefined;
  let began = 0;
  const summary = await importHar(
    from,
    (startedAt) => {
      began = startedAt;
      recorder = new Recorder(writer, { startedAt, writer: 'test' }, SILENT_LOGGER);
      return recorder;
    },
    { signal: NEVER_CANCELLED },
  );
  await recorder?.end(began);
  recorder?.dispose();
  return summary;
}

async function openTrace(recording: string): Promise<Trace> {
  const trace = new Trace(openRecordingReader(recording), { answerTimeLimitMs: 10_000 });
  await trace.read();
  return trace;
}

function recordsIn(recording: string): {
  readonly header: HeaderRecord;
  readonly records: readonly TraceRecord[];
} {
  const [first = '', ...lines] = readFileSync(recording, 'utf8').trimEnd().split('\n');
  const header = parseHeader(first);
  assert.ok(header.ok);
  const records = lines.map((line) => {
    const parsed = parseRecord(line);
    assert.ok(parsed.ok, line);
    return parsed.value;
  });
  return { header: header.value, records };
}

/**
 * What a recording holds, without the numbers of records and exchanges: what passed in the same microsecond has no
 * order in a HAR file.
 */
function contentOf({ header, records }: ReturnType<typeof recordsIn>): unknown {
  const withoutNumbers = (key: string, value: unknown): unknown =>
    key === 'seq' || key === 'exchange' || (key === 'reference' && isOurs(value))
      ? undefined
      : value;
  return {
    header,
    records: records
      .map((record) => ({ time: record.time, text: JSON.stringify(record, withoutNumbers) }))
      .sort((one, other) => one.time - other.time || (one.text < other.text ? -1 : 1)),
  };
}

/** References that the decoder made because the wire has none. */
function isOurs(reference: unknown): boolean {
  return typeof reference === 'string' && /^x\d+$/.test(reference);
}

/** A message of a trace as a twin tells it. */
function seenIn(
  trace: Trace,
): readonly (Omit<ExpectedMessage, 't' | 'x'> & { readonly t: number })[] {
  const { messages } = trace;
  return Array.from({ length: messages.count }, (_, row) => {
    const reference = messages.reference(row);
    const errorCode = messages.errorCode(row);
    return {
      t: messages.time(row),
      direction: messages.direction(row),
      name: messages.name(row),
      ...(reference !== undefined && !isOurs(reference) && { reference }),
      ...(messages.workbin(row) !== '' && { workbin: messages.workbin(row) }),
      ...(errorCode !== undefined && { errorCode }),
    };
  });
}

const keyOf = ({
  direction,
  name,
  reference,
  workbin,
  errorCode,
}: Omit<ExpectedMessage, 't' | 'x'>): string =>
  [direction === 'send' ? '→' : '←', name, reference, workbin, errorCode].join(' ').trimEnd();

for (const name of ['workspace', 'platform-sdk']) {
  describe(`the HAR file of a browser: ${name}`, () => {
    const folder = temporaryFolder();
    const recording = path.join(folder.path, 'imported.wbtrace');
    const lines = twin(name);
    const expected = expectedMessages(lines);
    /** Playwright does not tell when a WebSocket was refused. */
    const refused = new Set(
      lines.flatMap(({ type, url, x }) => (type === 'error' && /^ws:/.test(url) ? [x] : [])),
    );
    let summary: HarImportSummary;
    let trace: Trace;

    before(async () => {
      summary = await record(file(`${name}.har`), recording);
      trace = await openTrace(recording);
    });
    after(() => {
      trace.dispose();
      folder.remove();
    });

    it('opens as a whole: nothing is unreadable, nothing missing', () => {
      const { entries } = har(name).log;
      const pages = lines.filter(
        ({ type, url }) => type === 'request' && !/\/v3\//.test(url),
      ).length;
      const { entries: total, otherServers, otherKinds, ...rest } = summary;
      assert.deepEqual(
        { total, others: otherServers + otherKinds, ...rest, problems: trace.status.problems },
        {
          total: entries.length,
          others: pages,
          connections: 1,
          frames: trace.status.frames,
          unreadable: 0,
          missingBodies: 0,
          isCut: false,
          problems: [],
        },
      );
    });

    it('has the same messages as its twin, none more and none less', () => {
      assert.deepEqual(seenIn(trace).map(keyOf).sort(), expected.map(keyOf).sort());
    });

    it('has them in the order and at the times of its twin', () => {
      const seen = seenIn(trace);
      const left = [...seen];
      const start = (expected[0]?.t ?? 0) - (seen[0]?.t ?? 0);
      const pairs = expected.map((message) => {
        const at = left.findIndex((each) => keyOf(each) === keyOf(message));
        const [found] = at < 0 ? [] : left.splice(at, 1);
        assert.ok(found, keyOf(message));
        return { message, t: message.t - start, found };
      });
      const apart = pairs
        .filter(({ message }) => !refused.has(message.x))
        .filter(({ t, found }) => Math.abs(found.t - t) > RESOLUTION_MS)
        .map(({ message, t, found }) => `${keyOf(message)}: ${t} in the twin, ${found.t} here`);
      assert.deepEqual(apart, []);
      const position = new Map(seen.map((each, index) => [each, index]));
      const of = (found: (typeof seen)[number]): number => position.get(found) ?? -1;
      const turned = pairs.flatMap((later, index) =>
        pairs
          .slice(0, index)
          .filter(
            (earlier) => later.t - earlier.t > RESOLUTION_MS && of(earlier.found) > of(later.found),
          )
          .map((earlier) => `${keyOf(later.message)} before ${keyOf(earlier.message)}`),
      );
      assert.deepEqual(turned, []);
    });

    it('has the phases of its twin, with outcomes and notifications', async () => {
      const rows = await trace.rows(0, trace.status.rows);
      const { phases } = trace.tracer;
      const headings = rows.filter(
        (row): row is HeadingRow =>
          row.kind === 'heading' &&
          !row.continued &&
          trace.messages.name(phases.requestRow(row.phase)).startsWith('Request'),
      );
      assert.deepEqual(
        headings.map(({ title, workbin, outcome, notifications }) => ({
          title,
          ...(workbin !== undefined && { workbin }),
          outcome,
          notifications,
        })),
        expectedPhases(expected),
      );
    });

    it('is drawn as the ladder beside it', async () => {
      const { lifelines, rows } = trace.status;
      const drawn = ladderText(lifelines, await trace.rows(0, rows));
      if (process.env['UPDATE_GOLDEN'] === '1') {
        writeFileSync(file(`${name}.ladder.txt`), drawn);
      }
      assert.equal(drawn, readFileSync(file(`${name}.ladder.txt`), 'utf8'));
    });

    it('gives the same messages again when it is exported to HAR and imported', async () => {
      const { header, records } = recordsIn(recording);
      const exported = path.join(folder.path, 'exported.har');
      const parts: string[] = [];
      await exportHar(
        async function* () {
          yield* await Promise.resolve(records);
        },
        header,
        (text) => Promise.resolve(void parts.push(text)),
      );
      writeFileSync(exported, parts.join(''));
      const again = path.join(folder.path, 'again.wbtrace');
      await record(exported, again);
      assert.deepEqual(contentOf(recordsIn(again)), contentOf({ header, records }));
    });
  });
}

describe('the HAR files of a browser', () => {
  it('hold what only a real browser writes', () => {
    const { entries } = har('workspace').log;
    const [socket] = har('platform-sdk').log.entries.flatMap(
      ({ _webSocketMessages: messages }) => messages ?? [],
    );
    const statuses = new Set(entries.map(({ response }) => response.status));
    assert.deepEqual(
      [
        [...statuses].sort((one, other) => one - other),
        entries.flatMap(({ response }) => response._failureText ?? []),
        // Milliseconds, with fractions.
        (socket?.time ?? 0) > 1e12,
      ],
      [
        [-1, 200, 302, 500],
        ['Error during WebSocket handshake: Unexpected response code: 400', 'net::ERR_ABORTED'],
        true,
      ],
    );
  });

  it('are small, and name no machine but this one by its loopback address', () => {
    const names = readdirSync(FOLDER);
    const size = names.reduce((sum, each) => sum + statSync(file(each)).size, 0);
    const texts = names.map((each) => readFileSync(file(each), 'utf8'));
    const hosts = new Set(
      texts.flatMap((text) =>
        [...text.matchAll(/\b(?:https?|wss?):\/\/([^/:"\\]+)/g)].map(([, host]) => host),
      ),
    );
    assert.deepEqual([size < 400_000, [...hosts]], [true, ['127.0.0.1']]);
  });
});
