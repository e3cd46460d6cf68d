import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Lab } from './lab';
import { nodes } from './nodes';
import { isSupported } from './platform';
import { until } from './polling';
import { alone, change } from './probe-options';
import type { Run } from './run';

const manifest = readFileSync(
  fileURLToPath(new URL('../src/check/rules/state/recreate.fail.yaml', import.meta.url)),
  'utf8',
);
const half = manifest.length / 2;
const found = 'the strategy is Recreate';

/** Ways in which something that ends comes on a pipe: all of them are the same manifest. */
const producers: Readonly<Record<string, (run: Run) => Promise<unknown>>> = {
  'at once': async ({ stdin }) => stdin.end(manifest),
  'later than the command waits for it': async (run) => {
    await run.sleeps();
    run.stdin.end(manifest);
  },
  'with a pause in the middle': async (run) => {
    run.stdin.write(manifest.slice(0, half));
    await run.sleeps();
    run.stdin.end(manifest.slice(half));
  },
  'byte by byte': async (run) => {
    await run.sleeps();
    for (const byte of Buffer.from(manifest)) {
      run.stdin.write(Buffer.from([byte]));
      await nextTurn();
    }
    run.stdin.end();
  },
};

/** Ways to have standard input read. */
const readers: Readonly<Record<string, string>> = {
  'a pipe': 'cat | zero-downtime check -',
  'a socket': 'exec zero-downtime check -',
  'a pipe, named as a file': 'cat | zero-downtime check /dev/stdin',
  'a FIFO': 'mkfifo fifo; cat <&0 > fifo & zero-downtime check fifo',
  'a pipe, as the old manifests': `cat | zero-downtime check same.yaml --against -`,
};

// How pipes are read and written belongs to Node.js, and differs.
describe.runIf(isSupported).concurrent.each(nodes)('on %s, check reads', (node) => {
  const ways = Object.entries(readers).flatMap(([reader, script]) =>
    Object.entries(producers).map(([producer, produce]) => [reader, producer, script, produce] as const),
  );
  it.each(ways)('%s that is written %s', (_reader, _producer, script, produce) =>
    Lab.use(async (lab) => {
      lab.write('same.yaml', manifest);
      const run = lab.shell(script);
      await produce(run);
      expect(await run.ended).toMatchObject({
        status: 2,
        stdout: expect.stringContaining(found),
        stderr: '',
      });
    }, node),
  );
});

/** Standard input in which there is nothing to check, and what is said of it. */
const bad: Readonly<Record<string, [script: string, says: string]>> = {
  closed: ['zero-downtime check - <&-', 'stdin not checked: there is no object in it'],
  empty: ['zero-downtime check - < /dev/null', 'stdin not checked: there is no object in it'],
  'a folder': ['zero-downtime check - < .', 'stdin not checked: '],
  'open for writing only': ['zero-downtime check - 0> written', 'stdin not checked: '],
  'of a producer that dies in the middle': [
    `(head -c 100 manifest.yaml; kill -9 $BASHPID) | zero-downtime check -`,
    'stdin',
  ],
  'without end': ['yes "a: b" | zero-downtime check -', 'stdin not checked: '],
  'without end and without a line': ['zero-downtime check - < /dev/zero', 'stdin not checked: '],
};

describe.runIf(isSupported).concurrent.each(nodes)('on %s, check refuses standard input that is', (node) => {
  it.each(Object.entries(bad))('%s', (_name, [script, says]) =>
    Lab.use(async (lab) => {
      lab.write('manifest.yaml', `kind: [${'a'.repeat(200)}]`);
      expect(await lab.shell(script).ended).toMatchObject({
        status: 1,
        stderr: expect.stringContaining(says),
      });
    }, node),
  );
});

/** More than any pipe keeps. */
const many = Array.from({ length: 300 }, (_, i) => manifest.replaceAll('web', `web-${i}`)).join('---\n');

