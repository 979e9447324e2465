import { cutText } from './cutText';

/** Names in a path are cut here, in characters. */
const MAX_NAME = 100;

/** A JSON path such as `$.workbin.workbinTypeId` or `$.extension[0]["odd key"]`. */
export function jsonPath(segments: readonly (string | number)[]): string {
  return segments.reduce<string>(memberPath, '$');
}

/** The path of a member of what `path` names. */
export function memberPath(path: string, segment: string | number): string {
  if (typeof segment === 'number') {
    return `${path}[${segment}]`;
  }
  const name = cutText(segment, MAX_NAME);
  return /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}
