import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import type { ProbeResult } from '../src/index.js';
import { freePort, startFaultyServer, type FaultyServer } from './probe/faulty-server.js';

const cli = fileURLToPath(new URL('..', import.meta.url));
/** Manifests with one finding. */
const failing = join(cli, 'src/check/rules/state/recreate.fail.yaml');
const slow = ['--rate', '20', '--connections', '1', '--max-slip', '5s', '--json', 'out.json'];
const untilEnded = ['--duration', '1m', ...slow];
const fast = ['--duration', '500ms', '--rate', '100', '--connections', '2', '--max-slip', '5s'];

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A server, a folder to work in, and the real command. */
interface Lab {
  readonly folder: string;
  readonly server: FaultyServer;
  /** What the server does from now on. */
  choose: (index: number) => string;
  /** Runs the command; `onStderr` sees what it writes meanwhile. */
  run(
    args: readonly string[],
    onStderr?: (text: string, child: ChildProcess) => void,
    env?: NodeJS.ProcessEnv,
  ): Promise<Ended>;
  /** Whether there is a file in the folder. */
  has(name: string): boolean;
  /** Waits until there is. */
  appears(name: string): Promise<unknown>;
  /** Writes a program that the command finds instead of any other of its name. */
  install(name: string, script: string): void;
  readJson(): ProbeResult;
}

/** How a process ends; `onStderr` sees what it writes meanwhile. */
function endOf(child: ChildProcess, onStderr?: (text: string, child: ChildProcess) => void): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr?.on('data', (data: Buffer) => {
    stderr += data.toString();
    onStderr?.(data.toString(), child);
  });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
}

/** Runs a script of bash in which `check` is the command. */
function runScript(folder: string, script: string): Promise<Ended> {
  const check = `check() { "${process.execPath}" "${join(cli, 'bin/zero-downtime.js')}" check "$@"; }`;
  // Not at once: the servers of other tests are in this process.
  return endOf(
    spawn('bash', ['-c', `${check}; M='${failing}'; ${script}`], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

async function withLab(work: (lab: Lab) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'probe-'));
  const programs = mkdtempSync(join(tmpdir(), 'programs-'));
  const server = await startFaultyServer((index) => lab.choose(index));
  const lab: Lab = {
    folder,
    server,
    choose: () => 'ok',
    run: (args, onStderr, ownEnv) =>
      endOf(
        spawn(process.execPath, [join(cli, 'bin/zero-downtime.js'), ...args], {
          cwd: folder,
          env: { ...process.env, ...ownEnv, PATH: `${programs}${delimiter}${process.env.PATH}` },
        }),
        onStderr,
      ),
    has: (name) => existsSync(join(folder, name)),
    appears: (name) => vi.waitUntil(() => lab.has(name), { timeout: 30_000 }),
    install: (name, script) => writeFileSync(join(programs, name), `#!/bin/sh\n${script}`, { mode: 0o755 }),
    readJson: () => JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as ProbeResult,
  };
  try {
    await work(lab);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
    rmSync(programs, { recursive: true });
  }
}

describe.concurrent('zero-downtime', () => {
  it('has help', () =>
    withLab(async (lab) => {
      expect(await lab.run(['--help'])).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('Commands:\n  probe'),
      });
      const help = await lab.run(['probe', '--help']);
      expect(help).toMatchObject({ status: 0, stderr: '' });
      expect(help.stdout).toMatch(/^Usage: zero-downtime probe URL \[OPTIONS\] \[-- COMMAND\.\.\.\]\n/);
    }));

  it('refuses what it does not know', () =>
    withLab(async (lab) => {
      expect(await lab.run(['prob'])).toEqual({
        status: 1,
        stdout: '',
        stderr: "zero-downtime: unknown command 'prob'; did you mean probe? See zero-downtime --help\n",
      });
    }));
});

