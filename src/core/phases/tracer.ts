/**
 * Recognises phases in a trace, row by row, from the index alone. Live and recorded sessions run through
 * the same tracer, which knows no clock: time is that of the rows, or what `advance` says.
 *
 * Correlation is by connection, proxy client id and reference; a notification finds its subscription by
 * connection, proxy client id and workbin. That an answer repeats the reference of its request is how
 * Platform SDK's synchronous requests work; that notifications do not is our reading.
 */
import { GrowingList, roomFor, widen } from '../base/growing';
import {
  countOf,
  listOf,
  mustLieBelow,
  SnapshotError,
  type Restoring,
  type Snapshot,
} from '../base/snapshot';
import type { MessageColumns } from '../trace/messageColumns';
import { ConnectionPhases } from './connectionPhases';
import type { MessageRole } from './model';
import { ModelTable } from './modelTable';
import { NameMeanings } from './nameMeanings';
import { PhaseColumns } from './phaseColumns';

export interface TracerOptions {
  /** Milliseconds of recorded time after which a request counts as unanswered. */
  readonly answerTimeLimitMs: number;
}

/** How long an answer that came before its request may have waited for it, in ms of recorded time. */
const EARLY_ANSWER_MS = 1000;

const ROLES: readonly MessageRole[] = [
  'none',
  'request',
  'accepted',
  'answer',
  'duplicate',
  'notification',
  'unmatched',
];
const ROLE_CODES: { readonly [role in MessageRole]: number } = {
  none: 0,
  request: 1,
  accepted: 2,
  answer: 3,
  duplicate: 4,
  notification: 5,
  unmatched: 6,
};

export class Tracer {
  readonly phases = new PhaseColumns();
  readonly table = new ModelTable();
  private phaseOfRow = new Int32Array(1024);
  private roleOfRow = new Uint8Array(1024);
  private traced = 0;
  private readonly connections = new Map<number, ConnectionPhases>();
  /** Phases in the order of their time limits; those before `nextDue` have been looked at. */
  private readonly due = new GrowingList();
  private nextDue = 0;
  private changes = 0;

  private readonly names: NameMeanings;
  private readonly isAnswered = (phase: number): boolean => this.phases.answerRow(phase) >= 0;
  private readonly isOpen = (phase: number): boolean => this.phases.outcome(phase) === 'open';

  constructor(
    private readonly rows: MessageColumns,
    private readonly options: TracerOptions,
  ) {
    this.names = new NameMeanings(rows.names, this.table);
  }

  /** Raised by one whenever something that was told about an earlier row has changed. */
  get generation(): number {
    return this.changes;
  }

  /** Number of rows traced so far. */
  get count(): number {
    return this.traced;
  }

  /** Phase of a row; -1 when it belongs to none. */
  phaseOf(row: number): number {
    return this.phaseOfRow[row] ?? -1;
  }

  /**
   * Workbin that a row is about, `type@owner`, or an empty text. `EventWorkbinContent` names none, so it has
   * that of its phase's request (source: its attributes in Platform SDK for .NET 8.1.4).
   */
  workbin(row: number): string {
    const phase = this.phaseOf(row);
    return (
      this.rows.workbin(row) || (phase < 0 ? '' : this.rows.workbin(this.phases.requestRow(phase)))
    );
  }

  /** Id of that workbin in the index; 0 where none is known. */
  workbinId(row: number): number {
    const own = this.rows.workbinId(row);
    const phase = own === 0 ? this.phaseOf(row) : -1;
    return phase < 0 ? own : this.rows.workbinId(this.phases.requestRow(phase));
  }

  /** The first row of a phase from `from` on and before `end`; -1 without one. */
  nextOf(phase: number, from: number, end: number): number {
    const found = this.phaseOfRow.subarray(from, Math.min(end, this.traced)).indexOf(phase);
    return found < 0 ? -1 : from + found;
  }

  /** Milliseconds of recorded time after which a request counts as unanswered. */
  get answerTimeLimitMs(): number {
    return this.options.answerTimeLimitMs;
  }

  role(row: number): MessageRole {
    return ROLES[this.roleOfRow[row] ?? 0] ?? 'none';
  }

  /** Makes room for so many rows at once: memory that is not written to costs nothing. */
  reserve(rows: number): void {
    if (rows > this.phaseOfRow.length) {
      this.phaseOfRow = widen(this.phaseOfRow, rows);
      this.roleOfRow = widen(this.roleOfRow, rows);
    }
  }

