import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { REPOSITORY } from '../cluster/paths';

const SERVERS = 'e2e/without-cluster/shutdown/servers';

/** Sections of the guide that link to a file of a measured server, and the code that they show of it. */
const shown = readFileSync(join(REPOSITORY, 'docs/guide/shutdown.md'), 'utf8')
  .split(/^## /m)
  .map((section) => ({
    file: /\]\(\.\.\/\.\.\/(e2e\/without-cluster\/shutdown\/[^)]+)\)/.exec(section)?.[1] ?? '',
    code: /^```(?:js|go|java|python|nginx)\n([\s\S]*?)^```/m.exec(section)?.[1] ?? '',
  }))
  .filter(({ file, code }) => file || code);

it('the guide shows a program for each server that needs one', () => {
  expect(shown.map(({ file }) => file)).toEqual([
    `${SERVERS}/express/server.mjs`,
    `${SERVERS}/fastify/server.mjs`,
    `${SERVERS}/go/server/main.go`,
    `${SERVERS}/spring/src/main/java/com/example/shutdown/Leaving.java`,
    `${SERVERS}/uvicorn/server.py`,
    `${SERVERS}/nginx/nginx.conf`,
  ]);
});

it.each(shown)('the guide shows what is measured of $file', ({ file, code }) => {
  expect(code).not.toBe('');
  expect(unindented(readFileSync(join(REPOSITORY, file), 'utf8'))).toContain(unindented(code));
});

function unindented(code: string): string {
  return code.replace(/^[ \t]+/gm, '').trim();
}
