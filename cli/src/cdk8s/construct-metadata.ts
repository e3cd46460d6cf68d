import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ValidationContext } from './context.js';

/**
 * Removes the file that cdk8s wrote among the manifests so that validations know constructs: kubectl and Helm take it for a
 * manifest. It stays if the environment asks for it with CDK8S_RECORD_CONSTRUCT_METADATA.
 */
export function removeConstructMetadata({ manifests, metadata }: ValidationContext): void {
  if (process.env.CDK8S_RECORD_CONSTRUCT_METADATA !== undefined) {
    return;
  }
  // It is in the output folder, in which each chart can have a folder of its own.
  const folders = new Set(manifests.flatMap((file) => [dirname(file), dirname(dirname(file))]));
  for (const folder of folders) {
    const file = join(folder, 'construct-metadata.json');
    if (isDeepStrictEqual(readResources(file), metadata)) {
      rmSync(file);
    }
  }
}

function readResources(file: string): unknown {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { resources?: unknown } | null)?.resources;
  } catch {
    return undefined;
  }
}
