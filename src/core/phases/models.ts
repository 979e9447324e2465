/**
 * The phase models that Workbin Inspector recognises, in Genesys' words. One entry per documented
 * conversation; the tracer reads nothing else. The first four are the Workbin Operations of the Genesys Events
 * and Models Reference; the request names stand in its figures and in Platform SDK for .NET 8.1.4.
 *
 * Workspace API v3 carries the same conversations: its operations are named by the request that they stand
 * for, so its events and failures stand in the same rows. What the source of a row does not name is a reading.
 */
import type { PhaseModel } from './model';

const WORKBIN_OPERATIONS = 'Genesys Events and Models Reference: Workbin Operations';

/** A refused or failed HTTP operation of Workspace API v3 or Web Services v2. */
const HTTP_FAILURE = {
  event: 'HttpError',
  when: 'the HTTP operation was refused or failed',
} as const;

const FROM_WEB = 'from Workspace API v3';
/** That `EventError` may answer: the source tells success alone. */
const AS_OTHERS = 'as other requests are refused';

export const PHASE_MODELS: readonly PhaseModel[] = [
  {
    id: 'get-content',
    title: 'Agent Gets Workbin Content',
    source: WORKBIN_OPERATIONS,
    request: 'RequestGetWorkbinContent',
    success: ['EventWorkbinContent', 'EventWorkbinsContent'],
    failure: [
      { event: 'EventError', when: 'the agent or the workbin is not registered' },
      HTTP_FAILURE,
    ],
    onFailure: 'get-content-fails',
    readings: { EventWorkbinsContent: FROM_WEB, HttpError: FROM_WEB },
    needs: ['registered client', 'logged-in agent', 'known workbin'],
  },
  {
    id: 'get-content-fails',
    title: 'Agent Fails to Get Workbin Content',
    source: WORKBIN_OPERATIONS,
    request: 'RequestGetWorkbinContent',
    success: [],
    failure: [
      { event: 'EventError', when: 'the agent or the workbin is not registered' },
      HTTP_FAILURE,
    ],
    readings: { HttpError: FROM_WEB },
    needs: [],
  },
  {
    id: 'request-notifications',
    title: 'Agent Requests Workbin Notification',
    source: WORKBIN_OPERATIONS,
    request: 'RequestWorkbinNotifications',
    success: ['EventAck'],
    failure: [{ event: 'EventError', when: 'the agent or the workbin is unknown' }, HTTP_FAILURE],
    followedBy: ['EventWorkbinContentChanged'],
    endedBy: 'cancel-notifications',
    readings: { EventWorkbinContentChanged: 'its name is from Platform SDK', HttpError: FROM_WEB },
    needs: ['registered client', 'logged-in agent', 'known workbin'],
  },
  {
    id: 'cancel-notifications',
    title: 'Agent Cancels Workbin Notifications',
    source: WORKBIN_OPERATIONS,
    request: 'RequestCancelWorkbinNotifications',
    success: ['EventAck'],
    failure: [
      {
        event: 'EventError',
        when: 'the agent or the workbin is unknown, or the agent has not subscribed',
      },
      HTTP_FAILURE,
    ],
    readings: { HttpError: FROM_WEB },
    needs: ['registered client', 'logged-in agent', 'known workbin', 'live subscription'],
  },
  {
    id: 'registration',
    title: 'Registration',
    source: 'Genesys Events and Models Reference: Registration',
    request: 'RequestRegisterClient',
    success: ['EventAck'],
    failure: [{ event: 'EventError', when: 'the client is not valid' }],
    needs: [],
  },
  {
    id: 'agent-logs-in',
    title: 'Agent Logs In',
    source: 'Genesys Events and Models Reference: Login/Logout',
    request: 'RequestAgentLogin',
    success: ['EventAck'],
    failure: [{ event: 'EventError', when: 'the login is refused' }],
    readings: { EventError: AS_OTHERS },
    needs: ['registered client'],
  },
  {
    id: 'agent-logs-out',
    title: 'Agent Logs Out',
    source: 'Genesys Events and Models Reference: Login/Logout',
    request: 'RequestAgentLogout',
    success: ['EventAck'],
    failure: [{ event: 'EventError', when: 'the agent is not logged in' }],
    readings: { EventError: AS_OTHERS },
    needs: ['registered client', 'logged-in agent'],
  },
  {
    id: 'pull',
    title: 'Agent Pulls Interaction',
    source: 'Genesys Events and Models Reference: Agent Pulls Interaction',
    request: 'RequestPull',
    // Workspace API v3 answers a pull with the new state of the interaction.
    success: ['EventPulledInteractions', 'InteractionStateChanged'],
    failure: [{ event: 'EventError', when: 'the interaction cannot be pulled' }, HTTP_FAILURE],
    readings: { InteractionStateChanged: FROM_WEB, EventError: AS_OTHERS, HttpError: FROM_WEB },
    needs: ['registered client', 'logged-in agent'],
  },
  {
    id: 'place-in-workbin',
    title: 'Place Interaction in Workbin',
    source: 'Genesys Events and Models Reference: Place Interaction in Workbin',
    request: 'RequestPlaceInWorkbin',
    success: ['EventAck', 'InteractionStateChanged', 'SnapshotMessage'],
    // Workspace API v3 tells a move twice: as a new state and as a moved snapshot.
    moreAnswers: ['InteractionStateChanged', 'SnapshotMessage'],
    failure: [{ event: 'EventError', when: 'the interaction cannot be placed' }, HTTP_FAILURE],
    readings: {
      InteractionStateChanged: FROM_WEB,
      SnapshotMessage: FROM_WEB,
      EventError: AS_OTHERS,
      HttpError: FROM_WEB,
    },
    needs: ['registered client', 'logged-in agent', 'known workbin'],
  },
];

/** What is shown for a request that no documented model begins with. Its answer is still looked for. */
export const OTHER_REQUEST: PhaseModel = {
  id: 'other',
  title: 'Other Request',
  source: 'No documented model: a request and the first event with its reference (our reading)',
  request: '',
  success: [],
  anyAnswer: true,
  failure: [{ event: 'EventError', when: 'the request is refused' }, HTTP_FAILURE],
  readings: { EventError: AS_OTHERS, HttpError: FROM_WEB },
  needs: [],
};
