/**
 * What the events of a session have told that later requests need: the ids of workbins, and of interactions the media
 * type and whether the agent is at work on them.
 */
import { asList, asObject, asText, member } from '../../core/protocol/attributes';
import type { JsonObject, JsonValue } from '../../core/protocol/json';
import { OWNER_KINDS, type Workbin } from '../../core/protocol/workbin';
import { BoundedMap } from '../../core/protocol/workspace/boundedMap';

const MAX_INTERACTIONS = 20_000;
/** States of an interaction that an agent has opened. Source: agent-api-simulator (Genesys, MIT). */
const HANDLED = new Set(['Processing', 'Composing']);

export class KnownThings {
  private ids: ReadonlyMap<string, string> = new Map();
  private readonly mediaTypes = new BoundedMap<string, string>(MAX_INTERACTIONS);
  private readonly handled = new BoundedMap<string, true>(MAX_INTERACTIONS);

  get knowsWorkbins(): boolean {
    return this.ids.size > 0;
  }

  /** The id of a workbin by its name; what is no known name is taken for an id. */
  workbinId(type: string): string {
    return this.ids.get(type) ?? type;
  }

  mediaType(interactionId: string): string | undefined {
    return this.mediaTypes.get(interactionId);
  }

  /** Whether the agent has the interaction open, so that it is placed by closing it. */
  isHandled(interactionId: string): boolean {
    return this.handled.has(interactionId);
  }

  /**
   * Takes the workbins of an `EventWorkbins` and returns them as the agent's: the event names no owner, and where a
   * request names none either the server takes the signed-in agent.
   */
  learnWorkbins(data: JsonObject, agent: string): readonly Workbin[] {
    const ids = new Map<string, string>();
    const workbins: Workbin[] = [];
    for (const each of asList(member(data, 'workbins')) ?? []) {
      const workbin = asObject(each);
      const id = textOf(workbin, 'id');
      const name = textOf(workbin, 'workbinName') || id;
      if (id !== '' && !ids.has(name)) {
        const kind = textOf(workbin, 'type');
        ids.set(name, id);
        workbins.push({
          type: name,
          ownerKind: OWNER_KINDS.find((each) => each === kind) ?? 'Agent',
          owner: agent,
        });
      }
    }
    this.ids = ids;
    return workbins;
  }

  /** Takes what any event says of interactions. */
  learn(data: JsonObject): void {
    const content = asObject(member(data, 'workbin'));
    const contents = asObject(member(data, 'workbins')) ?? {};
    for (const workbin of [content, ...Object.values(contents).map(asObject)]) {
      for (const interaction of asList(member(workbin, 'interactions')) ?? []) {
        this.learnInteraction(interaction);
      }
    }
    this.learnInteraction(member(data, 'interaction'));
    if (member(data, 'messageType') === 'InteractionStateChanged') {
      const interaction = asObject(member(data, 'interaction'));
      const id = textOf(interaction, 'id');
      if (HANDLED.has(textOf(interaction, 'state'))) {
        this.handled.set(id, true);
      } else {
        this.handled.take(id);
      }
    }
  }

  private learnInteraction(value: JsonValue | undefined): void {
    const interaction = asObject(value);
    const id = textOf(interaction, 'id');
    // Both spellings occur.
    const mediaType = textOf(interaction, 'mediaType') || textOf(interaction, 'mediatype');
    if (id !== '' && mediaType !== '') {
      this.mediaTypes.set(id, mediaType);
    }
  }
}

function textOf(object: JsonObject | undefined, name: string): string {
  return asText(member(object, name)) ?? '';
}
