import type { Agent, Configuration } from '../configuration';
import { userName } from './accounts';
import { CHANNELS, type WorkspaceEvent } from './events';

/** What an agent's desktop is told about its user and the contact centre, by event and by `current-session`. */
export interface SessionData {
  readonly user: object;
  readonly configuration: object;
}

export function sessionData(configuration: Configuration, agent: Agent): SessionData {
  return { user: userView(configuration, agent), configuration: configurationView(configuration) };
}

/**
 * Begin, progress and end of the initialization, sent once after a handshake. That the data come in the last two
 * events is as agent-api-simulator (Genesys, MIT) does.
 */
export function initializationEvents(data: SessionData, now: number): readonly WorkspaceEvent[] {
  const event = (messageType: string, state: string, fields: object): WorkspaceEvent => ({
    channel: CHANNELS.initialization,
    data: {
      state,
      submittedAt: new Date(now).toISOString(),
      executionTime: 1,
      actualWaitTime: 1,
      ...fields,
      messageType,
    },
  });
  return [
    event('WorkspaceInitializationProgress', 'Executing', { progress: { percentComplete: 50 } }),
    event('WorkspaceInitializationProgress', 'Complete', {
      progress: { percentComplete: 100 },
      data,
    }),
    event('WorkspaceInitializationComplete', 'Complete', { data }),
  ];
}

export function userView(configuration: Configuration, agent: Agent): object {
  const [firstName = '', ...rest] = agent.name.split(' ');
  const dbid = 101 + configuration.agents.indexOf(agent);
  return {
    dbid,
    firstName,
    lastName: rest.join(' '),
    userName: userName(agent),
    employeeId: agent.id,
    agentLogin: agent.id,
    defaultPlace: agent.placeId,
    tenantDBID: agent.tenantId,
    userProperties: [],
  };
}

function configurationView(configuration: Configuration): object {
  const ids = new Map(configuration.agents.map((agent, index) => [agent.id, 101 + index]));
  return {
    actionCodes: [],
    agentGroups: configuration.agentGroups.map(({ name, members }, index) => ({
      DBID: 201 + index,
      name,
      agentDBIDs: members.flatMap((member) => ids.get(member) ?? []),
    })),
    businessAttributes: [
      {
        name: 'MediaType',
        displayName: 'Media Type',
        values: configuration.mediaTypes.map((name) => ({ name, displayName: name })),
      },
    ],
    mediaTypes: configuration.mediaTypes,
  };
}
