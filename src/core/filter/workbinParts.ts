/** The two parts of a workbin's name, `type@owner`. Types are names of scripts and hold no `@`; owners may. */

/** The whole name where it has no owner. */
export function typeOf(workbin: string): string {
  const at = workbin.indexOf('@');
  return at < 0 ? workbin : workbin.slice(0, at);
}

/** An agent, a place or a group: the index does not tell which. Empty where none is named. */
export function ownerOf(workbin: string): string {
  const at = workbin.indexOf('@');
  return at < 0 ? '' : workbin.slice(at + 1);
}
