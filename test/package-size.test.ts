import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkSize } from './package/size';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'size-'))));
afterAll(() => rmSync(folder, { recursive: true }));

test('a package that is larger than its budget is refused, with what to do', () => {
  const tarball = join(folder, 'a.tgz');
  writeFileSync(tarball, Buffer.alloc(10_000));
  checkSize(tarball, 10);
  writeFileSync(tarball, Buffer.alloc(10_001));
  expect(() => checkSize(tarball, 10)).toThrow(
    `a.tgz has 11 kB, and 10 kB are allowed. Look for what users do not need with tar -tvzf ${tarball} | sort -n -k 3, ` +
      'and leave it out under "files" in package.json; ' +
      'if all of it is needed, raise the budget in test/package/smoke.ts and say in CHANGELOG.md what it is for.',
  );
});
