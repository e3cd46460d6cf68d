import { describe, expect, it } from 'vitest';
import { startFullServer } from './full-server';
import { Lab } from './lab';
import { nodes } from './nodes';
import { isSupported } from './platform';
import { until } from './polling';
import { alone, change } from './probe-options';
import { isStopped } from './processes';
import type { Ended, Run } from './run';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGKILL'] as const;
type Signal = (typeof signals)[number];

/** COMMAND notes each signal that it gets and goes on until it is told to end. What it writes must not end it. */
const works = `
  for signal in INT TERM HUP QUIT; do trap "echo SIG$signal >> got" $signal; done
  echo working
  until [ -e go ]; do sleep 0.05; done
  echo still working; echo still working >&2
  echo done > finished`;

/** Brings a run to a stage and returns it there. */
type Stage = (lab: Lab) => Promise<Run>;

async function probe(lab: Lab, ...rest: readonly string[]): Promise<Run> {
  return lab.start('probe', (await lab.serve()).url, ...rest);
}

const early: Readonly<Record<string, Stage>> = {
  connects: async (lab) => {
    const run = lab.start('probe', await startFullServer(lab), ...change(), '--', 'touch', 'ran');
    await run.sleeps();
    return run;
  },
};

/** In these the probe has begun and COMMAND is not running. */
const between: Readonly<Record<string, Stage>> = {
  'takes the baseline': async (lab) => {
    const run = await probe(lab, ...change({ baseline: '30s' }), '--', 'touch', 'ran');
    await run.says('probing');
    return run;
  },
  'waits for a rollout': async (lab) => {
    lab.install('kubectl', 'touch asked; while :; do sleep 1; done');
    const run = await probe(lab, ...change(), '--rollout=deployment/web', '--', 'true');
    await until('kubectl', () => lab.has('asked'));
    return run;
  },
  'waits for quiet': async (lab) => {
    const run = await probe(lab, ...change({ settle: '30s' }), '--', 'touch', 'ran');
    await until('COMMAND to end', () => lab.has('ran') && lab.alive().length === 1);
    return run;
  },
};

const atWork: Stage = async (lab) => {
  const run = await probe(lab, ...change(), '--', 'sh', '-c', works);
  await run.says('working');
  return run;
};

