import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../cluster/paths';

/** The files with the manifests of an example, by path from the root of the repository. */
export function manifestsOf(example: string): string[] {
  const folder = join('examples', example, 'manifests');
  return readdirSync(join(REPOSITORY, folder)).map((file) => join(folder, file));
}
