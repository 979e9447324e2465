/**
 * Writes a recording as a HAR 1.2 file that Chrome DevTools imports. Streams: of HTTP only requests that wait for
 * their response are held; of WebSockets as much as {@link MAX_HELD}, larger ones are written as they are read.
 *
 * An entry of a WebSocket holds all its messages, however long it lasted, so the recording is read once for HTTP and
 * again for WebSockets. Secrets stay the pseudonyms that the recording has.
 */
import { NEVER_CANCELLED, type CancellationSignal } from '../../core/base/cancellation';
import type { HttpRequestFrame } from '../../core/protocol/frame';
import type { HeaderRecord, OpenRecord, TraceRecord } from '../../core/trace/records';
import type { HarExportSummary } from '../../session/harSummaries';
import { exchangeEntry, RecordedTime, socketEntry, socketMessage } from './harEntryText';
import { SocketTracker, type Socket } from './socketTracker';

/** Characters of WebSocket messages that are held at a time. */
const MAX_HELD = 32 * 1024 * 1024;
const WRITE_AT = 256 * 1024;

/** What the records alone tell; lines that could not be read, their reader counts. */
export type ExportedRecords = Omit<HarExportSummary, 'unreadable'>;

/**
 * Writes all of it through `write`, one call after the other. `records` gives the recording from its first record
 * after the header; it is called several times.
 */
export async function exportHar(
  records: () => AsyncIterable<TraceRecord>,
  header: HeaderRecord,
  write: (text: string) => Promise<void>,
  signal: CancellationSignal = NEVER_CANCELLED,
): Promise<ExportedRecords> {
  const out = new EntryWriter(write);
  const time = new RecordedTime(header.startedAt);
  const creator = JSON.stringify({ name: 'Workbin Inspector', version: header.writer });
  const comment = JSON.stringify('Secrets are replaced by pseudonyms.');
  await out.text(`{"log":{"version":"1.2","creator":${creator},"comment":${comment},"entries":[`);
  const http = new HttpPass(out, time);
  for await (const record of records()) {
    signal.throwIfAborted();
    await http.take(record);
  }
  await http.end();
  let socketMessages = 0;
  for (const batch of batches(http.tracker.sockets)) {
    socketMessages += await new SocketPass(out, time, http, batch).run(records, signal);
  }
  await out.text(`\n],"pages":${JSON.stringify(http.pages(header.startedAt))}}}\n`);
  await out.flush();
  return { entries: out.entries, socketMessages, withoutRequest: http.withoutRequest };
}

/** Gathers text, and puts commas between entries. */
class EntryWriter {
  entries = 0;
  private held: string[] = [];
  private length = 0;

  constructor(private readonly write: (text: string) => Promise<void>) {}

  async begin(): Promise<void> {
    await this.text(this.entries++ === 0 ? '\n' : ',\n');
  }

  async text(text: string): Promise<void> {
    this.held.push(text);
    this.length += text.length;
    if (this.length >= WRITE_AT) {
      await this.flush();
    }
  }

  async flush(): Promise<void> {
    const text = this.held.join('');
    this.held = [];
    this.length = 0;
    await this.write(text);
  }
}

/** First reading: writes HTTP exchanges as they end, and notes what WebSockets there are. */
class HttpPass {
  readonly tracker = new SocketTracker();
  withoutRequest = 0;
  private readonly opened = new Map<number, OpenRecord>();
  private readonly waiting = new Map<
    string,
    { readonly request: HttpRequestFrame; readonly start: number; readonly connection: number }
  >();

  constructor(
    private readonly out: EntryWriter,
    private readonly time: RecordedTime,
  ) {}