describe.runIf(isSupported).concurrent.each(nodes)('on %s, check writes to', (node) => {
  const check = 'zero-downtime check many.yaml --json -';

  it.each([
    ['a reader that leaves', `${check} | head -c 1`],
    ['a reader that is not there', `${check} | true`],
    ['closed standard output', `${check} >&-`],
    ['closed standard error', `${check} 2>&-`],
    ['a reader of both that leaves', `${check} 2>&1 | head -c 1`],
  ])('%s without harm', (_name, script) =>
    Lab.use(async (lab) => {
      lab.write('many.yaml', many);
      const ended = await lab.shell(`${script}; exit \${PIPESTATUS[0]}`).ended;
      expect(ended).toMatchObject({ status: 2, stderr: '' });
    }, node),
  );

  it('a reader that waits everything', () =>
    Lab.use(async (lab) => {
      lab.write('many.yaml', many);
      await lab.shell('mkfifo go').ended;
      const run = lab.shell(`${check} | { read -r < go; cat; }`);
      await run.sleeps();
      await lab.shell('echo > go').ended;
      const { stdout } = await run.ended;
      expect(stdout.length).toBeGreaterThan(70_000);
      expect(JSON.parse(stdout)).toHaveProperty('findings.length', 300);
    }, node));
});

describe.runIf(isSupported).concurrent.each(nodes)('on %s, probe', (node) => {
  const follow = `--follow-stdin ${alone({ duration: '30s' }).join(' ')}`;

  it('marks lines that come late and in pieces, and ends with them', () =>
    Lab.use(async (lab) => {
      const { url } = await lab.serve();
      const run = lab.shell(`cat | zero-downtime probe ${url} ${follow}`);
      await run.says('probing');
      for (const letter of 'rollout starts\nrollout ends') {
        run.stdin.write(letter);
        await nextTurn();
      }
      run.stdin.end();
      expect(await run.ended).toMatchObject({ status: 0 });
      expect(lab.result().marks.map(({ label }) => label)).toEqual(['rollout starts', 'rollout ends']);
    }, node));

  it.each([
    ['is closed', '', '<&-'],
    ['is empty', '', '< /dev/null'],
    ['is a folder', '', '< .'],
    ['is of a producer that dies', '(echo a; kill -9 $BASHPID) |', ''],
  ])('that follows standard input ends at once when it %s', (_name, before, after) =>
    Lab.use(async (lab) => {
      const { url } = await lab.serve();
      const run = lab.shell(`${before} zero-downtime probe ${url} ${follow} ${after}`);
      expect((await run.ended).status).toBeLessThan(2);
      expect(lab.result().durationMs).toBeLessThan(30_000);
    }, node),
  );

  it.each([
    ['one line', '/dev/zero'],
    ['lines', '<(yes)'],
  ])('that follows standard input keeps little of %s without end', (_name, input) =>
    Lab.use(async (lab) => {
      const { url } = await lab.serve();
      const run = lab.shell(
        `zero-downtime probe ${url} --follow-stdin ${alone({ duration: '1s' }).join(' ')} < ${input}`,
      );
      expect((await run.ended).stderr).toContain('probing');
    }, node),
  );

  it.each([
    ['output is closed', '>&-'],
    ['output is not read', '> >(true)'],
    ['error is closed', '2>&-'],
    ['error is not read', '2> >(true)'],
    ['error is no longer read', '2> >(head -c 1)'],
    ['error is a full disk', '2> /dev/full'],
    ['output and error are a full disk', '> /dev/full 2> /dev/full'],
  ])('lets COMMAND work to its end when standard %s', (name, redirection) =>
    Lab.use(async (lab) => {
      const { url } = await lab.serve();
      const works = 'for i in 1 2 3 4 5; do head -c 50000 /dev/zero || exit 1; done; echo done > finished';
      lab.write('work.sh', works);
      const run = lab.shell(`zero-downtime probe ${url} ${change().join(' ')} -- sh work.sh ${redirection}`);
      const { status } = await run.ended;
      expect(lab.read('finished')).toBe('done\n');
      expect(lab.result()).toMatchObject({ failed: 0, change: { exitCode: 0 } });
      expect(status).toBe(name.startsWith('output and') ? 1 : 0);
    }, node),
  );

  it('holds COMMAND back, and nothing else, when standard error is not read for a time', () =>
    Lab.use(async (lab) => {
      const server = await lab.serve();
      lab.write('work.sh', 'echo begins > begun; head -c 200000000 /dev/zero; echo done > finished');
      const probe = `zero-downtime probe ${server.url} ${change().join(' ')} -- sh work.sh`;
      const run = lab.shell(`mkfifo go; ${probe} 2> >(read -r < go; exec cat > /dev/null)`);
      await until('COMMAND to start', () => lab.has('begun'));
      const before = server.requests.length;
      await until('more requests', () => server.requests.length > before + 20);
      expect(lab.has('finished')).toBe(false);
      await lab.shell('echo > go').ended;
      expect(await run.ended).toMatchObject({ status: 0 });
      expect(lab.read('finished')).toBe('done\n');
    }, node));
});