  /** Puts all of it into a snapshot; columns are not copied. */
  save(snapshot: Snapshot): void {
    this.phases.save(snapshot);
    snapshot.putValue('madeBy', this.maker());
    snapshot.putColumn('phaseOfRow', this.phaseOfRow, this.traced);
    snapshot.putColumn('roleOfRow', this.roleOfRow, this.traced);
    snapshot.putColumn('due', this.due.all.subarray(this.nextDue), this.due.length - this.nextDue);
    snapshot.putValue('dueCount', this.due.length - this.nextDue);
    snapshot.putValue(
      'openConnections',
      [...this.connections].map(([number, connection]) => [number, connection.save(this.isOpen)]),
    );
  }

  /** Checks what {@link save} has put there. Throws `SnapshotError`, also when time limits were others. */
  restore(snapshot: Snapshot, rows: number): Restoring {
    if (snapshot.value('madeBy') !== this.maker()) {
      throw new SnapshotError('other models or another time limit made it');
    }
    const restorePhases = this.phases.restore(snapshot, rows, this.table.models.length);
    const phaseOfRow = snapshot.column('phaseOfRow', this.phaseOfRow, rows);
    const roleOfRow = snapshot.column('roleOfRow', this.roleOfRow, rows);
    mustLieBelow(phaseOfRow, 'phaseOfRow', snapshot.count('phases'), -1);
    const due = snapshot.column('due', new Uint32Array(0), snapshot.count('dueCount'));
    mustLieBelow(due, 'due', snapshot.count('phases'));
    const connections = snapshot.list('openConnections').map((entry) => {
      const [number, connection] = listOf(entry, 'openConnections');
      return [countOf(number, 'openConnections'), ConnectionPhases.restore(connection)] as const;
    });
    return () => {
      restorePhases();
      this.traced = rows;
      this.phaseOfRow = phaseOfRow;
      this.roleOfRow = roleOfRow;
      this.due.append(due);
      connections.forEach(([number, connection]) => this.connections.set(number, connection));
    };
  }

  /** Phases of the same messages are others with other models, or another time limit. */
  private maker(): string {
    return JSON.stringify([this.options.answerTimeLimitMs, this.table.models]);
  }

  /** Traces the next row of the index. */
  add(row: number): void {
    if (row >= this.phaseOfRow.length) {
      this.reserve(Math.max(1024, roomFor(row + 1)));
    }
    this.traced = row + 1;
    this.assign(row, -1, 'none');
    this.advance(this.rows.time(row));
    const name = this.rows.nameId(row);
    const connection = this.connection(this.rows.connection(row));
    if (this.rows.direction(row) === 'send') {
      const model = this.names.begins(name);
      if (model >= 0) {
        this.begin(connection, model, row);
      } else {
        connection.sendOutside(this.rows, row);
      }
    } else if (this.names.follows(name)) {
      this.notify(connection, row);
    } else {
      this.receive(connection, name, row);
    }
  }

  /** Recorded time has reached `time`: marks what is unanswered by then. */
  advance(time: number): void {
    while (this.nextDue < this.due.length) {
      const phase = this.due.at(this.nextDue);
      const limit = this.rows.time(this.phases.requestRow(phase)) + this.options.answerTimeLimitMs;
      if (limit >= time) {
        return;
      }
      this.nextDue++;
      if (this.phases.outcome(phase) === 'open') {
        this.phases.end(phase, 'unanswered', limit, -1);
        this.changes++;
      }
    }
  }

  /** When the next open request will count as unanswered, in ms of recorded time. */
  get nextTimeLimit(): number | undefined {
    for (let at = this.nextDue; at < this.due.length; at++) {
      const phase = this.due.at(at);
      if (this.phases.outcome(phase) === 'open') {
        return this.rows.time(this.phases.requestRow(phase)) + this.options.answerTimeLimitMs;
      }
    }
    return undefined;
  }

  /** A connection ended: what is open on it is interrupted, what is live ends. */
  close(connectionNumber: number, time: number): void {
    this.advance(time);
    const connection = this.connections.get(connectionNumber);
    if (connection === undefined) {
      return;
    }
    for (const phase of connection.open(this.isOpen)) {
      this.phases.end(phase, 'interrupted', time, -1);
    }
    for (const phase of connection.subscriptions.all()) {
      this.phases.setLive(phase, false);
    }
    this.connections.delete(connectionNumber);
    this.changes++;
  }

  /**
   * Something was missed up to `time`, on one connection or on all: what is open there may have been answered
   * meanwhile. It counts as interrupted, and as answered should its answer still come.
   */
  gap(connectionNumber: number | undefined, time: number): void {
    for (const [number, connection] of this.connections) {
      if (connectionNumber !== undefined && number !== connectionNumber) {
        continue;
      }
      for (const phase of connection.open(this.isOpen)) {
        this.phases.end(phase, 'interrupted', time, -1);
        this.changes++;
      }
    }
    this.advance(time);
  }

