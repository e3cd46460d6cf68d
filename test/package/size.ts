import { statSync } from 'node:fs';
import { basename } from 'node:path';

/** Refuses a tarball that is larger than its budget, which is what users download. */
export function checkSize(tarball: string, mostKilobytes: number): void {
  const kilobytes = Math.ceil(statSync(tarball).size / 1000);
  if (kilobytes > mostKilobytes) {
    throw new Error(
      `${basename(tarball)} has ${kilobytes} kB, and ${mostKilobytes} kB are allowed. ` +
        `Look for what users do not need with tar -tvzf ${tarball} | sort -n -k 3, and leave it out under "files" in package.json; ` +
        'if all of it is needed, raise the budget in test/package/smoke.ts and say in CHANGELOG.md what it is for.',
    );
  }
}
