import { execFileSync } from 'node:child_process';

/** Where the files of a Go module are, and its version. */
export interface GoModuleFiles {
  version: string;
  folder: string;
}

/**
 * Downloads a module that the go.mod in `folder` requires, unless Go has it already. Go fails if its content differs
 * from go.sum.
 */
export function downloadGoModule(folder: string, module: string): GoModuleFiles {
  try {
    const answer = JSON.parse(
      execFileSync('go', ['mod', 'download', '-json', module], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      }),
    );
    return { version: answer.Version, folder: answer.Dir };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: string; stdout?: string; stderr?: string };
    if (code === 'ENOENT') {
      throw new Error('`go` was not found. Install Go and put it on the PATH.', { cause: error });
    }
    throw new Error(`\`go mod download ${module}\` failed in ${folder}:\n${stderr || stdout || error}`, {
      cause: error,
    });
  }
}