describe.concurrent('zero-downtime probe', () => {
  it('exits with 0 when none failed, and writes its results whole', () =>
    withLab(async (lab) => {
      const ended = await lab.run([
        'probe',
        lab.server.url,
        ...fast,
        '--json',
        'out.json',
        '--svg',
        'out.svg',
      ]);
      expect(ended).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^None of 70 requests failed\.\n/),
      });
      expect(lab.readJson()).toMatchObject({ schemaVersion: 2, verdict: 'none-failed', sent: 70 });
      expect(lab.server.requests).toHaveLength(70);
      expect(readdirSync(lab.folder).sort()).toEqual(['out.json', 'out.svg']);
    }));

  it('exits with 2 when some failed', () =>
    withLab(async (lab) => {
      lab.choose = () => 'reset';
      const ended = await lab.run(['probe', lab.server.url, ...fast]);
      expect(ended).toMatchObject({
        status: 2,
        stdout: expect.stringMatching(/^70 of 70 requests failed\.\n/),
      });
    }));

  it('exits with 1 and writes nothing when nothing listens', () =>
    withLab(async (lab) => {
      const url = `http://127.0.0.1:${await freePort()}/`;
      const ended = await lab.run(['probe', url, ...fast, '--json', 'out.json']);
      expect(ended).toMatchObject({ status: 1, stdout: '' });
      expect(ended.stderr).toContain(`zero-downtime: nothing answers at ${url}: connect ECONNREFUSED`);
      expect(readdirSync(lab.folder)).toEqual([]);
    }));

  it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s with the results so far', (signal) =>
    withLab(async (lab) => {
      const args = ['probe', lab.server.url, ...untilEnded];
      const ended = await lab.run(args, (_text, child) => child.kill(signal));
      expect(ended.status).toBe(0);
      expect(lab.readJson()).toMatchObject({ verdict: 'none-failed', sent: lab.server.requests.length });
    }),
  );

  it('follows standard input: a mark for every line, and its end is the end', () =>
    withLab(async (lab) => {
      const args = ['probe', lab.server.url, ...untilEnded, '--follow-stdin'];
      const ended = await lab.run(args, (_text, child) => child.stdin?.end('rollout starts\nrollout ends\n'));
      expect(ended.status).toBe(0);
      expect(lab.readJson().marks.map(({ label }) => label)).toEqual(['rollout starts', 'rollout ends']);
    }));
});

