import { posix } from 'node:path';
import { isTooLarge, TOO_LARGE } from './file.js';
import { Git, GitError, type Blob } from './git-command.js';
import type { Problem } from './object.js';
import { parse, unread, type Parsed } from './parse.js';
import { isManifest, NO_MANIFESTS, problemIfEmpty, joinParsed } from './read.js';
import { Room } from './room.js';

const SCHEME = 'git:';

/** Whether --against names a revision of git, such as git:main:dist/manifests. */
export function isGit(source: string): boolean {
  return source.startsWith(SCHEME);
}

/**
 * Reads a file or folder of a revision. As in `git show`, the path begins at the repository's root, and one that begins with ./
 * or ../ at the current folder. Nothing is written to the repository, and nothing is fetched.
 */
export async function readGit(source: string, room = new Room()): Promise<Parsed> {
  try {
    const { revision, path } = split(source);
    const git = new Git();
    const tree = (await git.treeOf(revision)) ?? fail(await whyUnknown(git, revision, path));
    const root = await fromRoot(git, path);
    const blobs = await git.list(tree, root);
    if (blobs.length === 0 && root !== '') {
      fail(await whyMissing(git, tree, { revision, path, root }));
    }
    return await readBlobs(git, source, `${SCHEME}${revision}:`, blobs, root, room);
  } catch (error) {
    if (!(error instanceof GitError)) {
      throw error;
    }
    return unread(source, error.message);
  }
}

async function readBlobs(
  git: Git,
  source: string,
  prefix: string,
  blobs: readonly Blob[],
  root: string,
  room: Room,
): Promise<Parsed> {
  const problems: Problem[] = [];
  const files = blobs.filter(({ path }) => path === root || isManifest(path));
  if (files.length === 0) {
    problems.push({ file: source, message: NO_MANIFESTS });
  }
  const readable = files.filter(({ path, type, size }) => {
    const why = whyUnreadable(type, size);
    if (why !== undefined) {
      problems.push({ file: `${prefix}${path}`, message: why });
    }
    return why === undefined;
  });
  const parsed: Parsed[] = [];
  for await (const { path, content } of git.read(readable)) {
    parsed.push(parse(`${prefix}${path}`, content, room));
  }
  return joinParsed(
    problemIfEmpty(source, [{ objects: [], problems, isPart: problems.length > 0 }, ...parsed]),
  );
}

function whyUnreadable(type: Blob['type'], size: number): string | undefined {
  if (type === 'link') {
    return 'a symbolic link, which is not followed in a revision; name the file that it leads to';
  }
  if (type === 'submodule') {
    return 'a submodule; check it in its own repository';
  }
  return isTooLarge(size) ? TOO_LARGE : undefined;
}

/** The first colon that is not in braces ends a revision, as for git itself: main@{2 days ago}:dist. */
function split(source: string): { readonly revision: string; readonly path: string } {
  const [, revision, path] = /^((?:[^:{]|\{[^}]*\})+):(.*)$/s.exec(source.slice(SCHEME.length)) ?? [];
  if (revision === undefined) {
    fail('write git:REVISION:PATH, such as git:main:dist');
  }
  if (revision.startsWith('-')) {
    fail(`the revision ${revision} begins with -; write a branch, a tag or a commit`);
  }
  return { revision, path };
}

/** The path from the repository's root, without . and .. in it. */
async function fromRoot(git: Git, path: string): Promise<string> {
  const isRelative = /^\.\.?(?:\/|$)/.test(path);
  const root = posix.join(isRelative ? await git.currentFolder() : '', path).replace(/\/$/, '');
  if (root.startsWith('/')) {
    fail(`${path} begins with /; write the path from the repository's root, or ./PATH`);
  }
  if (root === '..' || root.startsWith('../')) {
    fail(`${path} is outside of the repository`);
  }
  return root === '.' ? '' : root;
}

async function whyUnknown(git: Git, revision: string, path: string): Promise<string> {
  const remote = `origin/${revision}`;
  if ((await git.treeOf(remote)) !== undefined) {
    return `there is no revision ${revision} here, but ${remote}: write ${SCHEME}${remote}:${path}`;
  }
  if (!(await git.isShallow())) {
    return `there is no revision ${revision}; git branch --all and git tag list them`;
  }
  const shallow = `there is no revision ${revision} in this shallow clone`;
  if (/[~^@]/.test(revision)) {
    return `${shallow}: run git fetch --unshallow`;
  }
  const branch = revision.replace(/^(?:refs\/remotes\/)?origin\//, '');
  return `${shallow}: run git fetch --depth=1 origin ${branch}, and write ${SCHEME}FETCH_HEAD:${path}`;
}

async function whyMissing(
  git: Git,
  tree: string,
  { revision, path, root }: { readonly revision: string; readonly path: string; readonly root: string },
): Promise<string> {
  const here = posix.join(await git.currentFolder(), path).replace(/\/$/, '');
  if (here !== root && (await git.list(tree, here)).length > 0) {
    return `${revision} has no ${path} at the repository's root; for the one in this folder write ${SCHEME}${revision}:./${path}`;
  }
  return `${revision} has no ${root}; git ls-tree ${revision} lists what it has`;
}

function fail(message: string): never {
  throw new GitError(message);
}
