/**
 * Stands in the bundle for the list of public suffixes that the cookie library brings along (130 kB, half of what
 * the rest of the product's code takes). The list keeps a page from setting cookies for all of `co.uk`; a jar of
 * ours holds the cookies of one server only, and takes none of them for a suffix.
 */

/** The part of a host's name that may own cookies: its last two labels. Null for addresses and single names. */
export function getDomain(host: string): string | null {
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  return labels.length < 2 || last === '' || /^\d+$/.test(last) || host.includes(':')
    ? null
    : labels.slice(-2).join('.');
}
