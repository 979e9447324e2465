/** What a `gap` record says of a time in which nothing was heard of a server; times are {@link Clock.now}. */
export function missedSpan(what: string, from: number, to: number): string {
  return `${what}; notifications between ${timeOf(from)} and ${timeOf(to)} may be missing`;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().slice(11, 23);
}