  private begin(connection: ConnectionPhases, model: number, row: number): void {
    const phase = this.phases.begin(model, row);
    this.assign(row, phase, 'request');
    this.due.push(phase);
    connection.begin(phase, this.isOpen);
    const key = connection.key(this.rows, row);
    if (this.table.model(model).followedBy !== undefined) {
      connection.subscriptions.add(this.rows, row, phase);
    }
    if (key === undefined) {
      return;
    }
    const early = connection.takeEarly(key);
    connection.refer(key, phase, this.isAnswered);
    if (early !== undefined && this.rows.time(row) - this.rows.time(early) <= EARLY_ANSWER_MS) {
      this.answer(connection, phase, early);
      this.changes++;
    }
  }

  private receive(connection: ConnectionPhases, name: number, row: number): void {
    const key = connection.key(this.rows, row);
    const phase = key === undefined ? undefined : connection.latest.get(key);
    if (phase !== undefined && this.names.isAccepted(name)) {
      this.assign(row, phase, 'accepted');
    } else if (phase !== undefined && this.phases.answerRow(phase) < 0) {
      this.answer(connection, phase, row);
    } else {
      this.unexpected(connection, key, phase, name, row);
    }
  }

  /** An answer without an open request: a second one, one that came early, or one that nobody asked for. */
  private unexpected(
    connection: ConnectionPhases,
    key: number | undefined,
    phase: number | undefined,
    name: number,
    row: number,
  ): void {
    if (phase !== undefined) {
      this.assign(
        row,
        phase,
        this.isSecondAnswer(phase, this.rows.names.text(name)) ? 'answer' : 'duplicate',
      );
    } else if (key !== undefined && connection.sentOutside.has(key)) {
      return;
    } else if (this.names.endsSomething(name)) {
      this.assign(row, -1, 'unmatched');
    }
    if (key !== undefined && !this.names.isAccepted(name)) {
      const time = this.rows.time(row) - EARLY_ANSWER_MS;
      connection.addEarly(key, row, (other) => this.rows.time(other) < time);
    }
  }

  /** True for a result that the model expects besides the answer that the phase has. */
  private isSecondAnswer(phase: number, name: string): boolean {
    const { moreAnswers } = this.table.model(this.phases.model(phase));
    const first = this.rows.name(this.phases.answerRow(phase));
    return first !== name && (moreAnswers?.includes(name) ?? false);
  }

  private answer(connection: ConnectionPhases, phase: number, row: number): void {
    const model = this.table.model(this.phases.model(phase));
    const kind = this.table.answer(this.phases.model(phase), this.rows.name(row));
    this.assign(row, phase, 'answer');
    if (kind === 'other') {
      return;
    }
    const late = this.phases.outcome(phase) === 'unanswered';
    if (late) {
      this.phases.setLate(phase);
    }
    const time = Math.max(this.rows.time(row), this.rows.time(this.phases.requestRow(phase)));
    this.phases.end(phase, kind === 'success' ? 'completed' : 'failed', time, row);
    this.changes++;
    if (kind === 'failure') {
      const request = this.phases.requestRow(phase);
      connection.subscriptions.removeWhere(this.rows, request, (other) => other === phase);
      const turned =
        model.onFailure === undefined ? undefined : this.table.indexOf(model.onFailure);
      if (turned !== undefined) {
        this.phases.setModel(phase, turned);
      }
      return;
    }
    if (model.followedBy !== undefined) {
      this.phases.setLive(phase, true);
    }
    if (this.table.endsOthers(this.phases.model(phase))) {
      this.endSubscriptions(connection, model.id, phase);
    }
  }

  /** A completed phase may end what others left live; not what was asked for after it. */
  private endSubscriptions(connection: ConnectionPhases, modelId: string, ender: number): void {
    const requestRow = this.phases.requestRow(ender);
    connection.subscriptions.removeWhere(this.rows, requestRow, (phase) => {
      const isOver =
        phase < ender && this.table.model(this.phases.model(phase)).endedBy === modelId;
      if (isOver) {
        this.phases.setLive(phase, false);
      }
      return isOver;
    });
  }

  private notify(connection: ConnectionPhases, row: number): void {
    const phase = connection.subscriptions.latest(this.rows, row);
    if (phase === undefined) {
      this.assign(row, -1, 'unmatched');
      return;
    }
    this.assign(row, phase, 'notification');
    this.phases.addNotification(phase);
    this.changes++;
  }

  private assign(row: number, phase: number, role: MessageRole): void {
    this.phaseOfRow[row] = phase;
    this.roleOfRow[row] = ROLE_CODES[role];
  }

  private connection(number: number): ConnectionPhases {
    let connection = this.connections.get(number);
    if (connection === undefined) {
      connection = new ConnectionPhases();
      this.connections.set(number, connection);
    }
    return connection;
  }
}
