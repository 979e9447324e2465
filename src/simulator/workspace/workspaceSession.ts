import { randomUUID } from 'node:crypto';
import type { AgentListener, AgentSession } from '../agentSessions';
import type { Agent, Configuration } from '../configuration';
import type { Clock } from '../../session/ports';
import type { FaultRules } from '../faults';
import { FaultySender } from '../faultySender';
import type { Interaction } from '../interaction';
import type { InteractionServer } from '../interactionServer';
import type { WorkbinChange } from '../subscriptions';
import {
  contentChanged,
  eventName,
  failedEvent,
  statusChange,
  type WorkspaceEvent,
} from './events';

/** A CometD session of an agent's desktop, or of one of its tabs. */
export interface EventReceiver {
  deliver(event: WorkspaceEvent): void;
  /** Ends it, so that the desktop's next poll gets `402::session_unknown`. */
  expire(): void;
}

/** What makes the events of a session fail on purpose. */
export interface SessionFaults {
  readonly clock: Clock;
  readonly rules: FaultRules;
  /** Breaks off the connections of desktops. */
  readonly tear: () => void;
}

/**
 * An agent who has signed in and initialised: logged in at Interaction Server, with any number of CometD sessions,
 * each of which gets every event.
 */
export class WorkspaceSession implements AgentListener {
  /** The value of the cookie `WORKSPACE_SESSIONID`. */
  readonly id = randomUUID();
  readonly receivers = new Set<EventReceiver>();
  readonly login: AgentSession;
  private readonly sender: FaultySender<WorkspaceEvent>;
  private ended = false;
  private readonly configuration: Configuration;

  /** Throws a `Refusal` when Interaction Server does not let the agent in. */
  constructor(
    private readonly server: InteractionServer,
    readonly agent: Agent,
    private readonly faults: SessionFaults,
  ) {
    this.sender = new FaultySender(faults.rules, faults.clock, {
      send: (event) => this.deliver(event),
      tear: faults.tear,
      nameOf: eventName,
      withError: failedEvent,
    });
    this.configuration = server.configuration;
    this.login = server.login(
      { tenantId: agent.tenantId, agentId: agent.id, placeId: agent.placeId, mediaTypes: [] },
      this,
    );
  }

  /** Tells what an operation has brought. */
  tell(event: WorkspaceEvent): void {
    this.sender.answer(event, eventName(event));
  }

  /** False once the agent is logged out: nothing may be done in the agent's name any more. */
  get isLive(): boolean {
    return !this.ended;
  }

  end(): void {
    this.ended = true;
    this.sender.dispose();
    this.server.logout(this.login);
    for (const receiver of [...this.receivers]) {
      receiver.expire();
    }
    this.receivers.clear();
  }

  workbinChanged(change: WorkbinChange): void {
    const event = contentChanged(this.configuration, change);
    if (this.faults.rules.take('forgetSubscriptions', eventName(event)) === undefined) {
      this.sender.notify(event);
    } else {
      this.server.subscriptions.removeAll(this);
    }
  }

  processingStopped(): void {
    // Asked for by an extension of Platform SDK's request, which this API does not have.
  }

  revoked(interaction: Interaction): void {
    const now = this.server.interactions.get(interaction.id) ?? interaction;
    this.sender.notify(statusChange(this.configuration, now));
  }

  private deliver(event: WorkspaceEvent): void {
    for (const receiver of this.receivers) {
      receiver.deliver(event);
    }
  }
}
