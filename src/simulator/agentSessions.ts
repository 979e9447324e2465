import { ErrorCode } from '../core/protocol/errorCodes';
import type { Agent, Configuration } from './configuration';
import type { Actor, Interaction } from './interaction';
import { Refusal } from './refusal';
import type { Subscriber } from './subscriptions';

/** What an agent names when logging in; `undefined` is what the request left out. */
export interface AgentLogin {
  readonly tenantId: number | undefined;
  readonly agentId: string | undefined;
  readonly placeId: string | undefined;
  readonly mediaTypes: readonly string[];
}

/** The application of a logged-in agent, as the server reaches it. */
export interface AgentListener extends Subscriber {
  /** An interaction was taken away from the agent. */
  revoked(interaction: Interaction, actor: Actor): void;
}

/** A logged-in agent. */
export interface AgentSession extends Actor {
  readonly listener: AgentListener;
}

/** Which agents are logged in, and where. */
export class AgentSessions {
  private readonly sessions = new Map<string, AgentSession>();

  constructor(private readonly configuration: Configuration) {}

  get loggedIn(): readonly AgentSession[] {
    return [...this.sessions.values()];
  }

  has(agentId: string): boolean {
    return this.sessions.has(agentId);
  }

  login(login: AgentLogin, listener: AgentListener): AgentSession {
    const tenantId = this.tenant(login.tenantId);
    const agent = this.agent(login.agentId);
    if (agent.tenantId !== tenantId) {
      throw new Refusal(
        ErrorCode.Error_tenancy_violation,
        `Agent '${agent.id}' does not belong to tenant ${tenantId}`,
      );
    }
    const placeId = this.place(login.placeId);
    this.checkMedia(login.mediaTypes);
    if (this.sessions.has(agent.id)) {
      throw new Refusal(
        ErrorCode.Error_already_logged_in,
        `Agent '${agent.id}' is already logged in`,
      );
    }
    const occupant = this.loggedIn.find((session) => session.placeId === placeId);
    if (occupant !== undefined) {
      throw new Refusal(
        ErrorCode.Error_place_occupied,
        `Place '${placeId}' is occupied by agent '${occupant.agentId}'`,
      );
    }
    const session: AgentSession = { tenantId, agentId: agent.id, placeId, listener };
    this.sessions.set(agent.id, session);
    return session;
  }

  logout(session: AgentSession): void {
    this.sessions.delete(session.agentId);
  }

  /** Refuses a tenant that is missing or unknown. */
  tenant(tenantId: number | undefined): number {
    if (tenantId === undefined) {
      throw new Refusal(ErrorCode.Error_tenant_not_specified, 'The request names no tenant');
    }
    if (!this.configuration.tenants.includes(tenantId)) {
      throw new Refusal(
        ErrorCode.Error_unknown_tenant_in_request,
        `There is no tenant ${tenantId}`,
      );
    }
    return tenantId;
  }

  private agent(agentId = ''): Agent {
    if (agentId === '') {
      throw new Refusal(ErrorCode.Error_agent_not_specified, 'The request names no agent');
    }
    const agent = this.configuration.agents.find((candidate) => candidate.id === agentId);
    if (agent === undefined) {
      throw new Refusal(
        ErrorCode.Error_unknown_agent_in_request,
        `There is no agent with employee id '${agentId}'`,
      );
    }
    if (!agent.enabled) {
      throw new Refusal(ErrorCode.Error_agent_disabled, `Agent '${agentId}' is disabled`);
    }
    return agent;
  }

  private place(placeId = ''): string {
    if (placeId === '') {
      throw new Refusal(ErrorCode.Error_place_not_specified, 'The request names no place');
    }
    const place = this.configuration.places.find((candidate) => candidate.id === placeId);
    if (place === undefined) {
      throw new Refusal(ErrorCode.Error_unknown_place_in_request, `There is no place '${placeId}'`);
    }
    if (!place.enabled) {
      throw new Refusal(ErrorCode.Error_place_disabled, `Place '${placeId}' is disabled`);
    }
    return place.id;
  }

  private checkMedia(mediaTypes: readonly string[]): void {
    const unknown = mediaTypes.find((type) => !this.configuration.mediaTypes.includes(type));
    if (unknown !== undefined) {
      throw new Refusal(
        ErrorCode.Error_unsupported_media_type,
        `Media type '${unknown}' is not supported`,
      );
    }
  }
}
