import { execFileSync } from 'node:child_process';

/** What is generated into files that are committed. */
const GENERATORS = [
  { script: 'imports', files: ['imports/k8s.ts', 'imports/go.mod', 'imports/go.sum'] },
  { script: 'docs:api', files: ['API.md'] },
];

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
}

/** Whether the files are known to git and are as they were staged or committed; prints the difference. */
function unchanged(files: string[]): boolean {
  try {
    run('git', 'ls-files', '--error-unmatch', '--', ...files);
    run('git', '--no-pager', 'diff', '--exit-code', '--', ...files);
    return true;
  } catch {
    return false;
  }
}

for (const { script, files } of GENERATORS) {
  run('npm', 'run', '--silent', script);
  if (!unchanged(files)) {
    console.error(`${files.join(', ')}: not what \`npm run ${script}\` generates. It is now: commit it.`);
    process.exitCode = 1;
  }
}
