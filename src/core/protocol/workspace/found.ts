/** Collects what a frame holds: messages, their hints, and what was wrong. */
import { cutText } from '../cutText';
import type { JsonObject } from '../json';
import type { Decoded, DecodeProblem, Message, MessageHint, Reference } from '../message';

/** Texts of a hint are cut here, in characters: they stand at the head of a recorded line. */
const MAX_TEXT = 256;

/** Hint of a message before its texts are checked: empty and absent ones are left out. */
export interface Draft {
  readonly name: string;
  readonly reference?: Reference | undefined;
  readonly workbin?: string | undefined;
  readonly interactionId?: string | undefined;
  readonly errorCode?: number | undefined;
}

/** The messages of one frame, as they are found. */
export class Found {
  private readonly messages: Message[] = [];
  private readonly hints: MessageHint[] = [];
  private readonly problems: DecodeProblem[] = [];

  message(draft: Draft, attributes: JsonObject): void {
    const { reference, workbin = '', interactionId = '', errorCode } = draft;
    const name = cutText(draft.name, MAX_TEXT);
    this.messages.push({ name, attributes });
    this.hints.push({
      name,
      ...(reference !== undefined && { reference: cutReference(reference) }),
      ...(workbin !== '' && { workbin: cutText(workbin, MAX_TEXT) }),
      ...(interactionId !== '' && { interactionId: cutText(interactionId, MAX_TEXT) }),
      ...(errorCode !== undefined && { errorCode }),
    });
  }

  problem(problem: DecodeProblem | undefined): void {
    if (problem !== undefined) {
      this.problems.push(problem);
    }
  }

  all(): Decoded {
    return { messages: this.messages, hints: this.hints, problems: this.problems };
  }
}

function cutReference(reference: Reference): Reference {
  return typeof reference === 'string' ? cutText(reference, MAX_TEXT) : reference;
}
