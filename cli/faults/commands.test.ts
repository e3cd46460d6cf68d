import { describe, expect, it } from 'vitest';
import { Lab } from './lab';
import { isSupported } from './platform';
import { until } from './polling';
import { change } from './probe-options';

/** How a COMMAND behaves, with what becomes of the probe. */
interface Case {
  readonly command: readonly string[];
  readonly status: number;
  /** On standard output or standard error. */
  readonly says: string;
}

const script = (text: string) => ['sh', '-c', text];
const none = 'None of ';

const cases: Readonly<Record<string, Case>> = {
  'ends at once': { command: ['true'], status: 0, says: none },
  fails: { command: script('exit 7'), status: 1, says: 'the command failed: exit status 7' },
  'ends by a signal': {
    command: script('kill -9 $$'),
    status: 1,
    says: 'the command failed: ended by SIGKILL',
  },
  'closes its pipes': {
    command: script('exec <&- >&- 2>&-; sleep 0.5; exit 7'),
    status: 1,
    says: 'the command failed: exit status 7',
  },
  'prints what is no text': { command: ['head', '-c', '10000000', '/dev/urandom'], status: 0, says: none },
  'prints NUL': { command: ['printf', 'before\\0after\\n'], status: 0, says: 'before\0after\n' },
  'prints escape sequences': { command: ['printf', '\\033[2J\\033]0;owned\\007\\n'], status: 0, says: none },
  'is a file with an interpreter that is not there': {
    command: ['./no-interpreter'],
    status: 1,
    says: 'ENOENT',
  },
};

/** COMMANDs that cannot be started, which is known before anything is sent. */
const impossible: Readonly<Record<string, readonly string[]>> = {
  'is empty': [''],
  'is empty, with arguments': ['', 'apply'],
  'is not there': ['./not-there'],
  'is in no folder of PATH': ['no-such-program-anywhere'],
  'is not executable': ['./not-executable'],
  'is a folder': ['./folder'],
};

const megabytes700 = 'head -c 700000000 /dev/zero | tr "\\0" a';

const large: Readonly<Record<string, readonly string[]>> = {
  'in one line, on standard error': script(`{ ${megabytes700}; } >&2`),
  'in many lines, as kubectl': ['kubectl', 'apply'],
};

describe.runIf(isSupported).concurrent('a COMMAND that', () => {
  it.each(Object.entries(cases))('%s', (_name, { command, status, says }) =>
    Lab.use(async (lab) => {
      const server = await lab.serve();
      await lab.shell('echo "#!/no/interpreter" > no-interpreter; chmod +x no-interpreter').ended;
      const ended = await lab.start('probe', server.url, ...change(), '--', ...command).ended;
      expect(ended.status).toBe(status);
      expect(ended.stdout + ended.stderr).toContain(says);
      expect(lab.result().failed).toBe(0);
    }),
  );

  it.each(Object.entries(impossible))('%s is refused before anything is sent', (_name, command) =>
    Lab.use(async (lab) => {
      const server = await lab.serve();
      await lab.shell('touch not-executable; mkdir folder').ended;
      const ended = await lab.start('probe', server.url, ...change(), '--', ...command).ended;
      expect(ended).toMatchObject({ status: 1, stdout: '' });
      expect(ended.stderr).toMatch(/^zero-downtime: .*\n$/);
      expect(server.requests).toEqual([]);
      expect(lab.files()).toEqual(['folder', 'not-executable']);
    }),
  );

  it('leaves something behind is waited for, and what it left behind goes on', () =>
    Lab.use(async (lab) => {
      const server = await lab.serve();
      const stays = 'until [ -e go ]; do sleep 0.05; done; echo here; echo still here; echo done > stayed';
      const run = lab.start(
        'probe',
        server.url,
        ...change(),
        '--',
        ...script(`{ ${stays}; } & echo started`),
      );
      const ended = await run.ended;
      expect(ended).toMatchObject({ status: 0, stdout: expect.stringContaining(none) });
      lab.write('go', '');
      await until('what was left behind', () => lab.has('stayed'));
      expect(lab.read('stayed')).toBe('done\n');
    }));

  it('leaves something behind in a session of its own does not hold up the probe', () =>
    Lab.use(async (lab) => {
      const server = await lab.serve();
      const stays = 'until [ -e go ]; do sleep 0.05; done; echo done > stayed';
      const run = lab.start('probe', server.url, ...change(), '--', 'setsid', '--fork', ...script(stays));
      expect(await run.ended).toMatchObject({ status: 0, stdout: expect.stringContaining(none) });
      lab.write('go', '');
      await until('what was left behind', () => lab.has('stayed'));
    }));

  it('reads standard input gets it', () =>
    Lab.use(async (lab) => {
      const server = await lab.serve();
      const run = lab.start('probe', server.url, ...change(), '--', 'tr', 'a-z', 'A-Z');
      run.stdin.end('from outside\n');
      expect(await run.ended).toMatchObject({ status: 0, stderr: expect.stringContaining('FROM OUTSIDE\n') });
    }));

  it('takes longer than the probe is waited for', () =>
    Lab.use(async (lab) => {
      const server = await lab.serve();
      const works = 'until [ -e go ]; do sleep 0.05; done; echo done > finished';
      const run = lab.start('probe', server.url, ...change({ duration: '5s' }), '--', ...script(works));
      await run.says('keeps running, and the probe waits for it');
      lab.write('go', '');
      const ended = await run.ended;
      expect(lab.read('finished')).toBe('done\n');
      expect(ended).toMatchObject({
        status: 1,
        stdout: expect.stringContaining('ended before the change was over'),
      });
      expect(lab.result().verdict).toBe('not-measured');
    }));
});

// One after the other: each keeps both cores busy.
describe.runIf(isSupported).sequential('a COMMAND that prints 700 MB', () => {
  it.each(Object.entries(large))('%s is measured to its end', (_name, command) =>
    Lab.use(async (lab) => {
      lab.install('kubectl', 'yes "service/web unchanged" | head -c 700000000');
      const server = await lab.serve();
      const ended = await lab.start('probe', server.url, ...change(), '--', ...command).ended;
      expect(ended).toMatchObject({ status: 0, stdout: expect.stringContaining(none) });
      expect(ended.bytes).toBeGreaterThan(700_000_000);
      expect(lab.result().failed).toBe(0);
    }),
  );
});
