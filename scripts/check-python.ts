import { spawnSync } from 'node:child_process';

/** The name that jsii-pacmak calls. */
const PYTHON = process.platform === 'win32' ? 'python' : 'python3';

// `venv` alone is not enough: Debian keeps `ensurepip`, which puts pip into the new environment, in a package of its own.
const { error, status, stderr } = spawnSync(
  PYTHON,
  ['-c', 'import sys, venv, ensurepip; assert sys.version_info >= (3, 10), sys.version'],
  { encoding: 'utf8' },
);
if (status !== 0) {
  console.error(
    [
      `The Python wheel needs ${PYTHON}, at least version 3.10, with the modules venv and ensurepip.`,
      'On Debian and Ubuntu: apt-get install python3 python3-venv',
      `What is wrong: ${error?.message ?? stderr.trim().split('\n').at(-1)}`,
    ].join('\n'),
  );
  process.exitCode = 1;
}