/** In these a check, which keeps nothing, waits. */
const checks: Readonly<Record<string, Stage>> = {
  'reads standard input': async (lab) => {
    // A pipe that somebody holds open.
    const run = lab.shell('mkfifo pipe; exec 3<> pipe; exec zero-downtime check - --json out.json <&3 3>&-');
    await run.sleeps();
    return run;
  },
  'waits for kubectl': async (lab) => {
    lab.install('kubectl', 'touch asked; while :; do sleep 1; done');
    lab.write('web.yaml', 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n');
    const run = lab.start('check', 'web.yaml', '--against', 'live', '--json', 'out.json');
    await until('kubectl', () => lab.has('asked'));
    return run;
  },
  'waits for git': async (lab) => {
    lab.install('git', 'touch asked; while :; do sleep 1; done');
    lab.write('web.yaml', 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n');
    const run = lab.start('check', 'web.yaml', '--against', 'git:main:', '--json', 'out.json');
    await until('git', () => lab.has('asked'));
    return run;
  },
};

/** The files that stages make. */
const own = ['asked', 'pipe', 'ran', 'web.yaml'];

/** What a signal does to a process that does nothing about it, as a shell tells it. */
const numbers: Readonly<Record<Signal, number>> = {
  SIGINT: 2,
  SIGTERM: 15,
  SIGHUP: 1,
  SIGQUIT: 3,
  SIGKILL: 9,
};
function endedBy(signal: Signal, { status, signal: ended }: Ended): boolean {
  return ended === signal || status === 128 + numbers[signal];
}

const others = signals.filter((signal) => signal !== 'SIGKILL');
const each = <Key extends string>(stages: Readonly<Record<Key, Stage>>, which: readonly Signal[]) =>
  Object.entries<Stage>(stages).flatMap(([name, stage]) =>
    which.map((signal) => [signal, name, stage] as const),
  );

/** Lets COMMAND end, after a long time for all that it knows. */
async function letWork(lab: Lab): Promise<void> {
  lab.write('go', '');
  await until('COMMAND to finish', () => lab.has('finished'));
}

const got = (lab: Lab) => (lab.has('got') ? lab.read('got').trim().split('\n') : []);

// How signals are told belongs to Node.js, and differs.
describe.runIf(isSupported).concurrent.each(nodes)('on %s', (node) => {
  const use = (work: (lab: Lab) => Promise<void>) => Lab.use(work, node);

  it.each(each({ ...early, ...checks }, others))(
    '%s ends it while it %s, and nothing stays',
    (signal, _name, stage) =>
      use(async (lab) => {
        const run = await stage(lab);
        run.kill(signal);
        const ended = await run.ended;
        expect(ended.stdout).toBe('');
        expect(endedBy(signal, ended)).toBe(true);
        expect(lab.files().filter((name) => !own.includes(name))).toEqual([]);
      }),
  );

  it.each(each(between, others))('%s ends the probe with its results while it %s', (signal, _name, stage) =>
    use(async (lab) => {
      const run = await stage(lab);
      run.kill(signal);
      const ended = await run.ended;
      expect(ended).toMatchObject({ status: 1, stdout: expect.stringContaining(`${signal} came`) });
      expect(lab.result()).toMatchObject({ verdict: 'not-measured', failed: 0 });
    }),
  );

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s ends a probe without a COMMAND with its results',
    (signal) =>
      use(async (lab) => {
        const run = await probe(lab, ...alone({ duration: '30s' }));
        await run.says('probing');
        run.kill(signal);
        expect(await run.ended).toMatchObject({ status: 0, stdout: expect.stringContaining('None of ') });
        expect(lab.result()).toMatchObject({ verdict: 'none-failed', failed: 0 });
      }),
  );

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s is passed on to COMMAND once, and the probe waits for it',
    (signal) =>
      use(async (lab) => {
        const run = await atWork(lab);
        run.kill(signal);
        await run.says(`${signal} passed on to the command`);
        await until('COMMAND to get it', () => got(lab).length > 0);
        await letWork(lab);
        expect(await run.ended).toMatchObject({
          status: 1,
          stdout: expect.stringContaining(`${signal} came`),
        });
        expect(got(lab)).toEqual([signal]);
        expect(lab.result().change).toMatchObject({ exitCode: 0 });
      }),
  );

  it.each(['SIGINT', 'SIGTERM'] as const)('%s again and again leaves COMMAND running', (signal) =>
    use(async (lab) => {
      const run = await atWork(lab);
      const again = setInterval(() => run.kill(signal), 300);
      const ended = await run.ended.finally(() => clearInterval(again));
      expect(ended).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/the command \(pid \d+\) keeps running/),
      });
      await letWork(lab);
      expect(got(lab)).toEqual([signal]);
      expect(lab.result().verdict).toBe('not-measured');
    }),
  );

  it('SIGHUP lets COMMAND work to its end, and waits for it', () =>
    use(async (lab) => {
      const run = await atWork(lab);
      run.kill('SIGHUP');
      await run.says('keeps running, and the probe waits for it');
      await letWork(lab);
      expect(await run.ended).toMatchObject({ status: 1, stdout: expect.stringContaining('SIGHUP came') });
      expect(got(lab)).toEqual([]);
      expect(lab.result().change).toMatchObject({ exitCode: 0 });
    }));

  it('SIGQUIT leaves COMMAND running, and says so', () =>
    use(async (lab) => {
      const run = await atWork(lab);
      run.kill('SIGQUIT');
      expect(await run.ended).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/the command \(pid \d+\) keeps running/),
      });
      await letWork(lab);
      expect(got(lab)).toEqual([]);
      expect(lab.result().verdict).toBe('not-measured');
    }));

  it('SIGKILL leaves COMMAND running, which does not notice', () =>
    use(async (lab) => {
      const run = await atWork(lab);
      run.kill('SIGKILL');
      await until('the probe to end', () => run.isOver);
      await letWork(lab);
      expect(await run.ended).toMatchObject({ signal: 'SIGKILL' });
      expect(got(lab)).toEqual([]);
      expect(lab.files()).toEqual(['finished', 'go']);
    }));

  // What SIGTSTP does where a shell has job control.
  it('SIGSTOP lets COMMAND work to its end, and SIGCONT brings the results', () =>
    use(async (lab) => {
      const run = await atWork(lab);
      run.kill('SIGSTOP');
      await until('the probe to stand still', () => isStopped(run.pid!));
      await letWork(lab);
      run.kill('SIGCONT');
      await run.ended;
      expect(got(lab)).toEqual([]);
      expect(lab.result().change).toMatchObject({ exitCode: 0 });
    }));

  it.each(each({ ...early, ...between, ...checks }, ['SIGKILL']))(
    '%s while it %s leaves no file',
    (signal, _name, stage) =>
      use(async (lab) => {
        const run = await stage(lab);
        run.kill(signal);
        // What only asks kubectl or git has bounds of its own.
        await until('the command to end', () => run.isOver);
        lab.endOthers();
        await run.ended;
        expect(lab.files().filter((name) => !own.includes(name))).toEqual([]);
      }),
  );

  it.each(others)('%s ends it while nobody takes the results', (signal) =>
    use(async (lab) => {
      await lab.shell('mkfifo pipe').ended;
      const run = await probe(lab, ...alone({ svg: 'out.svg', json: 'pipe' }));
      await until('the picture', () => lab.has('out.svg'));
      await run.sleeps();
      run.kill(signal);
      await run.ended;
      expect(lab.files()).toEqual(['out.svg', 'pipe']);
    }),
  );
});

/** A terminal that the test holds in its hands: bytes that are written to it are keys. */
function inTerminal(lab: Lab, url: string, command: string): Run {
  lab.write('work.sh', works);
  const line = `zero-downtime probe ${url} ${change().join(' ')} -- ${command}`;
  return lab.shell(`exec script --quiet --return --command 'exec ${line}' /dev/null`);
}

describe.runIf(isSupported).concurrent('in a terminal', () => {
  it('Ctrl-C is passed on to COMMAND once', () =>
    Lab.use(async (lab) => {
      const run = inTerminal(lab, (await lab.serve()).url, 'sh work.sh');
      await run.says('working');
      run.stdin.write('\x03');
      await run.says('SIGINT passed on to the command');
      await letWork(lab);
      expect(await run.ended).toMatchObject({ status: 1 });
      expect(got(lab)).toEqual(['SIGINT']);
      expect(lab.result().verdict).toBe('not-measured');
    }));

  it('that is closed, COMMAND works to its end, and the results are written', () =>
    Lab.use(async (lab) => {
      const run = inTerminal(lab, (await lab.serve()).url, 'sh work.sh');
      await run.says('working');
      run.killScript('SIGKILL');
      await letWork(lab);
      await until('the results', () => lab.has('out.json'));
      expect(got(lab)).toEqual([]);
      expect(lab.result()).toMatchObject({ verdict: 'not-measured', change: { exitCode: 0 } });
    }));
});
