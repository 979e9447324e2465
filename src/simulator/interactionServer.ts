import type { Disposable } from '../core/base/disposable';
import { ErrorCode } from '../core/protocol/errorCodes';
import { workbinName, type Workbin } from '../core/protocol/workbin';
import type { Clock } from '../session/ports';
import {
  AgentSessions,
  type AgentListener,
  type AgentLogin,
  type AgentSession,
} from './agentSessions';
import type { Configuration, ConfiguredWorkbinType } from './configuration';
import type { Interaction } from './interaction';
import { InteractionHandling, type PullRequest } from './interactionHandling';
import { Interactions, type WorkbinCount } from './interactions';
import type { PropertyChanges } from './propertyChanges';
import { Refusal } from './refusal';
import { Subscriptions, type SubscriptionOptions } from './subscriptions';
import {
  accessibleOwners,
  checkAccess,
  resolveWorkbin,
  type WorkbinReference,
} from './workbinAccess';

/** How much lies in one workbin; times are milliseconds since 1970, `undefined` when it is empty. */
export interface WorkbinStatistic {
  readonly owner: string;
  readonly count: number;
  readonly oldest: number | undefined;
  readonly newest: number | undefined;
}

/**
 * State and rules of the embedded Interaction Server: who is logged in, what lies in which workbin, who is
 * told about it. It knows no wire: the ports that speak a protocol call it and translate.
 *
 * Rules are those of the Genesys Events and Models Reference (Registration, Login and Logout, Workbin
 * Operations, Place Interaction in Workbin, Agent Pulls Interaction); where that is silent, {@link READINGS}
 * says what was chosen. A method that cannot do what it is asked throws a {@link Refusal} and changes nothing.
 */
export class InteractionServer {
  readonly handling: InteractionHandling;
  readonly interactions: Interactions;
  readonly subscriptions = new Subscriptions();
  private readonly sessions: AgentSessions;
  private readonly lastRequestAt = new Map<AgentSession, number>();
  private readonly timers = new Map<AgentSession, Disposable>();

  constructor(
    readonly configuration: Configuration,
    interactions: readonly Interaction[],
    private readonly clock: Clock,
    /** After how many milliseconds without a request what an agent has pulled is taken away. */
    private readonly inactivityMs: number,
  ) {
    this.interactions = new Interactions(interactions);
    this.sessions = new AgentSessions(configuration);
    this.handling = new InteractionHandling(
      configuration,
      this.interactions,
      this.subscriptions,
      clock,
    );
  }

  get loggedIn(): readonly AgentSession[] {
    return this.sessions.loggedIn;
  }

  login(login: AgentLogin, listener: AgentListener): AgentSession {
    const session = this.sessions.login(login, listener);
    this.lastRequestAt.set(session, this.clock.now());
    return session;
  }

  /** Ends an agent's session, however it ends. */
  logout(session: AgentSession): void {
    this.timers.get(session)?.dispose();
    this.timers.delete(session);
    this.lastRequestAt.delete(session);
    this.subscriptions.removeAll(session.listener);
    this.sessions.logout(session);
    this.handling.returnAll(session, 'Leave');
  }

  getContent(session: AgentSession, reference: WorkbinReference | undefined): Interaction[] {
    this.noteRequest(session);
    return this.interactions.inWorkbin(this.openWorkbin(session, reference));
  }

  requestNotifications(
    session: AgentSession,
    reference: WorkbinReference | undefined,
    options: SubscriptionOptions,
  ): void {
    this.noteRequest(session);
    this.subscriptions.add(this.openWorkbin(session, reference), session.listener, options);
  }

  cancelNotifications(session: AgentSession, reference: WorkbinReference | undefined): void {
    this.noteRequest(session);
    const workbin = this.openWorkbin(session, reference);
    if (!this.subscriptions.remove(workbin, session.listener)) {
      throw new Refusal(
        ErrorCode.Error_workbin_inaccessible,
        `Notifications of workbin '${workbinName(workbin)}' were not requested`,
      );
    }
  }

