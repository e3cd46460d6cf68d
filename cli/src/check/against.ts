import { readLive, type LiveOptions } from './live/live.js';
import type { ServerDryRun } from './model/apply/server-dry-run.js';
import { MISSING } from './read/file.js';
import { isGit, readGit } from './read/git.js';
import type { Parsed } from './read/parse.js';
import { readManifests } from './read/read.js';
import { Room } from './read/room.js';

/** The manifests that are checked, and what they are compared with. */
export interface Compared {
  readonly manifests: Parsed;
  readonly against: Parsed;
  /** Whether what is only in the old state is deleted with the change. */
  readonly removes: boolean;
  /** What the cluster said in a dry run, if it was asked. */
  readonly dryRun?: ServerDryRun;
}

/** The value of --against that stands for the cluster of the kubeconfig. */
export const LIVE = 'live';

/**
 * Reads what manifests are compared with: `live`, the cluster of the current kubeconfig, `git:REVISION:PATH`, or a file or
 * folder. For a file that is called live, write ./live. Objects of a cluster stay when no manifest names them, as with kubectl
 * apply.
 *
 * @param room how much may still be read; by default as much as in one check
 */
export async function readAgainst(
  source: string,
  manifests: Parsed,
  options: LiveOptions = {},
  room = new Room(),
): Promise<Compared> {
  if (source === LIVE) {
    return { ...(await readLive(manifests, options, room)), removes: false };
  }
  return { manifests, against: await readOld(source, room), removes: true };
}

async function readOld(source: string, room: Room): Promise<Parsed> {
  if (isGit(source)) {
    return readGit(source, room);
  }
  const { objects, problems } = await readManifests([source], room);
  const isMissing = problems[0]?.file === source && problems[0].message === MISSING;
  const message = `${MISSING}; for a revision of git write git:REVISION:PATH`;
  return { objects, problems: isMissing ? [{ file: source, message }] : problems };
}
