/** What of an application's offers to be answered compressed the tap lets through: that which it can read. */
import { KNOWN_CODINGS } from './bodyReading';
import { DEFLATE_EXTENSION } from './deflateReader';

/** Members of a list; a comma within quotes parts none. */
const MEMBER = /(?:"(?:\\.|[^"\\])*"|[^,"])+/g;
const REFUSED = /;\s*q\s*=\s*0(?:\.0*)?\s*$/i;

/**
 * An `Accept-Encoding` without codings that the tap cannot decode; `identity` where none is left. Refusals
 * (`q=0`) stay.
 */
export function readableCodings(value: string): string {
  return kept(
    value,
    (member) => {
      const coding = member.split(';')[0]?.trim().toLowerCase() ?? '';
      return coding === 'identity' || KNOWN_CODINGS.has(coding) || REFUSED.test(member);
    },
    'identity',
  );
}

/** A `Sec-WebSocket-Extensions` with permessage-deflate alone; undefined where that was not offered. */
export function readableExtensions(value: string): string | undefined {
  return kept(value, (member) => DEFLATE_EXTENSION.test(member.toLowerCase()), undefined);
}

/** The value as it was where all of it is kept. */
function kept<T>(value: string, keep: (member: string) => boolean, nothing: T): string | T {
  const members = (value.match(MEMBER) ?? []).map((member) => member.trim());
  const offered = members.filter((member) => member !== '');
  const left = offered.filter(keep);
  if (left.length === offered.length) {
    return value;
  }
  return left.length === 0 ? nothing : left.join(', ');
}