describe.concurrent('zero-downtime probe with a command', () => {
  const change = ['--baseline', '500ms', '--settle', '500ms', ...slow];

  it('probes before, during and after it', () =>
    withLab(async (lab) => {
      const ended = await lab.run(['probe', lab.server.url, ...change, '--', 'echo', 'released']);
      expect(ended).toMatchObject({ status: 0, stderr: expect.stringContaining('released\n') });
      const { change: seen, marks, durationMs } = lab.readJson();
      expect(seen).toMatchObject({ program: 'echo', arguments: 1, exitCode: 0, rollouts: [] });
      expect(seen?.startedMs).toBeGreaterThanOrEqual(500);
      expect(durationMs).toBeGreaterThanOrEqual(1000);
      expect(marks.map(({ label }) => label)).toEqual(['command starts', 'command ends', 'settled']);
    }));

  it('exits with 2 when requests fail during it', () =>
    withLab(async (lab) => {
      const ended = await lab.run(['probe', lab.server.url, ...change, '--', 'echo', 'released'], (text) => {
        if (text.includes('released')) {
          lab.choose = () => 'unavailable';
        }
      });
      expect(ended.status).toBe(2);
      expect(lab.readJson().windows[0].fromMs).toBeGreaterThanOrEqual(500);
    }));

  it('does not run it when requests failed before', () =>
    withLab(async (lab) => {
      lab.choose = () => 'unavailable';
      const ended = await lab.run(['probe', lab.server.url, ...change, '--', 'touch', 'ran']);
      expect(ended).toMatchObject({
        status: 1,
        stdout: expect.stringContaining('so the command was not run'),
      });
      expect(readdirSync(lab.folder)).toEqual(['out.json']);
    }));

  it('gives no verdict when it failed, and says how', () =>
    withLab(async (lab) => {
      const ended = await lab.run(['probe', lab.server.url, ...change, '--', 'sh', '-c', 'exit 7']);
      expect(ended).toMatchObject({
        status: 1,
        stdout: expect.stringContaining('the command failed: exit status 7'),
      });
      expect(lab.readJson()).toMatchObject({ verdict: 'not-measured', failed: 0, change: { exitCode: 7 } });
    }));

  it('waits for the rollouts that kubectl names, in its namespace', () =>
    withLab(async (lab) => {
      lab.install(
        'kubectl',
        `printf '%s\\n' "$*" >> calls
       case "$*" in *status*) ;; *) echo deployment.apps/myapp configured ;; esac`,
      );
      const kubectl = ['kubectl', 'apply', '-n', 'shop', '-f', 'dist'];
      const ended = await lab.run(['probe', lab.server.url, ...change, '--', ...kubectl]);
      expect(ended.status).toBe(0);
      expect(readFileSync(join(lab.folder, 'calls'), 'utf8')).toBe(
        'apply -n shop -f dist\n-n shop rollout status deployment/myapp\n',
      );
      expect(lab.readJson().marks.map(({ label }) => label)).toContain('deployment/myapp rolled out');
    }));

  it('gives no verdict when a rollout does not succeed', () =>
    withLab(async (lab) => {
      const rollout = ['--rollout', 'deployment/myapp'];
      lab.install('kubectl', 'exit 1');
      const ended = await lab.run(['probe', lab.server.url, ...change, ...rollout, '--', 'true']);
      expect(ended).toMatchObject({
        status: 1,
        stdout: expect.stringContaining('deployment/myapp did not roll out: kubectl ended with 1'),
      });
    }));

  it('waits until one version answers', () =>
    withLab(async (lab) => {
      const args = ['--version-from', 'header:x-version', '--settle', '2s', '--duration', '3s', ...slow];
      // One answer in two has no version: two versions until the end.
      lab.choose = (index) => (index % 2 === 0 ? 'until-close' : 'chunked');
      const ended = await lab.run(['probe', lab.server.url, '--baseline', '500ms', ...args, '--', 'true']);
      expect(ended).toMatchObject({
        status: 1,
        stdout: expect.stringContaining('ended before the change was over'),
      });
    }));

  it('keeps user, password, query and arguments to itself, and sends them', async () => {
    const seen = new Set<string>();
    const server = createServer((request, response) => {
      seen.add(`${request.url} ${request.headers.authorization}`);
      response.end('fine');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await withLab(async (lab) => {
      const url = `http://us3r:hunter2@127.0.0.1:${port}/a?token=hunter2`;
      const args = ['probe', url, ...change, '--svg', 'out.svg', '--', 'true', '--password=hunter2'];
      const { status, stdout, stderr } = await lab.run(args);
      expect(status).toBe(0);
      const files = readdirSync(lab.folder).map((name) => readFileSync(join(lab.folder, name), 'utf8'));
      expect([stdout, stderr, ...files].join('')).not.toMatch(/hunter2|us3r/);
      expect(stdout).toContain(`GET http://127.0.0.1:${port}/a?*** (127.0.0.1)`);
      expect(stdout).toContain('true with 1 argument\n');
    });
    server.close();
    const authorization = `Basic ${Buffer.from('us3r:hunter2').toString('base64')}`;
    expect([...seen]).toEqual([`/a?token=hunter2 ${authorization}`]);
  });
});

describe.concurrent('zero-downtime probe, ended while a command works', () => {
  const options = [
    ...['--baseline', '300ms', '--settle', '300ms', '--rate', '50', '--connections', '1'],
    ...['--max-slip', '5s', '--json', 'out.json'],
  ];
  /** Goes on until there is a file `go`, writes more than a pipe holds, and says with a file `done` that nothing went wrong. */
  const untilGo = 'echo at work; until [ -e go ]; do sleep 0.05; done; seq 100000 && touch done';
  const probe = (lab: Lab, script: string) => ['probe', lab.server.url, ...options, '--', 'sh', '-c', script];
  const letGo = (lab: Lab) => writeFileSync(join(lab.folder, 'go'), '');

  it.each(['SIGINT', 'SIGTERM'] as const)('passes %s on, once, and waits for the command', (signal) =>
    withLab(async (lab) => {
      const trap = `trap 'echo got it >> got' ${signal.slice(3)}`;
      const ended = await lab.run(probe(lab, `${trap}; ${untilGo}; exit 3`), (text, child) => {
        // Twice at once, as a command below npx gets it, but not again.
        if (text.includes('at work')) {
          for (let i = 0; i < 2; i++) {
            child.kill(signal);
          }
        }
        if (text.includes('passed on to')) {
          letGo(lab);
        }
      });
      expect(readFileSync(join(lab.folder, 'got'), 'utf8')).toBe('got it\n');
      const { reasons, change } = lab.readJson();
      expect(ended.status).toBe(1);
      expect(ended.stderr).toContain(
        `${signal} passed on to the command (pid ${change?.pid}), waiting for it; repeat the signal to leave it running\n`,
      );
      expect(change?.exitCode).toBe(3);
      expect(reasons).toEqual(['the command failed: exit status 3']);
    }),
  );

  it('gives no verdict when the command ends in order on the signal', () =>
    withLab(async (lab) => {
      await lab.run(probe(lab, `trap 'exit 0' INT; ${untilGo}`), (text, child) => {
        if (text.includes('at work')) {
          child.kill('SIGINT');
        }
      });
      expect(lab.readJson()).toMatchObject({
        verdict: 'not-measured',
        reasons: ['the probe ended before the change was over: SIGINT came'],
      });
    }));

  it('leaves the command running on a second SIGINT', () =>
    withLab(async (lab) => {
      const ended = await lab.run(probe(lab, `trap '' INT TERM; ${untilGo}`), (text, child) => {
        if (text.includes('at work')) {
          child.kill('SIGINT');
        }
        if (text.includes('passed on to')) {
          setTimeout(() => child.kill('SIGINT'), 1100);
        }
      });
      await expectLeftRunning(lab, ended, 'SIGINT: no longer waiting; the command (pid PID) keeps running');
    }));

  it('leaves the command running on SIGQUIT', () =>
    withLab(async (lab) => {
      const ended = await lab.run(probe(lab, untilGo), (text, child) => {
        if (text.includes('at work')) {
          child.kill('SIGQUIT');
        }
      });
      await expectLeftRunning(lab, ended, 'SIGQUIT: no longer waiting; the command (pid PID) keeps running');
    }));

  async function expectLeftRunning(
    lab: Lab,
    { status, stderr, stdout }: Ended,
    message: string,
  ): Promise<void> {
    const { pid } = lab.readJson().change!;
    expect(status).toBe(1);
    expect(stderr).toContain(`zero-downtime: ${message.replace('PID', String(pid))}\n`);
    expect(stdout).toContain(`the command (pid ${pid}) was still running when the probe ended`);
    expect(lab.has('done')).toBe(false);
    letGo(lab);
    await lab.appears('done');
  }

  it('sends nothing more on SIGHUP, and waits for the command', () =>
    withLab(async (lab) => {
      const ended = await lab.run(probe(lab, untilGo), (text, child) => {
        if (text.includes('at work')) {
          child.kill('SIGHUP');
        }
        if (text.includes('SIGHUP')) {
          letGo(lab);
        }
      });
      expect(lab.has('done')).toBe(true);
      const { reasons, change } = lab.readJson();
      expect(ended.stderr).toContain(
        `SIGHUP: no more requests are sent; the command (pid ${change?.pid}) keeps running, and the probe waits for it\n`,
      );
      expect({ reasons, exitCode: change?.exitCode }).toEqual({
        reasons: ['the probe ended before the change was over: SIGHUP came'],
        exitCode: 0,
      });
    }));

  it('waits for the command when --duration is over', () =>
    withLab(async (lab) => {
      const args = ['probe', lab.server.url, '--duration', '5s', ...options, '--', 'sh', '-c', untilGo];
      const ended = await lab.run(args, (text) => {
        if (text.includes('--duration is over')) {
          letGo(lab);
        }
      });
      expect(ended.status).toBe(1);
      expect(ended.stderr).toMatch(
        /--duration is over: no more requests are sent; the command \(pid \d+\) keeps running/,
      );
      expect(lab.readJson()).toMatchObject({ durationMs: 5000, change: { exitCode: 0 } });
      expect(lab.has('done')).toBe(true);
    }));

  it('leaves the command running when it is killed', () =>
    withLab(async (lab) => {
      const ended = await lab.run(probe(lab, untilGo), (text, child) => {
        if (text.includes('at work')) {
          child.kill('SIGKILL');
        }
      });
      expect(ended.status).toBeNull();
      letGo(lab);
      await lab.appears('done');
      expect(lab.has('out.json')).toBe(false);
    }));

  it('leaves the command running after an error of its own, and says so', () =>
    withLab(async (lab) => {
      const fault = "process.on('SIGUSR2',()=>{throw(new(Error)('a_fault'))})";
      const ended = await lab.run(
        probe(lab, untilGo),
        (text, child) => {
          if (text.includes('at work')) {
            child.kill('SIGUSR2');
          }
        },
        { NODE_OPTIONS: `--import=data:text/javascript,${fault}` },
      );
      expect(ended.status).toBe(1);
      expect(ended.stderr).toContain('a_fault');
      expect(ended.stderr).toMatch(/zero-downtime: the command \(pid \d+\) keeps running\n/);
      letGo(lab);
      await lab.appears('done');
    }));

  it.each(['2> /dev/full', '2> >(exec true)', '2>&-', '2>&1 | true'])(
    'harms neither the command nor the measurement with %s',
    (redirection) =>
      withLab(async (lab) => {
        letGo(lab);
        const args = probe(lab, untilGo).map((arg) => `'${arg.replaceAll("'", "'\\''")}'`);
        const bin = `'${process.execPath}' '${join(cli, 'bin/zero-downtime.js')}'`;
        await once(
          spawn('bash', ['-c', `${bin} ${args.join(' ')} ${redirection}`], {
            cwd: lab.folder,
            stdio: 'ignore',
          }),
          'close',
        );
        await lab.appears('out.json');
        expect(lab.readJson()).toMatchObject({ verdict: 'none-failed', change: { exitCode: 0 } });
        expect(lab.has('done')).toBe(true);
      }),
  );

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)(
    'ends kubectl, which only looks, on %s',
    (signal) =>
      withLab(async (lab) => {
        lab.install('kubectl', 'trap "" INT TERM HUP QUIT; echo waits as $$; exec sleep 60');
        const args = ['probe', lab.server.url, ...options, '--rollout', 'deployment/myapp', '--', 'true'];
        const ended = await lab.run(args, (text, child) => {
          if (text.includes('waits as')) {
            child.kill(signal);
          }
        });
        const pid = Number(/waits as (\d+)/.exec(ended.stderr)?.[1]);
        expect(ended.status).toBe(1);
        expect(lab.readJson().reasons[0]).toBe(`the probe ended before the change was over: ${signal} came`);
        expect(() => process.kill(pid, 0)).toThrow('ESRCH');
      }),
  );
});

describe.concurrent('zero-downtime check', () => {
  it.each([
    ['{ check "$M"; echo $? > status; } | true', 2, ''],
    ['{ check "$M" --json -; echo $? > status; } | head -n 1', 2, ''],
    ['check "$M" > /dev/full; echo $? > status', 1, 'standard output cannot be written (ENOSPC)'],
    ['check "$M" --json /dev/full; echo $? > status', 1, '"/dev/full" cannot be written (ENOSPC)'],
    ['check "$M" --json /dev/stdout | cat > all; echo ${PIPESTATUS[0]} > status', 2, ''],
  ])('check ends in order as %s', (script, status, message) =>
    withLab(async (lab) => {
      const { stderr } = await runScript(lab.folder, script);
      expect(stderr).toBe(message === '' ? '' : `zero-downtime: ${message}\n`);
      expect(readFileSync(join(lab.folder, 'status'), 'utf8')).toBe(`${status}\n`);
    }),
  );
});

describe.concurrent('what check is given to read', () => {
  const found = '1 finding in 3 objects\n';
  const nothing = 'stdin not checked: there is no object in it\n';

  /** Runs a script, and writes the exit status of its last command to a file. */
  async function run(folder: string, script: string) {
    const { stdout, stderr } = await runScript(folder, `${script}; echo $? > status`);
    return { status: readFileSync(join(folder, 'status'), 'utf8').trim(), stdout, stderr };
  }

  it.each([
    // A producer that is slower than Node.js starts.
    '(sleep 1; cat "$M") | check -',
    '(while IFS= read -r line; do echo "$line"; sleep 0.02; done < "$M") | check -',
    '(sleep 1; cat "$M") | check /dev/stdin',
    '(sleep 1; cat "$M") | check /dev/fd/0',
    '(sleep 1; cat "$M") | check - /dev/stdin',
    'check - < "$M"',
    'check <(sleep 1; cat "$M")',
    'check <(sleep 1; cat "$M") --against <(sleep 1; cat "$M") --config <(sleep 1; echo "severity: error")',
    'mkfifo pipe.yaml; (sleep 1; cat "$M" > pipe.yaml) & check pipe.yaml',
  ])('may be slow: %s', (script) =>
    withLab(async (lab) => {
      const { status, stdout, stderr } = await run(lab.folder, script);
      expect({ status, stderr, found: stdout.endsWith(found) }).toEqual({
        status: '2',
        stderr: '',
        found: true,
      });
    }),
  );

  it('may be a socket', () =>
    withLab(async (lab) => {
      const child = spawn(process.execPath, [join(cli, 'bin/zero-downtime.js'), 'check', '-'], {
        cwd: lab.folder,
      });
      let stdout = '';
      child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
      for (const byte of readFileSync(failing)) {
        child.stdin.write(Buffer.of(byte));
      }
      child.stdin.end();
      expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
      expect(stdout).toMatch(new RegExp(`${found}$`));
    }));

  it.each([
    ['check - <&-', nothing],
    ['check - < /dev/null', nothing],
    ['true | check -', nothing],
    [
      'check - --against - < "$M"',
      'zero-downtime: standard input can be read only once; write a file for all but one\n',
    ],
    [
      'check "$M" --against /dev/stdin --config - < "$M"',
      'zero-downtime: standard input can be read only once; write a file for all but one\n',
    ],
    ['check /dev/zero', '/dev/zero not checked: larger than 64 MB\n'],
  ])('may be nothing, or too much: %s', (script, message) =>
    withLab(async (lab) => {
      const { status, stderr } = await run(lab.folder, script);
      expect({ status, stderr }).toEqual({ status: '1', stderr: message });
    }),
  );

  it('is not read in a folder, where it might block the check', () =>
    withLab(async (lab) => {
      const { stderr } = await run(lab.folder, 'cp "$M" a.yaml; mkfifo b.yaml; check .');
      expect(stderr).toBe('b.yaml not checked: this is a pipe or a device; name it itself to have it read\n');
    }));

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is waited for until %s', (signal) =>
    withLab(async (lab) => {
      const pipe = join(lab.folder, 'pipe.yaml');
      execFileSync('mkfifo', [pipe]);
      const child = spawn(process.execPath, [join(cli, 'bin/zero-downtime.js'), 'check', pipe]);
      // As soon as it waits for what this end writes.
      const end = await open(pipe, 'w');
      child.kill(signal);
      expect(await new Promise((resolve) => child.on('close', (_status, by) => resolve(by)))).toBe(signal);
      await end.close();
    }),
  );
});
