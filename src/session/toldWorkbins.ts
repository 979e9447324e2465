/**
 * What a trace says of workbins besides their contents: the types that a server listed, whether it called them
 * active, the workbins that belong to the agent who logged in, and which ones the server called inaccessible.
 * Read from the columns in slices; only the few messages that matter are decoded.
 */
import { NEVER_CANCELLED } from '../core/base/cancellation';
import { STEP, type Work } from '../core/base/work';
import { asText } from '../core/protocol/attributes';
import { ErrorCode } from '../core/protocol/errorCodes';
import type { Message } from '../core/protocol/message';
import { workbinName, type Workbin } from '../core/protocol/workbin';
import { ownersOfTypes, ownWorkbins, workbinTypesOf } from './knownWorkbins';
import type { Trace } from './trace';
import { inSlices, type Pace } from './traceView/pace';
import type { WorkbinType } from './workbinClient';

/** Messages that are decoded, of each kind: beyond that, a trace is one of many agents or of somebody who polls. */
const MOST_DECODED = 200;

/** Why nothing can be expected of a workbin, and the message that told so. */
export interface Unusable {
  /**
   * `inactive`: its type has `Active` other than 1 in `EventWorkbinTypesInfo`. `inaccessible`: the last answer about
   * it was `EventError` with code 41, `Error_workbin_inaccessible` (source: Platform SDK for .NET 8.1.4).
   */
  readonly why: 'inactive' | 'inaccessible';
  readonly row: number;
}

/** A message that was decoded, with what it told. */
interface Told<T> {
  readonly row: number;
  readonly server: string;
  readonly value: T;
}

interface Agent {
  readonly agent: string;
  readonly place: string;
}

interface Owners {
  readonly type: string;
  readonly event: Message;
}

export class ToldWorkbins {
  private scanned = 0;
  private reading: Promise<boolean> | undefined;
  private readonly types: Told<readonly WorkbinType[]>[] = [];
  private readonly agents: Told<Agent>[] = [];
  private readonly owners: Told<Owners>[] = [];
  /** By server and name: rows of `Error_workbin_inaccessible`, ascending. */
  private readonly refusals = new Map<string, number[]>();

  constructor(
    private readonly trace: Trace,
    private readonly pace: Pace,
  ) {}

  /** Reads what the trace has beyond the last time; true where it told something. Never rejects. */
  read(): Promise<boolean> {
    this.reading ??= this.readOn().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  /** Workbins that the server's answers before row `end` name as the agent's own, or as existing. */
  listed(end: number): readonly (Workbin & { readonly server: string })[] {
    const servers = new Set(this.types.map(({ server }) => server));
    return [...servers].flatMap((server) =>
      this.listedBy(server, end).map((workbin) => ({ ...workbin, server })),
    );
  }

  /** Why a workbin cannot be used, as far as messages before row `end` tell; undefined where none says so. */
  unusable(
    server: string,
    workbin: { type: string; owner: string },
    end: number,
  ): Unusable | undefined {
    const told = lastBefore(this.types, server, end);
    const type = told?.value.find(({ type: name }) => name === workbin.type);
    if (told !== undefined && type?.active === false) {
      return { why: 'inactive', row: told.row };
    }
    const key = `${server} ${workbinName(workbin)}`;
    const row = this.refusals
      .get(key)
      ?.filter((each) => each < end)
      .at(-1);
    return row === undefined || this.answeredSince(key, row, end)
      ? undefined
      : { why: 'inaccessible', row };
  }

  private answeredSince(key: string, row: number, end: number): boolean {
    const { workbins } = this.trace;
    return (workbins.rowsFor(key, end).content ?? -1) > row || workbins.subscribed(key, end);
  }

  /** Where several agents have logged in, nobody knows whose workbins these are. */
  private listedBy(server: string, end: number): readonly Workbin[] {
    const told = lastBefore(this.types, server, end);
    const loggedIn = this.agents.filter((each) => each.server === server && each.row < end);
    const who = loggedIn.at(-1)?.value;
    if (
      told === undefined ||
      who === undefined ||
      loggedIn.some(({ value }) => value.agent !== who.agent)
    ) {
      return [];
    }
    const ofGroups = told.value.flatMap((type) => {
      const ofType = this.owners.filter(({ value }) => value.type === type.type);
      const found = lastBefore(ofType, server, end);
      return found === undefined ? [] : ownersOfTypes(type, found.value.event);
    });
    return [...ownWorkbins(told.value, who), ...ofGroups];
  }

  private async readOn(): Promise<boolean> {
    const end = this.trace.messages.count;
    if (this.scanned >= end) {
      return false;
    }
    const from = this.scanned;
    const rows = await inSlices(this.scan(from, end), this.pace, NEVER_CANCELLED);
    this.scanned = end;
    let found = rows.refused;
    for (const row of rows.decode) {
      found = (await this.take(row)) || found;
    }
    return found;
  }

  private *scan(from: number, end: number): Work<{ decode: readonly number[]; refused: boolean }> {
    const { messages, tracer } = this.trace;
    const ids = (...names: readonly string[]): readonly number[] =>
      names.flatMap((name) => messages.names.find(name) ?? []);
    const wanted = ids('EventWorkbinTypesInfo', 'EventWorkbinStatistic', 'RequestAgentLogin');
    const [error] = ids('EventError');
    const found: number[] = [];
    let refused = false;
    for (let row = from; row < end; row++) {
      if ((row - from) % STEP === STEP - 1) {
        yield;
      }
      const name = messages.nameId(row);
      if (name === error && messages.errorCode(row) === INACCESSIBLE) {
        const server = this.trace.connectionOf(row)?.server ?? '';
        const key = `${server} ${tracer.workbin(row)}`;
        this.refusals.set(key, [...(this.refusals.get(key) ?? []), row].slice(-MOST_DECODED));
        refused = true;
      } else if (wanted.includes(name)) {
        found.push(row);
      }
    }
    return { decode: found.slice(-MOST_DECODED), refused };
  }

  /** A message that cannot be read tells nothing here; the ladder says why. */
  private async take(row: number): Promise<boolean> {
    const message = await this.trace.message(row).then(
      (traced) => traced.message,
      () => undefined,
    );
    const server = this.trace.connectionOf(row)?.server ?? '';
    const text = (name: string): string => asText(message?.attributes[name]) ?? '';
    switch (message?.name) {
      case 'EventWorkbinTypesInfo':
        return keep(this.types, { row, server, value: workbinTypesOf(message) });
      case 'EventWorkbinStatistic': {
        const type = text('workbinTypeId');
        return keep(this.owners, { row, server, value: { type, event: message } });
      }
      case 'RequestAgentLogin': {
        const value = { agent: text('agentId'), place: text('placeId') };
        return keep(this.agents, { row, server, value });
      }
      default:
        return false;
    }
  }
}

const INACCESSIBLE: number = ErrorCode.Error_workbin_inaccessible;

function keep<T>(list: Told<T>[], told: Told<T>): true {
  list.push(told);
  if (list.length > MOST_DECODED) {
    list.shift();
  }
  return true;
}

function lastBefore<T>(list: readonly Told<T>[], server: string, end: number): Told<T> | undefined {
  return list.filter((each) => each.server === server && each.row < end).at(-1);
}
