import { memberPath } from '../../core/protocol/jsonPath';
import type { AttributeNode } from '../../core/protocol/describe';

/** Paths (positions from the root, such as `0.3.1`) of all lines that hold a text, letters of either case alike. */
export function findInTree(roots: readonly AttributeNode[], text: string): readonly string[] {
  const sought = text.toLowerCase();
  const found: string[] = [];
  const look = (nodes: readonly AttributeNode[], parent: string): void => {
    for (const [index, node] of nodes.entries()) {
      const path = parent === '' ? String(index) : `${parent}.${index}`;
      if (holds(node.name, sought) || holds(node.value, sought) || holds(node.meaning, sought)) {
        found.push(path);
      }
      look(node.children ?? [], path);
    }
  };
  if (sought !== '') {
    look(roots, '');
  }
  return found;
}

/** A text in parts: those that match, and what stands between them. */
export function splitMatches(
  text: string,
  sought: string,
): readonly { readonly text: string; readonly matches: boolean }[] {
  const lower = text.toLowerCase();
  const wanted = sought.toLowerCase();
  // A few letters change their length with their case: positions would not fit.
  if (wanted === '' || lower.length !== text.length) {
    return [{ text, matches: false }];
  }
  const parts: { text: string; matches: boolean }[] = [];
  let at = 0;
  for (let found = lower.indexOf(wanted); found >= 0; found = lower.indexOf(wanted, at)) {
    if (found > at) {
      parts.push({ text: text.slice(at, found), matches: false });
    }
    at = found + wanted.length;
    parts.push({ text: text.slice(found, at), matches: true });
  }
  return at < text.length ? [...parts, { text: text.slice(at), matches: false }] : parts;
}

/** The path of an attribute for people, such as `$.interactions["0001"].Subject`: groups are ours and left out. */
export function attributePath(roots: readonly AttributeNode[], path: string): string {
  let nodes = roots;
  let text = '$';
  for (const index of path.split('.').map(Number)) {
    const node = nodes[index];
    if (node !== undefined && node.group === undefined) {
      const position = /^\[(\d+)\]$/.exec(node.name)?.[1];
      text = memberPath(text, position === undefined ? node.name : Number(position));
    }
    nodes = node?.children ?? [];
  }
  return text;
}

function holds(text: string | undefined, sought: string): boolean {
  return text?.toLowerCase().includes(sought) ?? false;
}
