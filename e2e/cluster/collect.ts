import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KUBECTL_OUTPUTS: Record<string, string[]> = {
  'events.txt': ['get', 'events', '--all-namespaces', '--sort-by=.lastTimestamp'],
  'pods.txt': ['get', 'pods', '--all-namespaces', '--output=wide'],
  'pods.yaml': ['get', 'pods', '--all-namespaces', '--output=yaml'],
  'nodes.yaml': ['get', 'nodes', '--output=yaml'],
  'services.yaml': ['get', 'services,endpointslices', '--all-namespaces', '--output=yaml'],
};

/** Writes what the API server knows of the cluster into files; where a request fails, the file has its error. */
export async function collectObjects(
  folder: string,
  kubectl: (args: string[]) => Promise<string>,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [file, args] of Object.entries(KUBECTL_OUTPUTS)) {
    writeFileSync(join(folder, file), await kubectl(args).catch((error: Error) => error.message));
  }
}