  place(
    session: AgentSession,
    interactionId: string | undefined,
    reference: WorkbinReference | undefined,
    changes: PropertyChanges,
    hold: boolean,
  ): void {
    this.noteRequest(session);
    const workbin = resolveWorkbin(this.configuration, reference);
    this.handling.place(session, interactionId, workbin, changes, hold);
  }

  pull(session: AgentSession, request: PullRequest): Interaction {
    this.noteRequest(session);
    const pulled = this.handling.pull(session, request);
    this.watchInactivity(session, this.inactivityMs);
    return pulled;
  }

  placeInQueue(
    session: AgentSession,
    interactionId: string | undefined,
    queue: string | undefined,
    changes: PropertyChanges,
  ): void {
    this.noteRequest(session);
    this.handling.placeInQueue(session, interactionId, queue, changes);
  }

  changeProperties(
    session: AgentSession,
    interactionId: string | undefined,
    changes: PropertyChanges,
  ): void {
    this.noteRequest(session);
    this.handling.changeProperties(session, interactionId, changes);
  }

  stopProcessing(session: AgentSession, interactionId: string | undefined): void {
    this.noteRequest(session);
    this.handling.stop(session, interactionId);
  }

  interaction(session: AgentSession, interactionId: string | undefined): Interaction {
    this.noteRequest(session);
    return this.handling.known(interactionId);
  }

  workbinTypes(tenantId: number | undefined): readonly ConfiguredWorkbinType[] {
    this.sessions.tenant(tenantId);
    return this.configuration.workbinTypes;
  }

  statistic(
    session: AgentSession,
    tenantId: number | undefined,
    typeName: string | undefined,
  ): { readonly type: ConfiguredWorkbinType; readonly workbins: readonly WorkbinStatistic[] } {
    this.sessions.tenant(tenantId);
    if (typeName === undefined || typeName === '') {
      throw new Refusal(ErrorCode.Error_workbin_not_specified, 'The request names no workbin type');
    }
    const type = this.configuration.workbinTypes.find((candidate) => candidate.type === typeName);
    if (type?.active !== true) {
      throw new Refusal(
        ErrorCode.Error_workbin_inaccessible,
        `There is no active workbin type '${typeName}'`,
      );
    }
    const owners = accessibleOwners(this.configuration, session, type.ownerKind);
    return {
      type,
      workbins: owners.map((owner) => {
        const content = this.interactions.inWorkbin({ ...type, owner });
        const times = content.map((interaction) => interaction.movedToQueueAt);
        return {
          owner,
          count: content.length,
          oldest: times.length === 0 ? undefined : Math.min(...times),
          newest: times.length === 0 ? undefined : Math.max(...times),
        };
      }),
    };
  }

  /** Workbins in which something lies or lay, for commands and tests. */
  workbins(): readonly WorkbinCount[] {
    return this.interactions.counts();
  }

  /** Forgets every timer; the server must not be used afterwards. */
  dispose(): void {
    for (const timer of this.timers.values()) {
      timer.dispose();
    }
    this.timers.clear();
  }

  private openWorkbin(session: AgentSession, reference: WorkbinReference | undefined): Workbin {
    const workbin = resolveWorkbin(this.configuration, reference);
    checkAccess(this.configuration, session, workbin);
    return workbin;
  }

  private noteRequest(session: AgentSession): void {
    this.lastRequestAt.set(session, this.clock.now());
  }

  /** One timer per agent, however many requests: when it ends it looks how long the agent has been silent. */
  private watchInactivity(session: AgentSession, ms: number): void {
    if (!this.timers.has(session)) {
      this.timers.set(
        session,
        this.clock.after(ms, () => this.checkInactivity(session)),
      );
    }
  }

  private checkInactivity(session: AgentSession): void {
    this.timers.delete(session);
    if (this.interactions.heldBy(session.agentId).length === 0) {
      return;
    }
    const silentMs = this.clock.now() - (this.lastRequestAt.get(session) ?? 0);
    if (silentMs < this.inactivityMs) {
      this.watchInactivity(session, this.inactivityMs - silentMs);
      return;
    }
    for (const interaction of this.handling.returnAll(session, 'Timeout')) {
      session.listener.revoked(interaction, session);
    }
  }
}
