import { resolve } from 'node:path';
import { ChildError, run, type Ended } from '../child.js';

/** Why something cannot be read from git, and what to do, in one line. */
export class GitError extends Error {
  override name = 'GitError';
}

/** A file of a revision. */
export interface Blob {
  readonly id: string;
  /** From the repository's root. */
  readonly path: string;
  readonly type: 'file' | 'link' | 'submodule';
  /** Bytes. */
  readonly size: number;
}

const TIMEOUT_MS = 60_000;
const BATCH_BYTES = 64 * 1024 * 1024;

/** Asks the git on PATH about the repository of the current folder, and changes nothing in it. */
export class Git {
  /** The id of a revision's tree; none if there is no such revision. */
  async treeOf(revision: string): Promise<string | undefined> {
    const answer = await this.ask(['rev-parse', '--verify', '--quiet', `${revision}^{tree}`], [0, 1, 128]);
    const id = answer.toString().trim();
    return /^[0-9a-f]+$/.test(id) ? id : undefined;
  }

  /** The current folder from the repository's root, with / at its end; empty at the root and in a bare repository. */
  async currentFolder(): Promise<string> {
    return (await this.ask(['rev-parse', '--show-prefix'])).toString().replace(/\n$/, '');
  }

  async isShallow(): Promise<boolean> {
    return (await this.ask(['rev-parse', '--is-shallow-repository'])).toString().trim() === 'true';
  }

  /** A file, or all files in and below a folder; none if the path does not exist. An empty path is the root. */
  async list(tree: string, path: string): Promise<readonly Blob[]> {
    const args = ['ls-tree', '-r', '-z', '--long', '--full-tree', tree, ...(path === '' ? [] : ['--', path])];
    return (await this.ask(args))
      .toString()
      .split('\0')
      .flatMap((entry) => {
        const [, mode, id, size, name] = /^(\d+) \w+ (\w+) +(\d+|-)\t(.*)$/s.exec(entry) ?? [];
        return id === undefined ? [] : [{ id, path: name, type: typeOf(mode), size: Number(size) || 0 }];
      });
  }

  /** Reads files in batches of about 64 MiB. */
  async *read(blobs: readonly Blob[]): AsyncGenerator<{ readonly path: string; readonly content: Buffer }> {
    let batch: Blob[] = [];
    let bytes = 0;
    for (const blob of blobs) {
      if (bytes + blob.size > BATCH_BYTES && batch.length > 0) {
        yield* this.readBatch(batch);
        [batch, bytes] = [[], 0];
      }
      batch.push(blob);
      bytes += blob.size;
    }
    yield* this.readBatch(batch);
  }

  private async *readBatch(blobs: readonly Blob[]) {
    if (blobs.length === 0) {
      return;
    }
    const answer = await this.ask(['cat-file', '--batch'], [0], blobs.map(({ id }) => `${id}\n`).join(''));
    let offset = 0;
    for (const { path } of blobs) {
      const end = answer.indexOf('\n', offset);
      const head = answer.toString('utf8', offset, end);
      const [, size] = /^\w+ blob (\d+)$/.exec(head) ?? [];
      if (size === undefined) {
        throw new GitError(`the content of ${path} is not in this clone; run git fetch --refetch`);
      }
      const start = end + 1;
      yield { path, content: answer.subarray(start, start + Number(size)) };
      offset = start + Number(size) + 1;
    }
  }

  private async ask(args: readonly string[], statuses: readonly number[] = [0], input = ''): Promise<Buffer> {
    const { stdout, stderr, status } = await this.run(args, input);
    if (status === 0) {
      return stdout;
    }
    if (statuses.includes(status) && !isUnusable(stderr)) {
      return Buffer.alloc(0);
    }
    throw new GitError(explain(undefined, stderr));
  }

  private async run(args: readonly string[], input: string): Promise<Ended> {
    try {
      return await run('git', args, {
        input,
        timeoutMs: TIMEOUT_MS,
        // A batch is not much larger than its limit, and lists of files are smaller.
        maxBytes: 4 * BATCH_BYTES,
        env: {
          ...process.env,
          LC_ALL: 'C',
          GIT_OPTIONAL_LOCKS: '0',
          GIT_NO_LAZY_FETCH: '1',
          GIT_PAGER: 'cat',
        },
      });
    } catch (error) {
      if (!(error instanceof ChildError)) {
        throw error;
      }
      throw new GitError(explain(error.code, ''));
    }
  }
}

function typeOf(mode: string): Blob['type'] {
  if (mode === '120000') {
    return 'link';
  }
  return mode === '160000' ? 'submodule' : 'file';
}

/** Whether git says that there is no repository that it works with. */
function isUnusable(said: string): boolean {
  return /not a git repository|dubious ownership/i.test(said);
}

function explain(code: string | undefined, said: string): string {
  if (code === 'ENOENT') {
    return 'there is no git on PATH; install it, or name a file or folder';
  }
  if (code === 'ETIMEDOUT') {
    return `git did not answer in ${TIMEOUT_MS / 1000} s`;
  }
  if (code === 'ENOBUFS') {
    return 'it has too many files; name a smaller folder';
  }
  if (said === '') {
    return `git cannot be run (${code ?? 'unknown reason'})`;
  }
  if (/dubious ownership/i.test(said)) {
    const [, folder] = /repository at '(.*)'/.exec(said) ?? [];
    return `the repository belongs to another user; run git config --global --add safe.directory ${folder ?? resolve('.')}`;
  }
  if (/not a git repository/i.test(said)) {
    return 'the current folder is in no git repository; run it in a clone';
  }
  const [line] = said.split('\n');
  return `git failed: ${line.replace(/^(?:fatal|error): /, '')}`;
}