  async take(record: TraceRecord): Promise<void> {
    const socket = this.tracker.take(record);
    if (record.kind === 'open') {
      this.opened.set(record.connection, record);
    }
    if (record.kind !== 'frame' || record.frame.kind === 'websocket') {
      return;
    }
    const { frame, connection, time } = record;
    const key = `${connection} ${frame.exchange}`;
    if (frame.kind === 'http-request') {
      this.waiting.set(key, { request: frame, start: time, connection });
      return;
    }
    const waiting = this.waiting.get(key);
    this.waiting.delete(key);
    if (waiting === undefined) {
      this.withoutRequest++;
    } else if (socket === undefined) {
      const period = { start: waiting.start, end: time };
      const page = pageId(connection);
      await this.out.begin();
      await this.out.text(
        JSON.stringify(exchangeEntry(waiting.request, frame, period, page, this.time)),
      );
    }
  }

  /** Writes the requests to which no response came. */
  async end(): Promise<void> {
    for (const { request, start, connection } of this.waiting.values()) {
      const period = { start, end: start };
      await this.out.begin();
      await this.out.text(
        JSON.stringify(exchangeEntry(request, undefined, period, pageId(connection), this.time)),
      );
    }
  }

  /** Address of a WebSocket: that of its opening, else of its server. */
  addressOf({ connection, upgrade }: Socket): string {
    return upgrade?.request.url ?? this.opened.get(connection)?.server ?? 'ws://unknown.invalid/';
  }

  /** Pages are what DevTools groups entries by: here one a connection. */
  pages(startedAt: string): readonly object[] {
    return [...this.opened.values()].map(({ connection, time, application, server }) => ({
      startedDateTime: new RecordedTime(startedAt).instant(time),
      id: pageId(connection),
      title: `${application} – ${server}`,
      pageTimings: {},
    }));
  }
}

/** A further reading: writes the entries of some WebSockets; a single one without holding its messages. */
class SocketPass {
  private readonly messages = new Map<number, string[]>();
  private readonly tracker = new SocketTracker();
  private count = 0;

  constructor(
    private readonly out: EntryWriter,
    private readonly time: RecordedTime,
    private readonly http: HttpPass,
    private readonly batch: readonly number[],
  ) {
    for (const index of batch) {
      this.messages.set(index, []);
    }
  }

  async run(
    records: () => AsyncIterable<TraceRecord>,
    signal: CancellationSignal,
  ): Promise<number> {
    const [only] = this.batch;
    const isAlone = this.batch.length === 1 && only !== undefined;
    if (isAlone) {
      await this.head(only);
    }
    for await (const record of records()) {
      signal.throwIfAborted();
      const index = this.tracker.take(record);
      const held = index === undefined ? undefined : this.messages.get(index);
      if (held === undefined || record.kind !== 'frame' || record.frame.kind !== 'websocket') {
        continue;
      }
      const text = JSON.stringify(socketMessage(record.frame, record.time, this.time));
      if (isAlone) {
        await this.out.text(this.count === 0 ? text : `,${text}`);
      } else {
        held.push(text);
      }
      this.count++;
    }
    if (isAlone) {
      await this.out.text(']}');
      return this.count;
    }
    for (const [index, held] of this.messages) {
      await this.head(index);
      await this.out.text(`${held.join()}]}`);
    }
    return this.count;
  }

  /** The entry up to its messages. */
  private async head(index: number): Promise<void> {
    const socket = this.http.tracker.sockets[index];
    if (socket === undefined) {
      throw new RangeError(`No WebSocket ${index}`);
    }
    const { connection, upgrade } = socket;
    const url = this.http.addressOf(socket);
    const entry = socketEntry(url, upgrade, socket, pageId(connection), this.time);
    await this.out.begin();
    await this.out.text(`${JSON.stringify(entry).slice(0, -1)},"_webSocketMessages":[`);
  }
}

/** WebSockets that are read for together: as many as may be held, or a single large one. */
function batches(sockets: readonly Socket[]): readonly (readonly number[])[] {
  const made: number[][] = [];
  let room = 0;
  for (const [index, { length }] of sockets.entries()) {
    const batch = made.at(-1);
    if (batch === undefined || length > room) {
      made.push([index]);
      room = MAX_HELD - length;
    } else {
      batch.push(index);
      room -= length;
    }
  }
  return made;
}

function pageId(connection: number): string {
  return `connection_${connection}`;
}
