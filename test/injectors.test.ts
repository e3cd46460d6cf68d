import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test("the command's copy of what injects proxies is what npm run injectors writes", () => {
  const read = (file: string) => readFileSync(join(__dirname, '..', file), 'utf8');
  const [, copy] = read('cli/src/check/model/workloads/injectors.ts').split(/; do not edit\.\n\n/);
  expect(copy).toBe(read('src/private/checks/injectors.ts'));
});
