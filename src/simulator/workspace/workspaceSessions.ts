import { randomBytes } from 'node:crypto';
import type { Disposable } from '../../core/base/disposable';
import type { Clock } from '../../session/ports';
import type { Agent } from '../configuration';
import type { FaultRules } from '../faults';
import type { InteractionServer } from '../interactionServer';
import type { WorkspaceRequest } from './httpExchange';
import { WorkspaceSession } from './workspaceSession';

/** How long an access token is good for. */
export const TOKEN_SECONDS = 3600;

/** An agent without a CometD session who sends nothing for so long is logged out. */
const IDLE_MS = 60_000;

/** More codes or tokens than this are nobody's: the oldest is forgotten. */
const MAX_GRANTS = 1000;

interface Grant {
  readonly agent: Agent;
  readonly until: number;
}

/** Who has signed in (codes, tokens) and who has initialised (sessions; one per agent, however many tabs). */
export class WorkspaceSessions {
  private readonly codes = new Map<string, Grant>();
  private readonly tokens = new Map<string, Grant>();
  private readonly byAgent = new Map<string, WorkspaceSession>();
  private readonly usedAt = new Map<WorkspaceSession, number>();
  private timer: Disposable | undefined;

  constructor(
    private readonly server: InteractionServer,
    private readonly clock: Clock,
    /** By which what is sent to a session fails. */
    private readonly rules: FaultRules,
    /** Breaks off the connections of desktops. */
    private readonly tear: () => void,
  ) {}

  /** A code for the browser, which stands in the cookie `WWE_CODE` as well. */
  issueCode(agent: Agent): string {
    return issue(this.codes, { agent, until: Infinity });
  }

  issueToken(agent: Agent): string {
    return issue(this.tokens, { agent, until: this.clock.now() + TOKEN_SECONDS * 1000 });
  }

  ofCode(code: string | undefined): Agent | undefined {
    return this.granted(this.codes, code);
  }

  ofToken(token: string | undefined): Agent | undefined {
    return this.granted(this.tokens, token);
  }

  /** The agent's session, made if need be. Throws a `Refusal` when the agent cannot log in. */
  begin(agent: Agent): WorkspaceSession {
    const session = this.byAgent.get(agent.id) ?? this.open(agent);
    this.byAgent.set(agent.id, session);
    this.use(session);
    return session;
  }

  /** The session that a request's cookies name. */
  of({ cookies }: WorkspaceRequest): WorkspaceSession | undefined {
    const id = cookies.get('WORKSPACE_SESSIONID');
    const agent = this.ofCode(cookies.get('WWE_CODE'));
    const session =
      [...this.byAgent.values()].find((each) => each.id === id) ??
      this.byAgent.get(agent?.id ?? '');
    if (session !== undefined) {
      this.use(session);
    }
    return session;
  }

  /** Notes that a session is in use, now. */
  use(session: WorkspaceSession): void {
    this.usedAt.set(session, this.clock.now());
    this.timer ??= this.clock.after(IDLE_MS, () => this.endIdle());
  }

  /** Signs an agent out: session and codes. */
  end(agent: Agent): void {
    for (const [code, grant] of this.codes) {
      if (grant.agent.id === agent.id) {
        this.codes.delete(code);
      }
    }
    const session = this.byAgent.get(agent.id);
    if (session !== undefined) {
      this.byAgent.delete(agent.id);
      this.usedAt.delete(session);
      session.end();
    }
  }

  /** Ends every session and forgets every code; access tokens stay good. */
  expire(): void {
    this.codes.clear();
    for (const session of [...this.byAgent.values()]) {
      this.end(session.agent);
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.expire();
    this.tokens.clear();
    this.timer?.dispose();
    this.timer = undefined;
  }

  private open(agent: Agent): WorkspaceSession {
    const { server, clock, rules, tear } = this;
    return new WorkspaceSession(server, agent, { clock, rules, tear });
  }

  private granted(grants: Map<string, Grant>, key: string | undefined): Agent | undefined {
    const grant = key === undefined ? undefined : grants.get(key);
    return grant !== undefined && grant.until > this.clock.now() ? grant.agent : undefined;
  }

  private endIdle(): void {
    this.timer = undefined;
    const now = this.clock.now();
    for (const session of [...this.byAgent.values()]) {
      if (session.receivers.size > 0) {
        this.use(session);
      } else if (now - (this.usedAt.get(session) ?? 0) >= IDLE_MS) {
        this.end(session.agent);
      }
    }
    if (this.byAgent.size > 0) {
      this.timer ??= this.clock.after(IDLE_MS, () => this.endIdle());
    }
  }
}

function issue(grants: Map<string, Grant>, grant: Grant): string {
  const [oldest] = grants.keys();
  if (grants.size >= MAX_GRANTS && oldest !== undefined) {
    grants.delete(oldest);
  }
  const key = randomBytes(16).toString('hex');
  grants.set(key, grant);
  return key;
}
