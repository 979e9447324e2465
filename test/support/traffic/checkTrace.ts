/** Holds what the tracer found against what the generator meant, for every single message. */
import type { MessageRole } from '../../../src/core/phases/model';
import type { Trace } from '../../../src/session/trace';
import { FACT_NUMBERS, factNumber, FACTS, type Fact } from './truth';

/** As many differences are told. */
const TOLD = 20;

/** Ids of the models that requests begin; what is not listed begins the one of all others. */
const MODELS: { readonly [request: string]: string } = {
  RequestGetWorkbinContent: 'get-content',
  RequestWorkbinNotifications: 'request-notifications',
  RequestCancelWorkbinNotifications: 'cancel-notifications',
  RequestRegisterClient: 'registration',
  RequestAgentLogin: 'agent-logs-in',
  RequestAgentLogout: 'agent-logs-out',
  RequestPull: 'pull',
  RequestPlaceInWorkbin: 'place-in-workbin',
};

/** What is meant, in columns by message: ten million of them fit. */
interface Meant {
  /** Number of the role; of a request 1. */
  readonly roles: Uint8Array;
  /** Row of the request of its phase; -1: it is in none. */
  readonly requests: Int32Array;
  /** Of a request: the number of the fact that says how it ended. */
  readonly endings: Uint8Array;
  /** Of a request: row of its answer, or -1. */
  readonly answers: Int32Array;
  readonly live: Uint8Array;
  readonly notifications: Int32Array;
}

const ROLES: readonly MessageRole[] = [
  'none',
  'request',
  'accepted',
  'answer',
  'duplicate',
  'notification',
  'unmatched',
];

/** Facts as {@link FACT_NUMBERS} numbers each. Returns the first differences in words; none: all is exact. */
export function differences(trace: Trace, facts: Int32Array): readonly string[] {
  const { messages, tracer } = trace;
  const found: string[] = [];
  const meant = meaningOf(facts, messages.count);
  let phases = 0;
  for (let row = 0; row < messages.count && found.length < TOLD; row++) {
    phases += meant.roles[row] === 1 ? 1 : 0;
    const expected = expectedAt(meant, row, messages.name(row));
    const actual = actualAt(trace, row);
    if (expected !== actual) {
      const line = `message ${row} (record ${messages.seq(row)}, ${messages.name(row)})`;
      found.push(`${line}: expected ${expected}, found ${actual}`);
    }
  }
  if (found.length < TOLD && phases !== tracer.phases.count) {
    found.push(`expected ${phases} phases, found ${tracer.phases.count}`);
  }
  return found;
}

function meaningOf(facts: Int32Array, messages: number): Meant {
  const meant: Meant = {
    roles: new Uint8Array(messages),
    requests: new Int32Array(messages).fill(-1),
    endings: new Uint8Array(messages),
    answers: new Int32Array(messages).fill(-1),
    live: new Uint8Array(messages),
    notifications: new Int32Array(messages),
  };
  for (let at = 0; at < facts.length; at += FACT_NUMBERS) {
    const [row = -1, other = -1, number = -1] = facts.subarray(at, at + FACT_NUMBERS);
    const fact = FACTS[number];
    const { roles, requests } = meant;
    if (row < 0 || row >= messages || other >= messages || fact === undefined) {
      throw new RangeError(`There is no fact ${row} ${other} ${number} of ${messages} messages.`);
    }
    switch (fact) {
      case 'live':
        meant.live[row] = 1;
        break;
      case 'notification':
      case 'accepted':
      case 'duplicate':
      case 'unmatched':
        roles[row] = ROLES.indexOf(fact);
        requests[row] = other;
        if (fact === 'notification') {
          meant.notifications[other] = (meant.notifications[other] ?? 0) + 1;
        }
        break;
      default:
        roles[row] = ROLES.indexOf('request');
        requests[row] = row;
        meant.endings[row] = factNumber(fact);
        meant.answers[row] = other;
        if (other >= 0) {
          roles[other] = ROLES.indexOf('answer');
          requests[other] = row;
        }
    }
  }
  return meant;
}

function expectedAt(meant: Meant, row: number, name: string): string {
  const role = ROLES[meant.roles[row] ?? 0] ?? 'none';
  const request = meant.requests[row] ?? -1;
  if (role !== 'request') {
    return `${role} of ${request}`;
  }
  const fact: Fact = FACTS[meant.endings[row] ?? 0] ?? 'open';
  const late = fact === 'completed late' || fact === 'failed late';
  const outcome = fact.replace(' late', '');
  const begun = MODELS[name] ?? 'other';
  const model = begun === 'get-content' && outcome === 'failed' ? 'get-content-fails' : begun;
  return phaseText({
    model,
    outcome,
    answer: meant.answers[row] ?? -1,
    late,
    live: meant.live[row] === 1,
    notifications: meant.notifications[row] ?? 0,
  });
}

function actualAt({ tracer }: Trace, row: number): string {
  const { phases, table } = tracer;
  const phase = tracer.phaseOf(row);
  const role = tracer.role(row);
  const request = phase < 0 ? -1 : phases.requestRow(phase);
  if (role !== 'request' || request !== row) {
    return `${role} of ${request}`;
  }
  return phaseText({
    model: table.model(phases.model(phase)).id,
    outcome: phases.outcome(phase),
    answer: phases.answerRow(phase),
    late: phases.late(phase),
    live: phases.live(phase),
    notifications: phases.notifications(phase),
  });
}

function phaseText(phase: {
  readonly model: string;
  readonly outcome: string;
  readonly answer: number;
  readonly late: boolean;
  readonly live: boolean;
  readonly notifications: number;
}): string {
  const { model, outcome, answer, late, live, notifications } = phase;
  return `${model} ${outcome} by ${answer}${late ? ' late' : ''}${live ? ' live' : ''}, ${notifications} notifications`;
}
