import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageConfig, ImageContent } from './oci';
import { E2E } from './paths';
import { run } from './shell';

/** Images with the same files, which are run in different ways. */
export interface ImageGroup {
  /** Name without registry host, as the registry stores it. */
  repository: string;
  tags: Record<string, ImageConfig>;
  /** Collects the files; `work` is a scratch folder. */
  content: (work: string) => Promise<ImageContent>;
}

/** Builds one of the programs in `e2e/app` as a static binary, the only file of its image. */
export async function goProgram(work: string, name: string): Promise<ImageContent> {
  const binary = join(work, name);
  const args = ['build', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w', '-o', binary, `./${name}`];
  await run('go', args, { cwd: join(E2E, 'app'), env: { CGO_ENABLED: '0' } });
  return { files: [{ path: `/${name}`, from: binary }] };
}

/** An image of one static binary, which is run. */
export function binaryImage(repository: string, tag: string, name: string, from: string): ImageGroup {
  return {
    repository,
    tags: { [tag]: { Entrypoint: [`/${name}`] } },
    content: async () => ({ files: [{ path: `/${name}`, from }], folders: ['/tmp'] }),
  };
}

/** Every file below a folder of `e2e/app`. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
