import { asList, asText, member } from '../../core/protocol/attributes';
import { Refusal } from '../refusal';
import {
  CHANNELS,
  contentView,
  statusChange,
  workbinEvent,
  workbinView,
  type WorkspaceEvent,
} from './events';
import { interactionView } from './interactionView';
import {
  accepted,
  current,
  reference,
  textOf,
  UNKNOWN_FUNCTION,
  UNKNOWN_WORKBIN,
  unknownInteraction,
  type Course,
  type Operation,
} from './operations';
import type { ListedWorkbin } from './workbinDirectory';

const NO_CHANGES = { added: new Map(), changed: new Map(), deleted: [] };

/** Operations below `/workspace/v3/workbins`; `segments` follow it. */
export function workbinOperation(operation: Operation, segments: readonly string[]): Course {
  const [first = '', second, third] = segments;
  if (first === 'interactions' && segments.length === 3) {
    return third === 'get-details'
      ? getDetails(operation, second ?? '')
      : operation.quirks
        ? { kind: 'unanswered' }
        : UNKNOWN_FUNCTION;
  }
  if (segments.length === 1) {
    switch (first) {
      case 'get-workbins':
        return answered(operation, () =>
          workbinEvent('EventWorkbins', operation.operationId, {
            workbins: operation.directory.all.map(workbinView),
          }),
        );
      case 'get-contents':
        return getContents(operation);
      default:
        return UNKNOWN_FUNCTION;
    }
  }
  const workbin = operation.directory.byId(first);
  return segments.length === 2 && second !== undefined
    ? ofOneWorkbin(operation, workbin, second)
    : UNKNOWN_FUNCTION;
}

function ofOneWorkbin(
  operation: Operation,
  workbin: ListedWorkbin | undefined,
  action: string,
): Course {
  switch (action) {
    case 'get-content':
      return workbin === undefined ? UNKNOWN_WORKBIN : getContent(operation, workbin);
    case 'subscribe':
      return workbin === undefined ? UNKNOWN_WORKBIN : subscribe(operation, workbin);
    case 'unsubscribe':
      return workbin === undefined ? UNKNOWN_WORKBIN : unsubscribe(operation, workbin);
    case 'add-interaction':
      return addInteraction(operation, workbin);
    default:
      return UNKNOWN_FUNCTION;
  }
}

function getContent(operation: Operation, workbin: ListedWorkbin): Course {
  return answered(operation, () =>
    workbinEvent('EventWorkbinContent', operation.operationId, {
      workbin: content(operation, workbin),
    }),
  );
}

/** Ids are one text with commas; a list of texts is taken as well. Unknown ids are left out. */
function getContents(operation: Operation): Course {
  const ids = member(operation.data, 'workbinIds');
  const named = asText(ids)?.split(',') ?? (asList(ids) ?? []).map((id) => asText(id) ?? '');
  const workbins = named.flatMap((id) => operation.directory.byId(id.trim()) ?? []);
  return answered(operation, () =>
    workbinEvent('EventWorkbinsContent', operation.operationId, {
      workbins: Object.fromEntries(
        workbins.map((workbin) => [workbin.id, content(operation, workbin)]),
      ),
    }),
  );
}

function content(operation: Operation, workbin: ListedWorkbin): object {
  const { server, session, data } = operation;
  const named = reference(operation, workbin, textOf(data, 'ownerId'));
  return contentView(server.configuration, workbin, server.getContent(session.login, named));
}

function subscribe(operation: Operation, workbin: ListedWorkbin): Course {
  const { server, session, data } = operation;
  return answered(operation, () => {
    const named = reference(operation, workbin, textOf(data, 'ownerId'));
    server.requestNotifications(session.login, named, {
      propertyChanges: false,
      processingStopped: false,
    });
    return acknowledged(operation, workbin, 'SubscribeWorkbinEvents');
  });
}

/** The simulator acknowledges this as a subscription, and also when there is none. */
function unsubscribe(operation: Operation, workbin: ListedWorkbin): Course {
  const { server, session, data, quirks } = operation;
  return answered(operation, () => {
    const named = reference(operation, workbin, textOf(data, 'ownerId'));
    try {
      server.cancelNotifications(session.login, named);
    } catch (error) {
      if (!(quirks && error instanceof Refusal)) {
        throw error;
      }
    }
    const name = quirks ? 'SubscribeWorkbinEvents' : 'UnsubscribeWorkbinEvents';
    return acknowledged(operation, workbin, name);
  });
}

function acknowledged(
  { operationId }: Operation,
  { id }: ListedWorkbin,
  operation: string,
): WorkspaceEvent {
  return workbinEvent('EventAck', operationId, { operation, workbinId: id });
}

/** The interaction leaves where it was: it lies in one workbin at most, unlike in the simulator. */
function addInteraction(operation: Operation, workbin: ListedWorkbin | undefined): Course {
  const { server, session, data, operationId, quirks } = operation;
  const interactionId = textOf(data, 'interactionId') ?? '';
  const interaction = server.interactions.get(interactionId);
  if (workbin === undefined || interaction === undefined) {
    return quirks
      ? accepted(CHANNELS.workbins, () => undefined)
      : workbin === undefined
        ? UNKNOWN_WORKBIN
        : unknownInteraction(interactionId);
  }
  return answered(operation, () => {
    const named = reference(operation, workbin, textOf(data, 'ownerId'));
    server.place(session.login, interaction.id, named, NO_CHANGES, false);
    return statusChange(server.configuration, current(server, interaction), operationId);
  });
}

function getDetails(operation: Operation, interactionId: string): Course {
  const { server, operationId, quirks } = operation;
  const interaction = server.interactions.get(interactionId);
  if (interaction === undefined && !quirks) {
    return unknownInteraction(interactionId);
  }
  return answered(operation, () =>
    workbinEvent('EventGetInteractionDetails', operationId, {
      ...(interaction !== undefined && {
        interaction: interactionView(server.configuration, current(server, interaction)),
      }),
    }),
  );
}

/** Accepts, and tells the agent what the work brings. */
function answered({ session }: Operation, work: () => WorkspaceEvent): Course {
  return accepted(CHANNELS.workbins, () => session.tell(work()));
}
