import { readdirSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { inProject } from './paths';

/**
 * The compiled files of all tests whose source lies at or below `place` (a folder or a file, from the
 * project's folder, as `test/unit`). Looks at sources, because a compiled file may outlive its source.
 */
export function compiledTests(place: string, suffix = '.test'): readonly string[] {
  return sourcesAt(place)
    .filter((file) => file.endsWith(`${suffix}.ts`))
    .map((file) => inProject('out', file.replace(/\.ts$/, '.js')))
    .sort();
}

function sourcesAt(place: string): readonly string[] {
  const stats = statSync(inProject(place), { throwIfNoEntry: false });
  if (stats === undefined) {
    return [];
  }
  return stats.isFile()
    ? [place]
    : readdirSync(inProject(place), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.join(place, file),
      );
}
