import { chmodSync, linkSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Lab } from './lab';
import { isSupported } from './platform';
import { alone, change } from './probe-options';

const manifest = readFileSync(
  fileURLToPath(new URL('../src/check/rules/state/recreate.fail.yaml', import.meta.url)),
  'utf8',
);

/** Every option that names a file to write, with a command that ends with a status when it can. */
const outputs: Readonly<Record<string, [option: string, command: string, status: number]>> = {
  'probe --json': ['--json', 'probe', 0],
  'probe --svg': ['--svg', 'probe', 0],
  'check --json': ['--json', 'check manifest.yaml', 2],
  'check --sarif': ['--sarif', 'check manifest.yaml', 2],
  'check --junit': ['--junit', 'check manifest.yaml', 2],
  'check --plan-svg': ['--plan-svg', 'check manifest.yaml', 2],
  'rules --json': ['--json', 'rules', 0],
};

const each = Object.entries(outputs).map(([name, rest]) => [name, ...rest] as const);

/** The command with everything that it needs but the output. */
async function prepare(lab: Lab, command: string): Promise<string> {
  lab.write('manifest.yaml', manifest);
  if (command !== 'probe') {
    return `zero-downtime ${command}`;
  }
  const { url } = await lab.serve();
  return `zero-downtime probe ${url} ${alone()
    .filter((option) => !option.startsWith('--json'))
    .join(' ')}`;
}

/** Starts a script with a file system of its own in the folder `disk`, which goes with the script. What is left on it is in `left`. */
function onDisk(lab: Lab, options: string, script: string) {
  mkdirSync(join(lab.folder, 'disk'));
  const user = process.getuid!() === 0 ? '' : '--map-root-user';
  const inside = `mount -t tmpfs -o ${options} tmpfs disk && { ${script}; }; status=$?; ls -A disk > left; exit $status`;
  return lab.shell(`exec unshare --mount ${user} bash -c "$1"`, inside);
}

describe.runIf(isSupported).concurrent('on a full disk', () => {
  const fill = 'head -c 1000000 /dev/zero > disk/full 2> /dev/null';

  it.each(each)('%s keeps the old file, and says why', (_name, option, command) =>
    Lab.use(async (lab) => {
      const line = await prepare(lab, command);
      const run = onDisk(
        lab,
        'size=16k',
        `echo old > disk/out; ${fill}; ${line} ${option} disk/out; s=$?; cp disk/out kept; (exit $s)`,
      );
      const ended = await run.ended;
      expect(ended).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('"disk/out" cannot be written (ENOSPC)\n'),
      });
      expect(lab.read('kept')).toBe('old\n');
      expect(lab.read('left')).toBe('full\nout\n');
    }),
  );

  it.each(each)('%s to /dev/full says why', (_name, option, command) =>
    Lab.use(async (lab) => {
      const line = await prepare(lab, command);
      const ended = await lab.shell(`${line} ${option} /dev/full`).ended;
      expect(ended).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('"/dev/full" cannot be written (ENOSPC)\n'),
      });
    }),
  );

  it.each([
    ['probe', 'probe'],
    ['check', 'check manifest.yaml'],
    ['rules', 'rules'],
    ['--help', '--help'],
  ])('standard output of %s says why', (_name, command) =>
    Lab.use(async (lab) => {
      const line = await prepare(lab, command);
      expect(await lab.shell(`${line} > /dev/full`).ended).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('standard output cannot be written (ENOSPC)\n'),
      });
    }),
  );

  it.each(each)('standard error does not change the status of %s', (_name, option, command, status) =>
    Lab.use(async (lab) => {
      const line = await prepare(lab, command);
      expect(await lab.shell(`${line} ${option} out 2> /dev/full`).ended).toMatchObject({ status });
      expect(lab.has('out')).toBe(true);
    }),
  );

  it('COMMAND works to its end, and the results are told', () =>
    Lab.use(async (lab) => {
      const { url } = await lab.serve();
      const probe = `zero-downtime probe ${url} ${change({ json: 'disk/out' }).join(' ')}`;
      const run = onDisk(lab, 'size=16k', `${probe} -- sh -c '${fill}; echo done > finished'`);
      expect(await run.ended).toMatchObject({
        status: 1,
        stdout: expect.stringContaining('None of '),
        stderr: expect.stringContaining('"disk/out" cannot be written (ENOSPC)\n'),
      });
      expect(lab.read('finished')).toBe('done\n');
      expect(lab.read('left')).toBe('full\n');
    }));
});

