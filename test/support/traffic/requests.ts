/** What becomes of requests and subscriptions, as the two sides mean it; tells the facts as they come about. */
import type { Day } from './day';

/** After this time, in recorded milliseconds, a request counts as unanswered. */
export const ANSWER_TIME_LIMIT_MS = 10_000;

export interface SentRequest {
  readonly row: number;
  /** Milliseconds, as written. */
  readonly time: number;
  answered: boolean;
}

/** The requests of one connection. */
export class Requests {
  private readonly open = new Set<SentRequest>();

  constructor(private readonly day: Day) {}

  sent(row: number): SentRequest {
    const request = { row, time: this.day.now, answered: false };
    this.open.add(request);
    this.day.truth.requests++;
    return request;
  }

  /** `time`: of the answer, as it is stamped. */
  answered(request: SentRequest, row: number, time: number, failed: boolean): void {
    const { day } = this;
    const late = isOver(request, time);
    request.answered = true;
    this.open.delete(request);
    day.truth.answered++;
    day.truth.late += late ? 1 : 0;
    day.truth.errors += failed ? 1 : 0;
    day.tell(request.row, row, `${failed ? 'failed' : 'completed'}${late ? ' late' : ''}`);
  }

  /** The connection or the whole recording ends; what is open by then is told to be so. */
  end(outcome: 'interrupted' | 'open'): void {
    const { day } = this;
    for (const request of this.open) {
      const ended = isOver(request, day.now) ? 'unanswered' : outcome;
      day.truth[ended]++;
      day.tell(request.row, -1, ended);
    }
    this.open.clear();
  }
}

function isOver(request: SentRequest, time: number): boolean {
  return request.time + ANSWER_TIME_LIMIT_MS < time;
}

interface Subscription {
  readonly request: SentRequest;
  granted: boolean;
}

/**
 * The subscriptions of one client of a connection. A notification belongs to the last request for its workbin that
 * was neither refused nor cancelled.
 */
export class ClientSubscriptions {
  private readonly byWorkbin = new Map<string, Subscription[]>();
  /** Workbins with a request under way that begins or ends a subscription. */
  private readonly unsettled = new Map<string, number>();

  /** Nothing is under way that makes it unclear to whom a notification belongs. */
  isSettled(workbin: string): boolean {
    return !this.unsettled.has(workbin);
  }

  requested(workbin: string, request: SentRequest): void {
    this.change(workbin, 1);
    this.of(workbin).push({ request, granted: false });
  }

  granted(workbin: string, request: SentRequest): void {
    this.change(workbin, -1);
    for (const subscription of this.of(workbin)) {
      subscription.granted ||= subscription.request === request;
    }
  }

  refused(workbin: string, request: SentRequest): void {
    this.change(workbin, -1);
    const rest = this.of(workbin).filter((subscription) => subscription.request !== request);
    this.byWorkbin.set(workbin, rest);
  }

  /** `cancelled`: whether the server did it. */
  cancelAnswered(workbin: string, cancelled: boolean): void {
    this.change(workbin, -1);
    if (cancelled) {
      this.byWorkbin.set(workbin, []);
    }
  }

  cancelRequested(workbin: string): void {
    this.change(workbin, 1);
  }

  /** The request that a notification of this workbin belongs to. */
  notified(workbin: string): SentRequest | undefined {
    return this.byWorkbin.get(workbin)?.at(-1)?.request;
  }

  live(): readonly SentRequest[] {
    return [...this.byWorkbin.values()]
      .flat()
      .filter(({ granted }) => granted)
      .map(({ request }) => request);
  }

  private of(workbin: string): Subscription[] {
    let known = this.byWorkbin.get(workbin);
    if (known === undefined) {
      known = [];
      this.byWorkbin.set(workbin, known);
    }
    return known;
  }

  private change(workbin: string, by: number): void {
    const count = (this.unsettled.get(workbin) ?? 0) + by;
    if (count === 0) {
      this.unsettled.delete(workbin);
    } else {
      this.unsettled.set(workbin, count);
    }
  }
}
