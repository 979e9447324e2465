/** Hints: what every view needs of a message, taken from its attributes. */
import { asInt32, asObject, asText, member } from './attributes';
import { cutText } from './cutText';
import type { Message, MessageHint } from './message';
import { workbinName, workbinOf, workbinOfInteraction } from './workbin';

/** Texts of a hint are cut here, in characters: they stand at the head of a recorded line. */
const MAX_TEXT = 256;

/** The hints of a message in the Platform SDK's form. What is missing, out of range or of a wrong type is left out. */
export function hintOf(message: Message): MessageHint {
  const { name, attributes } = message;
  const reference = asInt32(member(attributes, 'referenceId'));
  const proxyClientId = asInt32(member(attributes, 'proxyClientId'));
  const workbin = workbinText(message);
  const interactionId = interactionIdOf(message);
  const errorCode = asInt32(member(attributes, 'errorCode'));
  return {
    name: cutText(name, MAX_TEXT),
    ...(reference !== undefined && { reference }),
    ...(proxyClientId !== undefined && { proxyClientId }),
    ...(workbin !== undefined && { workbin: cutText(workbin, MAX_TEXT) }),
    ...(interactionId !== undefined && { interactionId: cutText(interactionId, MAX_TEXT) }),
    ...(errorCode !== undefined && { errorCode }),
  };
}

/** A compound of its own says it best; then the interaction's; a `RequestSubmit` has the fields themselves. */
function workbinText({ attributes }: Message): string | undefined {
  const workbin =
    workbinOf(member(attributes, 'workbin')) ??
    workbinOfInteraction(member(attributes, 'interaction')) ??
    workbinOf(attributes);
  return workbin && workbinName(workbin);
}

function interactionIdOf({ attributes }: Message): string | undefined {
  const interaction = asObject(member(attributes, 'interaction'));
  const id =
    asText(member(attributes, 'interactionId')) ?? asText(member(interaction, 'interactionId'));
  return id === '' ? undefined : id;
}
