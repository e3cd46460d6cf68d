import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The public API of the newest release, as jsii describes it, without its texts. */
const BASELINE = 'api/baseline.jsii';
/** Breaking changes that the next release makes on purpose: a key of jsii-diff on each line. */
const ACCEPTED = 'api/accepted-changes';

function writeBaseline(): void {
  const assembly = JSON.parse(readFileSync('.jsii', 'utf8'));
  const withoutTexts = (key: string, value: unknown) => {
    if (key === 'docs') {
      const { stability, deprecated } = value as { stability?: string; deprecated?: string };
      return { stability, deprecated };
    }
    return ['readme', 'metadata', 'locationInModule', 'symbolId', 'fingerprint'].includes(key)
      ? undefined
      : value;
  };
  writeFileSync(BASELINE, `${JSON.stringify(assembly, withoutTexts, 1)}\n`);
  writeFileSync(ACCEPTED, '');
}

function compareWithBaseline(): void {
  const status = differences();
  if (status === 0) {
    console.log(`The public API keeps everything that ${BASELINE} has.`);
    return;
  }
  console.error(
    [
      'This breaks programs that were written for the newest release (docs/guide/stability.md).',
      'Keep the old name beside the new one, with @deprecated.',
      `If the next release may break it: write what stands in [] to ${ACCEPTED}, and the change to CHANGELOG.md.`,
    ].join('\n'),
  );
  process.exitCode = status ?? 1;
}

/** The exit status of jsii-diff. */
function differences(): number | null {
  // From the folder of a package, jsii-diff finds the assemblies that ours depends on.
  mkdirSync('dist', { recursive: true });
  const released = mkdtempSync(join('dist', 'api-baseline-'));
  try {
    copyFileSync(BASELINE, join(released, '.jsii'));
    copyFileSync('package.json', join(released, 'package.json'));
    const options = ['--error-on', 'all', '--keys', '--ignore-file', ACCEPTED];
    const program = 'node_modules/jsii-diff/bin/jsii-diff';
    return spawnSync(process.execPath, [program, ...options, released, '.'], { stdio: 'inherit' }).status;
  } finally {
    // jsii-docgen would take it for the package, and there are no texts in it.
    rmSync(released, { recursive: true });
  }
}

if (process.argv.includes('--update')) {
  writeBaseline();
} else {
  compareWithBaseline();
}
