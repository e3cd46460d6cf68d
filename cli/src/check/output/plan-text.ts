import { plural, seconds } from '../../shared/format.js';
import { printable } from '../../shared/untrusted-text.js';
import type { Plan, PlannedRollout } from '../plan/plan.js';
import type { Span } from '../plan/span.js';
import { title } from '../read/object.js';

const MAX_WAVES = 12;
const LABEL_WIDTH = 20;

/** The plans for a terminal. */
export function plansToText(plans: readonly Plan[]): string {
  if (plans.length === 0) {
    return 'No Deployment to plan a rollout of\n';
  }
  return plans.map(planToText).join('\n');
}

function planToText(plan: Plan): string {
  const { object, file, line, rollout, cannot, warnings } = plan;
  const lines = rollout === undefined ? [] : rolloutLines(plan, rollout);
  return [
    `Rollout of ${printable(title(object))} (${printable(file)}:${line})`,
    ...(cannot === undefined ? [] : [`  ${printable(cannot)}`]),
    ...lines,
    ...warnings.map((warning) => `  warning: ${printable(warning)}`),
  ]
    .map((text) => `${text}\n`)
    .join('');
}

function rolloutLines({ pods, autoscaled }: Plan, rollout: PlannedRollout): string[] {
  const { strategy, surge, unavailable, ready, drain, complete, gone, longestWait, waves } = rollout;
  const { least, most } = rollout.mostWithTerminating;
  const terminating = least === most ? `${least}` : `${least} to ${most}`;
  return [
    row(
      'pods',
      `${pods}${autoscaled ? ', the fewest of its autoscaler' : ''}; ${strategy === 'Recreate' ? 'Recreate ends all before it starts the first' : `${surge} more and ${unavailable} fewer are allowed`}`,
    ),
    row('complete after', span(complete)),
    row('ready pods', `at least ${rollout.leastReady}`),
    row('pods at once', `at most ${rollout.mostPods}, ${terminating} with those that terminate`),
    row('a pod is ready', `${span(ready)}; ${startOf(rollout)}`),
    row(
      'a pod terminates',
      `${seconds(drain.leastMs)} if it exits at SIGTERM, at most ${seconds(drain.mostMs)}; the last is gone after ${span(gone)}`,
    ),
    row('without progress', `${span(longestWait)}; ${rollout.progressDeadlineMs / 1000} s are allowed`),
    ...waves
      .slice(0, MAX_WAVES)
      .map((wave, i) =>
        row(`wave ${i + 1} of ${waves.length}`, `${plural(wave.pods, 'pod')} at ${seconds(wave.atMs)}`),
      ),
    ...(waves.length > MAX_WAVES ? [row('', `and ${plural(waves.length - MAX_WAVES, 'wave')} more`)] : []),
  ];
}

function startOf({ start, startupAssumed }: PlannedRollout): string {
  const pod = `${seconds(start.podStartMs)} to start a pod`;
  if (startupAssumed && start.startupMs === 0) {
    return `${pod}, the application not counted (say it with --startup)`;
  }
  const application = `${pod}, ${seconds(start.startupMs)} the application`;
  return startupAssumed ? `${application}, assumed from its probe (say it with --startup)` : application;
}

function row(label: string, content: string): string {
  return `  ${label.padEnd(LABEL_WIDTH)}${content}`;
}

function span({ expectedMs, mostMs }: Span): string {
  return `${seconds(expectedMs)}, at most ${seconds(mostMs)}`;
}
