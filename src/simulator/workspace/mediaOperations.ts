import { asList, asText, member } from '../../core/protocol/attributes';
import { ErrorCode } from '../../core/protocol/errorCodes';
import { BACK } from '../../core/protocol/workspace/operations';
import { privateView } from '../configuration';
import type { Interaction } from '../interaction';
import { Refusal } from '../refusal';
import { propertyChanges } from '../requestAttributes';
import { resolveWorkbin, type WorkbinReference } from '../workbinAccess';
import { CHANNELS, mediaChannel, movedToWorkbin, statusChange } from './events';
import { failure } from './httpExchange';
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
const MAX_MOVED = 1000;

/** Operations below `/workspace/v3/media`: `{media type}/interactions/{id}/{action}`. */
export function mediaOperation(operation: Operation, segments: readonly string[]): Course {
  const [mediaType = '', area, id = '', action] = segments;
  if (area !== 'interactions' || segments.length !== 4) {
    return UNKNOWN_FUNCTION;
  }
  if (action !== 'pull' && action !== 'place-in-queue') {
    return UNKNOWN_FUNCTION;
  }
  const interaction = operation.server.interactions.get(id);
  if (interaction?.mediaType !== mediaType) {
    return operation.quirks ? { kind: 'unanswered' } : unknownInteraction(id);
  }
  return action === 'pull' ? pull(operation, interaction) : placeInQueue(operation, interaction);
}

/** Operations below `/workspace/v3/media-management`. */
export function mediaManagementOperation(
  operation: Operation,
  segments: readonly string[],
): Course {
  return segments.length === 1 && segments[0] === 'move-to-workbin'
    ? moveToWorkbin(operation)
    : UNKNOWN_FUNCTION;
}

/** The workbin is `sourceId` (agent-api-simulator) or `workbinId` (workspace-client-js); else where it lies. */
function pull(operation: Operation, interaction: Interaction): Course {
  const { server, session, data, directory, operationId } = operation;
  const sourceId = textOf(data, 'sourceId') ?? textOf(data, 'workbinId');
  const source = sourceId === undefined ? undefined : directory.byId(sourceId);
  if (sourceId !== undefined && source === undefined) {
    return UNKNOWN_WORKBIN;
  }
  return accepted(mediaChannel(interaction.mediaType), () => {
    const viewId = privateView(source?.type.type ?? workbinTypeOf(current(server, interaction)));
    const pulled = server.pull(session.login, { viewId, interactionId: interaction.id });
    session.tell(statusChange(server.configuration, pulled, operationId));
  });
}

/** `queue` names a queue or a workbin, or says `__BACK__`: back where the interaction was pulled from. */
function placeInQueue(operation: Operation, interaction: Interaction): Course {
  const { server, session, data, directory, operationId, quirks } = operation;
  const queue = textOf(data, 'queue');
  const known = directory.byQueue(queue ?? '');
  if (quirks && queue !== BACK && known === undefined && !isQueue(operation, queue)) {
    return accepted(mediaChannel(interaction.mediaType), () => undefined);
  }
  return accepted(mediaChannel(interaction.mediaType), () => {
    const changes = propertyChanges({ name: 'place-in-queue', attributes: data });
    const target =
      queue === BACK
        ? placeBefore(current(server, interaction))
        : known === undefined
          ? queue
          : reference(operation, known, textOf(data, 'ownerId'));
    if (typeof target === 'object') {
      server.place(session.login, interaction.id, target, changes, false);
    } else {
      server.placeInQueue(session.login, interaction.id, target, changes);
    }
    session.tell(statusChange(server.configuration, current(server, interaction), operationId));
  });
}

function isQueue({ server }: Operation, queue: string | undefined): boolean {
  return queue !== undefined && server.configuration.queues.includes(queue);
}

/** Where an interaction in an agent's hands came from. */
function placeBefore({ id, location }: Interaction): WorkbinReference | string {
  if (location.kind !== 'handled') {
    throw new Refusal(
      ErrorCode.Error_invalid_interaction_state,
      `Interaction '${id}' is in nobody's hands`,
    );
  }
  const { from } = location;
  return from.kind === 'queue'
    ? from.queue
    : { type: from.workbin.type, owners: { [from.workbin.ownerKind]: from.workbin.owner } };
}

/** Each interaction is pulled from where it lies and placed; the first that cannot be ends it with an `EventError`. */
function moveToWorkbin(operation: Operation): Course {
  const { server, session, data, directory, operationId } = operation;
  const ids = (asList(member(data, 'interactions')) ?? []).map((id) => asText(id) ?? '');
  if (ids.length === 0 || ids.length > MAX_MOVED) {
    const reply = failure(400, `'interactions' is a list of 1 to ${MAX_MOVED} ids.`);
    return { kind: 'reply', reply };
  }
  const workbin = directory.byId(textOf(data, 'workbinId') ?? '');
  if (workbin === undefined) {
    return UNKNOWN_WORKBIN;
  }
  const interactions = ids.flatMap((id) => server.interactions.get(id) ?? []);
  if (interactions.length < ids.length) {
    return unknownInteraction(ids.find((id) => server.interactions.get(id) === undefined) ?? '');
  }
  return accepted(CHANNELS.mediaManagement, () => {
    for (const interaction of interactions) {
      move(operation, current(server, interaction), workbin);
      const moved = current(server, interaction);
      session.tell(statusChange(server.configuration, moved, operationId));
    }
    session.tell(movedToWorkbin(operationId));
  });
}

function move(operation: Operation, interaction: Interaction, workbin: ListedWorkbin): void {
  const { server, session, data, quirks } = operation;
  const { location } = interaction;
  const named = reference(operation, workbin, textOf(data, 'ownerId'));
  const target = resolveWorkbin(server.configuration, named);
  if (location.kind === 'workbin') {
    const { type, owner } = location.workbin;
    if (type === target.type && owner === target.owner && !quirks) {
      throw new Refusal(
        ErrorCode.Error_already_in_the_same_queue,
        `Interaction '${interaction.id}' already lies there`,
      );
    }
    const viewId = privateView(type);
    server.pull(session.login, { viewId, interactionId: interaction.id });
  }
  server.place(session.login, interaction.id, named, NO_CHANGES, false);
}

function workbinTypeOf({ id, location }: Interaction): string {
  if (location.kind !== 'workbin') {
    throw new Refusal(ErrorCode.Error_pull_failed, `Interaction '${id}' lies in no workbin`);
  }
  return location.workbin.type;
}
