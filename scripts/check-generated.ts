import { spawnSync } from 'node:child_process';

/** What is generated into files that are committed. */
const GENERATORS = [
  {
    script: 'imports',
    files: [
      'imports/k8s.ts',
      'imports/gateway-api.ts',
      'imports/prometheus-operator.ts',
      'imports/go.mod',
      'imports/go.sum',
    ],
  },
  { script: 'clouds', files: ['cli/src/check/model/services/clouds.ts'] },
  { script: 'injectors', files: ['cli/src/check/model/workloads/injectors.ts'] },
  { script: 'kubernetes-api', files: ['cli/src/check/kubernetes/api.json'] },
  { script: 'docs:api', files: ['API.md'] },
];

function succeeds(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}

/** Whether git knows the files and they are as they were staged or committed; prints the difference. */
function unchanged(files: string[]): boolean {
  return (
    files.every((file) => succeeds('git', 'cat-file', '-e', `:${file}`)) &&
    succeeds('git', '--no-pager', 'diff', '--exit-code', '--', ...files)
  );
}

for (const { script, files } of GENERATORS) {
  const names = files.join(', ');
  if (!succeeds('npm', 'run', '--silent', script)) {
    console.error(`${names}: not checked, \`npm run ${script}\` failed`);
    process.exitCode = 1;
  } else if (!unchanged(files)) {
    console.error(`${names}: not what \`npm run ${script}\` generates. It is generated now: commit it.`);
    process.exitCode = 1;
  } else {
    console.log(`${names}: up to date`);
  }
}
