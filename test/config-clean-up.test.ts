import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const GUIDE = join(__dirname, '..', 'docs', 'guide', 'config.md');
/** The command of the guide that deletes old ConfigMaps. */
const COMMAND = /^```sh\n(name=web\n[\s\S]*?)^```$/m.exec(readFileSync(GUIDE, 'utf8'))![1];

const USED = 'web-env-0123456789';
const OLD = ['web-env-aaaaaaaaaa', 'web-files-bbbbbbbbbb'];
/** Of others: a name that only begins or ends like ours, and another service. */
const FOREIGN = ['web-env-settings', 'my-web-env-cccccccccc', 'web-env-cccccccccc-2', 'shop-env-cccccccccc'];

describe('the command that deletes old ConfigMaps', () => {
  let folder: string;

  /** A kubectl that answers from files and notes what it is told to delete. */
  const KUBECTL = `#!/bin/sh
cd "$(dirname "$0")"
case "$*" in
  'get configmaps --output=name') cat configmaps ;;
  'get deployments,replicasets,pods --output=yaml') cat used ;;
  'delete '*) echo "$2" >> deleted ;;
  *) exit 1 ;;
esac
`;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'config-clean-up-'));
    writeFileSync(join(folder, 'kubectl'), KUBECTL);
    chmodSync(join(folder, 'kubectl'), 0o755);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs the command with these answers of kubectl; one that is missing is an error of kubectl. */
  function deleted(answers: { configmaps?: string[]; used?: string }): string[] {
    const { configmaps, used } = answers;
    const files = { configmaps: configmaps?.map((name) => `configmap/${name}\n`).join(''), used };
    for (const [file, content] of Object.entries(files).filter(([, answer]) => answer !== undefined)) {
      writeFileSync(join(folder, file), content!);
    }
    try {
      execFileSync('sh', ['-c', COMMAND], { env: { PATH: `${folder}:${process.env.PATH}` }, stdio: 'pipe' });
    } catch {
      // It ends with kubectl's error.
    }
    const note = join(folder, 'deleted');
    return existsSync(note) ? readFileSync(note, 'utf8').trim().split('\n') : [];
  }

  const used = `envFrom:\n  - configMapRef:\n      name: ${USED}\n`;

  test('deletes those of the service that nothing refers to, and no others', () => {
    expect(deleted({ configmaps: [USED, ...OLD, ...FOREIGN], used })).toEqual(
      OLD.map((name) => `configmap/${name}`),
    );
  });

  test('deletes nothing when all are in use', () => {
    expect(deleted({ configmaps: [USED], used })).toEqual([]);
  });

  test('deletes nothing when it cannot learn what is in use', () => {
    expect(deleted({ configmaps: [USED, ...OLD] })).toEqual([]);
  });

  test('deletes nothing when it cannot learn what there is', () => {
    expect(deleted({ used })).toEqual([]);
  });
});
