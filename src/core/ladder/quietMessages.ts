import type { MessageColumns } from '../trace/messageColumns';

const UNKNOWN = 0;
const QUIET = 1;
const OTHER = 2;

/**
 * Knows what only keeps a transport going: the `/meta/` messages of Bayeux, as long as nothing went wrong in
 * them (source: The Bayeux Protocol, meta channels). Each name is looked at once.
 */
export class QuietMessages {
  private readonly byName: number[] = [];

  constructor(private readonly messages: MessageColumns) {}

  has(message: number): boolean {
    const name = this.messages.nameId(message);
    let kind = this.byName[name] ?? UNKNOWN;
    if (kind === UNKNOWN) {
      kind = this.messages.name(message).startsWith('/meta/') ? QUIET : OTHER;
      this.byName[name] = kind;
    }
    return kind === QUIET && this.messages.errorCode(message) === undefined;
  }
}
