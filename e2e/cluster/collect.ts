import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const QUESTIONS: Record<string, string[]> = {
  'events.txt': ['get', 'events', '--all-namespaces', '--sort-by=.lastTimestamp'],
  'pods.txt': ['get', 'pods', '--all-namespaces', '--output=wide'],
  'pods.yaml': ['get', 'pods', '--all-namespaces', '--output=yaml'],
  'nodes.yaml': ['get', 'nodes', '--output=yaml'],
  'services.yaml': ['get', 'services,endpointslices', '--all-namespaces', '--output=yaml'],
};

/** Asks the API server for everything worth keeping; a question that fails leaves its error in the file. */
export async function collectObjects(
  folder: string,
  kubectl: (args: string[]) => Promise<string>,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [file, args] of Object.entries(QUESTIONS)) {
    writeFileSync(join(folder, file), await kubectl(args).catch((error: Error) => error.message));
  }
}
