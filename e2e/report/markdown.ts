import type { ScenarioResult } from '../proof/run-scenario';
import { limitSeconds, type Speed, timesTheLimit } from '../proof/speed';
import { number, percent, percentAtMost, table } from './format';
import type { Run } from './run';

/** The report as a page. */
export function toMarkdown(results: readonly ScenarioResult[], run: Run): string {
  const controls = results.filter(({ kind }) => kind === 'control');
  const ours = results.filter(({ kind }) => kind === 'ours');
  const limits = results.filter(({ kind }) => kind === 'limit');
  return `# The proof

Written by the run itself; do not edit. Every change below was made to a service on a real cluster while requests kept
coming through its load balancer: on new connections, on connections that are kept open, and requests that take 3 s. No
request is repeated, and every request that was sent is accounted for.

${headline(ours)}

![Requests over time: how many were answered, how many failed, and what was changed](rollout.svg)

## Controls

Manifests that must drop requests. If one drops none, the run fails: then the probe may not notice lost requests.

${scenarioTable(controls)}

## ZeroDowntimeDeployment

Unless the scenario says otherwise the application is unmodified and exits at once on SIGTERM, starts in 3 s (in 20 s as the
article's does in "rollout 1 to 2 and back" and where kubelets restart), has 2 pods, and is reached through the routed load balancer and kube-proxy in iptables mode with
externalTrafficPolicy Cluster. The proxied load balancer checks each target every second, and 3 equal results in a row decide, unless
the scenario has a cloud's timing. The namespace
enforces the restricted Pod Security Standard. Requests on kept-alive connections are counted separately: an application that
closes a connection while a client uses it loses a request, whatever the manifest says.

${scenarioTable(ours)}

${limits.length > 0 ? limitsSection(limits) : ''}"Requests" are those on connections of their own, those that take 3 s included. "Rate" is the
share that failed, or if none failed, its upper bound with 95 % confidence (3 / N). Over HTTP/2 those of 3 s share the kept connections. "Load" is new connections a second, kept connections, and requests of 3 s a second.

A scenario is void, which fails the run, if a request failed in the ten seconds of load before the change, if the schedule
of the load was not kept, or if a request is unaccounted for. No scenario that has a verdict is
run a second time; one that was void may be, since nothing was measured.

${results.some(({ speed }) => speed) ? speedSection(results) : ''}## Where

${run.cores} cores (${run.processor}), ${run.memoryGiB} GiB, ${run.date}, commit ${[...new Set(results.map(({ commit }) => commit))].join(' and ')}; ${run.minutes} minutes in all.

${Object.entries(run.versions)
  .map(([name, version]) => `- ${name}: ${version}`)
  .join('\n')}

## Run it again

On a Debian machine, as root:

\`\`\`sh
npm ci && ${run.command}
\`\`\`

[results.json](results.json) has every number, and the timelines of the picture in steps of 100 ms.
`;
}

function limitsSection(limits: readonly ScenarioResult[]): string {
  return `## Limits

What no manifest can promise. These scenarios are measured, and may drop requests.

${scenarioTable(limits)}

- Restarts of kubelets: before Kubernetes 1.35 (KEP-4781, kubernetes#135795) a kubelet that restarts reports a pod that is still
  starting as ready for a moment, and ready pods as not ready until it has asked them again. Restart kubelets one after the
  other, and not in the middle of a rollout.
- An outage of the API server: kube-proxy asks again at most 60 s after its end, so the drain has to outlast the outage and
  that minute.
- kube-proxy in nftables mode: at the moment at which it replaces a verdict map, the kernel may let a packet through that it
  should have sent to a pod, and the connection hangs or is refused (docs/adr/0012-the-proof.md has the figures). In iptables
  mode, which is Kubernetes' own default, it cannot happen.
- externalTrafficPolicy Local behind equal-cost routes with fewer pods than nodes: when a node loses its last pod its route
  goes, and what is on its way to it arrives elsewhere. Behind a proxied load balancer it is let through to its end.

`;
}

function speedSection(results: readonly ScenarioResult[]): string {
  return `## Speed

${speedTable(results)}

The limit is what no rollout in so many waves can beat: waves x start-up time. "To endpoint" is the time from a new pod's
listening to its ready endpoint.

`;
}

function headline(ours: readonly ScenarioResult[]): string {
  const judged = ours.filter(({ outcome }) => outcome === 'held' || outcome === 'broken');
  const requests = judged.reduce((sum, result) => sum + result.requests, 0);
  const failed = judged.reduce((sum, result) => sum + result.failed, 0);
  const changes = judged.length === 1 ? '1 change' : `${judged.length} changes`;
  const claim = `**${changes} to a ZeroDowntimeDeployment, ${number(requests)} requests on new connections, ${number(failed)} failed.**`;
  const open = ours.length - judged.length;
  if (judged.length === 0) {
    return 'No change was judged in this run.';
  }
  const bound = `With 95 % confidence that is a rate below ${percentAtMost(3 / requests)} (3 / N).`;
  if (failed > 0) {
    return `${claim}\nThe claim of this library does not hold in this run.`;
  }
  return open > 0 ? `${claim}\n${bound} ${open} more could not be judged.` : `${claim}\n${bound}`;
}

function scenarioTable(results: readonly ScenarioResult[]): string {
  const header = ['scenario', 'requests', 'failed', 'rate', 'failed, kept-alive', 'load', 'duration'];
  return table(
    header,
    results.map((result) => [result.name, ...counts(result), load(result), `${result.seconds} s`]),
  );
}

function counts(result: ScenarioResult): string[] {
  const { outcome, reason, requests, failed, keepAliveRequests, keepAliveFailed } = result;
  if (outcome === 'skipped' || outcome === 'void') {
    return [`${outcome}: ${firstLine(reason)}`, '', '', ''];
  }
  return [
    number(requests),
    failed === 0 ? '**0**' : number(failed),
    failed === 0 ? `< ${percentAtMost(3 / requests)}` : percent(failed / requests),
    `${number(keepAliveFailed)} of ${number(keepAliveRequests)}`,
  ];
}

/** A reason may end in a log, which does not fit into a table. */
function firstLine(reason = ''): string {
  return reason.split('\n')[0];
}

function load({ load: { rate, connections, slowRate } }: ScenarioResult): string {
  return `${number(rate)} + ${connections} + ${slowRate}`;
}

function speedTable(results: readonly ScenarioResult[]): string {
  const rows = results.flatMap(({ name, speed }) => (speed ? [[name, ...speedCells(speed)]] : []));
  const header = [
    'scenario',
    'apply to complete',
    'waves',
    'limit',
    'times the limit',
    'to endpoint, median',
    'slowest',
  ];
  return table(header, rows);
}

function speedCells(speed: Speed): string[] {
  const { seconds, waves, delays } = speed;
  return [
    `${seconds.toFixed(1)} s`,
    String(waves),
    `${limitSeconds(speed)} s`,
    timesTheLimit(speed).toFixed(2),
    `${delays[Math.floor(delays.length / 2)].toFixed(2)} s`,
    `${delays.at(-1)!.toFixed(2)} s`,
  ];
}
