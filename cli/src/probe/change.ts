import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from './command.js';
import type { ProbeRun } from './probe.js';
import type { ChangeResult, ProbeResult } from './result.js';
import { isKubectl, rolloutsIn, rolloutStatusCommand } from './rollout.js';
import { isSettled } from './settle.js';

const pollMs = 50;
const endedEarly = 'the probe ended before the change was over; give it a longer --duration';

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
  /** Takes what the command writes. */
  readonly onOutput: (text: string) => void;
}

type ChangeRecord = { -readonly [Key in keyof ChangeResult]: ChangeResult[Key] };

/**
 * Runs a command under the load of `run`: first the baseline, then the command, then the rollouts that it caused, then
 * the quiet time. Ends the probe and returns its result. A change that was not seen to its end leaves no verdict.
 */
export async function probeChange(run: ProbeRun, change: Change): Promise<ProbeResult> {
  const record: ChangeRecord = { command: change.command, rollouts: [] };
  const trouble = await observe(run, change, record);
  const result = await run.stop();
  if (trouble === undefined) return { ...result, change: record };
  return { ...result, verdict: 'not-measured', reasons: [trouble, ...result.reasons], change: record };
}

/** Returns why the change was not seen to its end, if so. */
async function observe(run: ProbeRun, change: Change, record: ChangeRecord): Promise<string | undefined> {
  const { command, baselineMs, settleMs, onOutput } = change;
  if (!(await until(run, () => run.isSettledBefore(baselineMs)))) return endedEarly;
  if (run.hasFailedBefore(baselineMs)) {
    return (
      `requests failed in the first ${baselineMs} ms, so the command was not run; ` +
      'a service that drops requests when nothing changes must be mended first'
    );
  }

  record.startedMs = run.elapsedMs();
  run.mark('command starts');
  const ran = await runCommand(command, run.ended, onOutput);
  record.endedMs = run.elapsedMs();
  record.exitCode = ran.exitCode;
  run.mark('command ends');
  if (run.ended.aborted) return endedEarly;
  if (ran.exitCode !== 0) return `the command failed: ${ran.trouble ?? `exit status ${ran.exitCode}`}`;

  if (change.rollouts.length > 0) record.rollouts = change.rollouts;
  else if (isKubectl(command)) record.rollouts = rolloutsIn(ran.stdout);
  for (const rollout of record.rollouts) {
    const status = await runCommand(rolloutStatusCommand(rollout, command), run.ended, onOutput);
    if (run.ended.aborted) return endedEarly;
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
  if (!settled) return endedEarly;
  record.settledMs = run.elapsedMs();
  run.mark('settled');
  return undefined;
}

/** Waits until a condition holds; false when the probe ended before. */
async function until(run: ProbeRun, condition: () => boolean): Promise<boolean> {
  while (!run.ended.aborted) {
    if (condition()) return true;
    await sleep(pollMs);
  }
  return false;
}
