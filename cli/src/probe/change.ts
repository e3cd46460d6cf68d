import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand, runQuery, type OnOutput, type RunningCommand } from './command.js';
import { Lines } from './lines.js';
import type { ProbeRun } from './probe.js';
import { shownProgram } from './program.js';
import type { ChangeResult, ProbeResult } from './result.js';
import { isKubectl, rolloutIn, rolloutStatusCommand } from './rollout.js';
import { isSettled } from './settle.js';

const POLL_MS = 50;

/** The most rollouts that are waited for, one after the other. Nobody watches a change that causes more. */
const MAX_ROLLOUTS = 1000;

/** A command to run while a probe runs. */
export interface Change {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** How long the probe runs before the command; no request of this time may fail. */
  readonly baselineMs: number;
  /** How long it must be quiet afterwards. */
  readonly settleMs: number;
  /** Rollouts to wait for, such as `deployment/myapp`. Where there are none, kubectl's own output names them. */
  readonly rollouts: readonly string[];
  /** Whether responses name their version. */
  readonly tellsVersions: boolean;
  /** Takes what the command writes. If it returns a promise, the rest is held back until that resolves. */
  readonly onOutput: OnOutput;
  /**
   * Gets the command when it starts, to send it signals. The probe itself never ends the command, but waits for it.
   * @default - no signals are sent
   */
  readonly onStart?: (running: RunningCommand) => void;
}

type ChangeRecord = { -readonly [Key in keyof ChangeResult]: ChangeResult[Key] };

/**
 * Runs a command under the load of `run`: first the baseline, then the command, then the rollouts that it caused, then
 * the quiet time. Ends the probe and returns its result. A change that was not seen to its end leaves no verdict.
 *
 * The command needs `sh` and `cat`. Its standard output and standard error are one stream.
 */
export async function probeChange(run: ProbeRun, change: Change): Promise<ProbeResult> {
  const [program = '', ...args] = change.command;
  // It is unknown which arguments are secret.
  const record: ChangeRecord = {
    program: basename(shownProgram(program)),
    arguments: args.length,
    rollouts: [],
  };
  const trouble = await observe(run, change, record);
  const result = await run.stop();
  if (trouble === undefined) {
    return { ...result, change: record };
  }
  return { ...result, verdict: 'not-measured', reasons: [trouble, ...result.reasons], change: record };
}

/** Returns why the change was not seen to its end, if so. */
async function observe(run: ProbeRun, change: Change, record: ChangeRecord): Promise<string | undefined> {
  const { baselineMs, settleMs } = change;
  const endedEarly = () => `the probe ended before the change was over: ${run.ended.reason}`;
  if (!(await until(run, () => run.elapsedMs() >= baselineMs && run.isSettledBefore(baselineMs)))) {
    return endedEarly();
  }
  if (run.hasFailedBefore(baselineMs)) {
    return (
      `requests failed in the first ${baselineMs} ms, so the command was not run; ` +
      'a service that drops requests when nothing changes must be mended first'
    );
  }

  const trouble = await runChange(run, change, record);
  if (trouble !== undefined) {
    return trouble;
  }
  if (run.ended.aborted) {
    return endedEarly();
  }

  for (const rollout of record.rollouts) {
    const status = await runQuery(rolloutStatusCommand(rollout, change.command), run.ended, change.onOutput);
    if (run.ended.aborted) {
      return endedEarly();
    }
    if (status.exitCode !== 0) {
      return `${rollout} did not roll out: ${status.trouble ?? `kubectl ended with ${status.exitCode}`}`;
    }
    run.mark(`${rollout} rolled out`);
  }

  const sinceMs = run.elapsedMs();
  const settled = await until(run, () =>
    isSettled({
      nowMs: run.elapsedMs(),
      sinceMs,
      quietMs: settleMs,
      versions: change.tellsVersions ? run.versions() : undefined,
    }),
  );
  if (!settled) {
    return endedEarly();
  }
  record.settledMs = run.elapsedMs();
  run.mark('settled');
  return undefined;
}

/** Runs the command to its end, also when the probe ends before, and finds the rollouts to wait for. */
async function runChange(run: ProbeRun, change: Change, record: ChangeRecord): Promise<string | undefined> {
  const { command, rollouts, onOutput, onStart } = change;
  const named = new Set(rollouts);
  const lines = new Lines((line) => {
    const rollout = rolloutIn(line);
    if (rollout !== undefined && named.size <= MAX_ROLLOUTS) {
      named.add(rollout);
    }
  });
  const reads = rollouts.length === 0 && isKubectl(command);

  record.startedMs = run.elapsedMs();
  run.mark('command starts');
  const end = await runCommand(
    command,
    (text) => {
      if (reads) {
        lines.take(text);
      }
      return onOutput(text);
    },
    (running) => {
      record.pid = running.pid;
      onStart?.(running);
    },
  );
  if (!end) {
    return `the command (pid ${record.pid}) was still running when the probe ended: ${run.ended.reason}`;
  }
  lines.end();
  record.endedMs = run.elapsedMs();
  record.exitCode = end.exitCode;
  run.mark('command ends');
  if (end.exitCode !== 0) {
    return `the command failed: ${end.trouble ?? `exit status ${end.exitCode}`}`;
  }
  if (reads && named.size > MAX_ROLLOUTS) {
    return `kubectl named more than ${MAX_ROLLOUTS} workloads; say with --rollout which of them to wait for`;
  }
  record.rollouts = [...named];
  return undefined;
}

/** Waits until a condition holds; false when the probe ended before. */
async function until(run: ProbeRun, condition: () => boolean): Promise<boolean> {
  while (!run.ended.aborted) {
    if (condition()) {
      return true;
    }
    await sleep(POLL_MS);
  }
  return false;
}