describe.runIf(isSupported).concurrent('in a folder that is read-only', () => {
  it.each(each)('%s is refused before anything is read or sent', (_name, option, command) =>
    Lab.use(async (lab) => {
      const line = await prepare(lab, command);
      const ended = await onDisk(lab, 'ro', `${line} ${option} disk/out`).ended;
      expect(ended).toMatchObject({ status: 1, stdout: '' });
      expect(ended.stderr).toMatch(new RegExp(`^zero-downtime: ${option}: got "disk/out"; .*\n$`));
    }),
  );

  it.each([
    ['becomes read-only', 'mount -o remount,ro disk', 'EROFS'],
    ['goes', 'umount disk; rmdir disk', 'ENOENT'],
  ])('that %s while COMMAND works, the results are told all the same', (_name, harm, code) =>
    Lab.use(async (lab) => {
      const { url } = await lab.serve();
      const probe = `zero-downtime probe ${url} ${change({ json: 'disk/out' }).join(' ')}`;
      const ended = await onDisk(lab, 'size=1m', `${probe} -- sh -c '${harm}'`).ended;
      expect(ended).toMatchObject({ status: 1, stdout: expect.stringContaining('None of ') });
      expect(ended.stderr).toContain(`"disk/out" cannot be written (${code})\n`);
    }),
  );
});

describe.runIf(isSupported).concurrent('a file that is there', () => {
  it.each(each)('keeps its mode when %s replaces it', (_name, option, command, status) =>
    Lab.use(async (lab) => {
      const line = await prepare(lab, command);
      lab.write('out', 'old');
      chmodSync(join(lab.folder, 'out'), 0o640);
      expect(await lab.shell(`umask 0; ${line} ${option} out`).ended).toMatchObject({ status });
      expect(lab.read('out')).not.toBe('old');
      expect((statSync(join(lab.folder, 'out')).mode & 0o777).toString(8)).toBe('640');
    }),
  );

  it.each(each)(
    'is not written through a link that waits for the temporary file of %s',
    (_name, option, command, status) =>
      Lab.use(async (lab) => {
        const line = await prepare(lab, command);
        lab.write('victim', 'precious');
        const run = lab.shell(
          `ln -s victim out.$$.tmp; ln -s victim .out.$$.tmp; exec ${line} ${option} out`,
        );
        expect(await run.ended).toMatchObject({ status });
        expect(lab.read('victim')).toBe('precious');
        await lab.shell('rm -f *.tmp .*.tmp').ended;
      }),
  );

  /** Where an output leads to what is read. */
  const ways: Readonly<Record<string, [path: string, make: (folder: string) => void]>> = {
    'its name': ['input/web.yaml', () => undefined],
    'a link': ['out', (folder) => symlinkSync('input/web.yaml', join(folder, 'out'))],
    'a hard link': ['out', (folder) => linkSync(join(folder, 'input/web.yaml'), join(folder, 'out'))],
    'a link to its folder': ['link/web.yaml', (folder) => symlinkSync('input', join(folder, 'link'))],
  };
  const inputs = ['input', 'input/web.yaml', '--against=input input/other.yaml', '- < input/web.yaml'];
  const all = Object.entries(ways).flatMap(([way, [path, make]]) =>
    inputs.map((input) => [input, '--json', way, path, make] as const),
  );
  const [path, make] = ways['its name'];
  const others = ['--sarif', '--junit', '--plan-svg'].map(
    (option) => ['input', option, 'its name', path, make] as const,
  );
  it.each([...all, ...others])('and is read by check %s is not overwritten by %s, with %s', (...row) =>
    Lab.use(async (lab) => {
      const [input, option, , path, make] = row;
      mkdirSync(join(lab.folder, 'input'));
      lab.write('input/web.yaml', manifest);
      lab.write('input/other.yaml', manifest.replaceAll('web', 'other'));
      make(lab.folder);
      const ended = await lab.shell(`zero-downtime check ${option} ${path} ${input}`).ended;
      expect(lab.read('input/web.yaml')).toBe(manifest);
      expect(ended).toMatchObject({ status: 1, stderr: expect.stringMatching(/^zero-downtime: .*\n$/) });
    }),
  );
});
