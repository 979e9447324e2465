/** Last part of a path of either system, for people. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
